"""/api/v1/questionnaires/: reading questionnaires, and answering them dry."""

import json
import re
from datetime import datetime

import pytest
from django.test import Client

from survey.accounts.models import ApiToken, Role, User
from survey.questionnaires.documents import document_to_json
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Audience, ItemKind, Questionnaire
from survey.questionnaires.reading import read_document
from survey.questionnaires.services import (
    create_questionnaire,
    publish_questionnaire,
    retire_questionnaire,
)
from survey.responses.models import Response as StoredResponse
from tests.api.desks import PULSE, URL, Desk, publish_pulse
from tests.api.machines import errors_of
from tests.cast import make_user
from tests.factories.questionnaires import ItemFactory, publish
from tests.services import ROOT

TREATMENT = f"{URL}treatment/1/"
OPERATIONS = [("GET", URL), ("GET", TREATMENT), ("POST", f"{TREATMENT}evaluate/")]


@pytest.fixture
def desk(alice: User, now: datetime) -> Desk:
    return Desk(alice, now)


@pytest.fixture
def carmen(db: None, now: datetime) -> Desk:
    return Desk(make_user("carmen", Role.CX_MANAGER), now)


@pytest.fixture(autouse=True)
def pulse(db: None) -> Questionnaire:
    return publish_pulse()


@pytest.fixture(autouse=True)
def treatment(db: None) -> Questionnaire:
    """What customers are asked."""
    return publish([ItemFactory(code="kind")], code="treatment", audience=Audience.CUSTOMER)


class TestWhoMayAsk:
    @pytest.mark.parametrize(("verb", "url"), OPERATIONS)
    def test_is_not_charlie(self, charlie: User, now: datetime, verb: str, url: str) -> None:
        response = Desk(charlie, now).ask(verb, url)

        assert response.status_code == 403
        assert errors_of(response) == [("", "permission_denied")]

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    @pytest.mark.parametrize(("verb", "url"), OPERATIONS)
    def test_is_nobody_without_the_role(
        self, now: datetime, role: Role, verb: str, url: str
    ) -> None:
        assert Desk(make_user("dana", role), now).ask(verb, url).status_code == 403

    @pytest.mark.parametrize(("verb", "url"), OPERATIONS)
    def test_needs_a_token(self, verb: str, url: str) -> None:
        assert Client().generic(verb, url).status_code == 401

    @pytest.mark.parametrize(("verb", "url"), OPERATIONS)
    def test_ends_with_the_token(self, desk: Desk, now: datetime, verb: str, url: str) -> None:
        assert desk.ask(verb, url).status_code == 200
        ApiToken.objects.update(revoked_at=now)

        assert desk.ask(verb, url).status_code == 401

    @pytest.mark.parametrize(("verb", "url"), OPERATIONS)
    def test_asks_only_customers_as_customer_experience(
        self, carmen: Desk, verb: str, url: str
    ) -> None:
        assert carmen.ask(verb, url).status_code == 200
        hidden = carmen.ask(verb, url.replace("treatment", "pulse"))

        assert "pulse" not in hidden.content.decode()
        assert url == URL or hidden.status_code == 404

    def test_names_what_is_hidden_like_what_is_not_there(self, carmen: Desk) -> None:
        hidden, absent = carmen.get(PULSE), carmen.get(f"{URL}nothing/1/")

        assert hidden.content == absent.content


class TestQuestionnairesView:
    def test_lists_what_may_be_asked(self, desk: Desk, carmen: Desk) -> None:
        found = desk.get(URL).json()["questionnaires"]

        assert found[0] == {
            "code": "pulse",
            "version": 1,
            "name": "Pulse",
            "audience": "EMPLOYEE",
            "languages": ["en"],
        }
        assert [one["code"] for one in found] == ["pulse", "treatment"]
        assert carmen.get(URL).json()["questionnaires"] == found[1:]

    def test_lists_neither_drafts_nor_what_is_put_away(
        self, desk: Desk, pulse: Questionnaire, treatment: Questionnaire
    ) -> None:
        create_questionnaire(code="new", name="New", audience=Audience.EMPLOYEE, items=[])
        retire_questionnaire(questionnaire_id=pulse.pk)

        assert [one["code"] for one in desk.get(URL).json()["questionnaires"]] == ["treatment"]


class TestQuestionnaireView:
    def test_shows_the_document(self, desk: Desk, pulse: Questionnaire) -> None:
        told = desk.get(PULSE).json()

        assert told == document_to_json(export_document(questionnaire_id=pulse.pk))
        assert read_document(told).items[1].shown_when == {"item": "fair", "op": "<", "value": 3}

    def test_still_shows_what_is_put_away_and_never_a_draft(
        self, desk: Desk, pulse: Questionnaire
    ) -> None:
        create_questionnaire(code="new", name="New", audience=Audience.EMPLOYEE, items=[])
        retire_questionnaire(questionnaire_id=pulse.pk)

        assert desk.get(PULSE).status_code == 200
        assert desk.get(f"{URL}new/1/").status_code == 404

    @pytest.mark.parametrize("version", ["0", "2", "70000", "9" * 30])
    def test_says_that_a_version_is_not_there(self, desk: Desk, version: str) -> None:
        response = desk.get(f"{URL}pulse/{version}/")

        assert response.status_code == 404
        assert errors_of(response) == [("", "not_found")]


class TestEvaluationView:
    def test_tells_what_is_asked_and_what_would_be_stored(self, desk: Desk) -> None:
        answers = {"fair": "1", "why": " Nights ", "s": "Long", "s.leave": "AS_TOLD"}
        occasion = {"facts": {"team": "Bakery", "date": "2026-03-02"}, "language": "en-GB"}

        response = desk.evaluate(PULSE, {"answers": answers, **occasion})

        assert response.status_code == 200
        assert response.json() == {
            "language": "en",
            "shown": ["fair", "why", "s"],
            "required": ["why"],
            "wording": {
                "fair": "How is fair?",
                "why": "You said Disagree of Bakery, March 2, 2026. Why?",
                "s": "How is s?",
            },
            "stored": {
                "answers": {"fair": 1},
                "texts": {"why": "Nights", "s": "Long"},
                "leaves": {"s": "AS_TOLD"},
            },
            "errors": [],
        }

    def test_takes_who_served_as_a_fact(self, desk: Desk) -> None:
        taken = desk.evaluate(PULSE, {"facts": {"served_by": "Petra"}})
        refused = desk.evaluate(PULSE, {"facts": {"served_by": "P" * 500}})

        assert (taken.status_code, refused.status_code) == (200, 400)

    def test_stores_nothing(self, desk: Desk) -> None:
        desk.evaluate(PULSE, {"answers": {"fair": 3}})

        assert not StoredResponse.objects.exists()

    def test_names_what_is_wrong_with_each_answer(self, desk: Desk) -> None:
        response = desk.evaluate(PULSE, {"answers": {"fair": 1, "place": 3, "cake": 1}})

        assert response.status_code == 200
        assert response.json()["stored"] is None
        assert errors_of(response) == [("why", "missing"), ("cake", "unknown_item")]

    def test_knows_the_team_by_its_attributes(self, desk: Desk) -> None:
        body = {"answers": {"fair": 3, "place": 2}, "attributes": {"region": "north"}}

        assert desk.evaluate(PULSE, body).json()["shown"] == ["fair", "place", "s"]
        assert desk.evaluate(PULSE, body | {"attributes": {}}).json()["stored"]["answers"] == {
            "fair": 3
        }

    def test_draws_and_shuffles_with_a_seed(self, desk: Desk) -> None:
        items = [ItemFactory(code=f"i{number}") for number in range(6)]
        drawn = create_questionnaire(
            code="drawn", name="Drawn", audience=Audience.EMPLOYEE, items=items
        )
        drawn.settings = {"sample": {"pool": ["i1", "i2", "i3", "i4", "i5"], "n": 2}}
        drawn.save()
        publish_questionnaire(questionnaire_id=drawn.pk)

        shown = {
            seed: desk.evaluate(f"{URL}drawn/1/", {"seed": seed}).json()["shown"]
            for seed in (None, 1, 2, 3, 4)
        }

        assert len(shown[None]) == 6
        assert {len(shown[seed]) for seed in (1, 2, 3, 4)} == {3}
        assert len({tuple(codes) for codes in shown.values()}) > 2

    def test_says_what_is_wrong_in_the_language_that_is_asked(self, desk: Desk) -> None:
        day = ItemFactory(
            code="day",
            kind=ItemKind.DATE,
            texts={"en": "When?", "es": "¿Cuándo?"},
            options=[],
            settings={"minimum": "2026-01-31"},
        )
        publish([day], code="when", languages=["en", "es"])

        said = {
            language: desk.evaluate(
                f"{URL}when/1/", {"language": language, "answers": {"day": "2026-01-02"}}
            ).json()
            for language in ("es-MX", "fr")
        }

        assert [one["language"] for one in said.values()] == ["es", "en"]
        assert "31 de enero de 2026" in said["es-MX"]["errors"][0]["message"]
        assert "31 Jan 2026" in said["fr"]["errors"][0]["message"]
        assert said["es-MX"]["wording"] == {"day": "¿Cuándo?"}


class TestExamplesInTheBook:
    def test_have_the_fields_of_real_answers(self, desk: Desk) -> None:
        blocks = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL)
        listed = next(json.loads(block) for block in blocks if '"questionnaires"' in block)
        tried = next(json.loads(block) for block in blocks if '"wording"' in block)

        real = desk.get(URL).json()
        assert listed["questionnaires"][0].keys() == real["questionnaires"][0].keys()
        answer = desk.evaluate(PULSE, {"answers": {"fair": 3}}).json()
        assert tried.keys() == answer.keys()
        assert tried["stored"].keys() == answer["stored"].keys()

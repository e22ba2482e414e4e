"""GET /api/v1/linkage/."""

import json
import re
from datetime import datetime

import pytest

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.linkage.selectors import linkage_document
from survey.samples.count_files import read_counts
from survey.samples.count_import import import_counts
from survey.samples.progress import Silence
from tests.api.machines import Machine, errors_of
from tests.cast import make_user
from tests.samples.counts_files import COUNTS, ITEMS, UNITS, source
from tests.services import ROOT
from tests.stages import stage

URL = "/api/v1/linkage/"


@stage
def town(db: None, now: datetime) -> Pairing:
    """A pairing with a stored study."""
    import_counts(
        published=read_counts(
            units=source("units.csv", UNITS),
            items=source("items.csv", ITEMS),
            counts=source("counts.csv", COUNTS),
        ),
        pairing="town",
        ex_audience="teacher",
        cx_audience="parent",
        now=now,
        progress=Silence(),
    )
    return Pairing.objects.get(code="town")


class TestLinkageView:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_the_stored_study(self, town: Pairing, now: datetime, role: Role) -> None:
        response = Machine(make_user("somebody", role), now=now).get(f"{URL}?pairing=town")

        assert response.status_code == 200
        assert response.json() == linkage_document(pairing=town)
        assert response.json()["pairs"][0]["ex_scale"] == "teacher_respect"

    def test_shows_a_leader_nothing(self, town: Pairing, now: datetime, charlie: User) -> None:
        response = Machine(charlie, now=now).get(f"{URL}?pairing=town")

        assert response.status_code == 403
        assert errors_of(response) == [("", "permission_denied")]

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_shows_no_figures_to_those_without(
        self, town: Pairing, now: datetime, role: Role
    ) -> None:
        machine = Machine(make_user("somebody", role), now=now)

        assert machine.get(f"{URL}?pairing=town").status_code == 403

    @pytest.mark.parametrize(
        ("query", "status", "code"),
        [
            ("", 400, "required"),
            ("?pairing=", 400, "blank"),
            ("?pairing=village", 404, "not_found"),
            ("?pairing=a%00b", 400, "null_characters_not_allowed"),
            (f"?pairing={'x' * 81}", 400, "max_length"),
            ("?pairing=%ff%fe", 404, "not_found"),
        ],
    )
    def test_names_what_is_wrong_with_the_question(
        self, alice: User, now: datetime, query: str, status: int, code: str
    ) -> None:
        response = Machine(alice, now=now).get(URL + query)

        assert response.status_code == status
        assert errors_of(response) == [("pairing", code)]

    def test_says_why_there_is_no_study_yet(
        self, town: Pairing, alice: User, now: datetime
    ) -> None:
        town.studies.all().delete()

        document = Machine(alice, now=now).get(f"{URL}?pairing=town").json()

        assert document["pairs"] == []
        assert document["reason"]


class TestExampleInTheBook:
    def test_has_the_fields_of_a_real_answer(self, town: Pairing) -> None:
        blocks = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "api.md").read_text(), re.DOTALL)
        example = next(json.loads(block) for block in blocks if '"schema"' in block)
        document = linkage_document(pairing=town)

        assert example.keys() == document.keys()
        assert example["coverage"].keys() == document["coverage"].keys()
        assert example["pairs"][0].keys() == document["pairs"][0].keys()
        assert example["pairs"][0]["verdict"].keys() == document["pairs"][0]["verdict"].keys()

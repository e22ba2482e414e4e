"""What the forms are prefilled with."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from survey.accounts.models import User
from survey.console.words import ASKED as ASKED_ABOUT
from survey.console.words import BODIES, SUBJECTS, TEMPLATES, first_letter, first_window
from survey.questionnaires.bank import read_bank
from survey.questionnaires.models import Audience, Item
from survey.questionnaires.selectors import get_content, list_constructs
from survey.questionnaires.services import create_questionnaire

ASKED = (Audience.EMPLOYEE, Audience.CUSTOMER)
MOMENT = datetime(2026, 3, 2, 9, 30, 12, 345, tzinfo=UTC)


def first_words(audience: Audience, codes: list[str]) -> dict[str, str]:
    """Return the letter of a questionnaire that asks some questions."""
    stored = {item.code: item for item in Item.objects.filter(code__in=codes, version=1)}
    items = [stored[code] for code in codes]
    draft = create_questionnaire(code="own", name="Own", audience=audience, items=items)
    content = get_content(questionnaire_id=draft.pk)
    return first_letter(
        user=User(name="Alice"),
        audience=audience,
        role="",
        constructs=list_constructs(content=content),
    )


class TestFirstLetter:
    @pytest.mark.parametrize("audience", ASKED)
    def test_is_signed_by_whoever_is_logged_in(self, audience: str) -> None:
        user = User(name="Alice", email="alice@example.org")
        letter = first_letter(user=user, audience=audience, role="People team")

        assert (letter["signer_name"], letter["reply_to"]) == ("Alice", "alice@example.org")
        assert letter["signer_role"] == "People team"
        assert letter["body"] == BODIES[audience]

    @pytest.mark.usefixtures("bank")
    @pytest.mark.parametrize(
        ("codes", "said"),
        [
            (
                ["domain_1", "seen_1"],
                "feels to you: whether you can put your heart into your work ",
            ),
            (["kindness_1", "fair_overall_1"], ": whether you are seen and your word counts and "),
            (["recommend_work"], "how work feels to you.\n"),
        ],
    )
    def test_names_what_is_asked_and_nothing_else(self, codes: list[str], said: str) -> None:
        body = first_words(Audience.EMPLOYEE, codes)["body"]

        assert said in body
        assert ("fairly" in body) == ("fair_overall_1" in codes)

    @pytest.mark.usefixtures("bank")
    def test_says_of_a_long_questionnaire_that_it_asks_more(self) -> None:
        codes = ["fair_overall_1", "domain_1", "seen_1", "execution_1"]
        body = first_words(Audience.EMPLOYEE, codes)["body"]

        assert "among other things whether you are treated fairly, " in body
        assert "do what they say" not in body

    @pytest.mark.usefixtures("bank")
    def test_asks_customers_how_they_were_treated_where_that_is_asked(self) -> None:
        treated = first_words(Audience.CUSTOMER, ["treated_seen", "ease"])
        easy = first_words(Audience.CUSTOMER, ["ease"])

        assert treated["subject"] == SUBJECTS[Audience.CUSTOMER] != easy["subject"]
        assert "how we treated you and how easy it was" in treated["body"]
        assert "treat" not in easy["body"]

    def test_names_all_that_the_bank_asks_an_audience_about(self) -> None:
        for audience, named in ASKED_ABOUT.items():
            assert set(named) <= {one.code for one in read_bank().constructs}, audience

    def test_differs_between_staff_and_customers(self) -> None:
        assert SUBJECTS[ASKED[0]] != SUBJECTS[ASKED[1]]
        assert BODIES[ASKED[0]] != BODIES[ASKED[1]]


class TestFirstWindow:
    @pytest.mark.parametrize(
        ("audience", "last_day"),
        [(Audience.EMPLOYEE, date(2026, 3, 12)), (Audience.CUSTOMER, date(2026, 5, 31))],
    )
    def test_opens_this_minute_and_closes_at_the_end_of_a_working_day(
        self, audience: str, last_day: date
    ) -> None:
        window = first_window(audience=audience, now=MOMENT)

        assert window["opens_at"] == MOMENT.replace(second=0, microsecond=0)
        assert window["closes_at"] == datetime.combine(last_day, time(17), tzinfo=UTC)

    def test_closes_at_five_where_the_organisation_lives_in_summer_too(self) -> None:
        with timezone.override("Europe/London"):
            window = first_window(
                audience=Audience.EMPLOYEE, now=datetime(2026, 3, 25, 9, tzinfo=UTC)
            )

        assert window["closes_at"] == datetime(2026, 4, 4, 16, tzinfo=UTC)


class TestTemplates:
    @pytest.mark.parametrize("audience", ASKED)
    def test_are_shipped_for_their_audience(self, audience: str) -> None:
        shipped = {one.code: one.audience for one in read_bank().questionnaires}

        assert shipped[TEMPLATES[audience]] == audience

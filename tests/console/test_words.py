"""What the forms are prefilled with."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone

from survey.accounts.models import User
from survey.console.words import BODIES, SUBJECTS, TEMPLATES, first_letter, first_window
from survey.questionnaires.bank import read_bank
from survey.questionnaires.models import Audience

ASKED = (Audience.EMPLOYEE, Audience.CUSTOMER)
MOMENT = datetime(2026, 3, 2, 9, 30, 12, 345, tzinfo=UTC)


class TestFirstLetter:
    @pytest.mark.parametrize("audience", ASKED)
    def test_is_signed_by_whoever_is_logged_in(self, audience: str) -> None:
        user = User(name="Alice", email="alice@example.org")
        letter = first_letter(user=user, audience=audience, role="People team")

        assert (letter["signer_name"], letter["reply_to"]) == ("Alice", "alice@example.org")
        assert letter["signer_role"] == "People team"
        assert (letter["subject"], letter["body"]) == (SUBJECTS[audience], BODIES[audience])

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

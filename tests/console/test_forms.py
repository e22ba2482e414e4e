"""What HR fills in."""

from datetime import datetime
from typing import Any

import pytest

from survey.console.forms import (
    CampaignForm,
    LetterForm,
    PairingForm,
    WindowForm,
    WithdrawForm,
    team_choices,
)
from survey.organization.selectors import list_team_tree
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation
from tests.console.waves import make_draft

LETTER = {
    "subject": "S",
    "body": "B",
    "signer_name": "Alice",
    "reply_to": "alice@example.org",
}
WINDOW = {"opens_at": "2026-03-02T10:00", "closes_at": "2026-03-12T17:00"}


class TestWindowForm:
    @pytest.mark.parametrize(
        ("opens_at", "closes_at", "problem"),
        [
            ("2026-03-02T10:00", "2026-03-02T10:01", None),
            ("2026-03-01T10:00", "2026-03-02T09:01", None),
            ("2026-03-05T10:00", "2026-03-05T10:00", "after the opening"),
            ("2026-03-05T10:00", "2026-03-04T10:00", "after the opening"),
            ("2026-03-01T10:00", "2026-03-02T09:00", "not passed yet"),
            ("2026-03-05T10:00", "", "required"),
            ("2026-03-05T10:00", "soon", "valid date"),
        ],
    )
    def test_keeps_the_two_moments_in_order_and_the_last_ahead(
        self, now: datetime, opens_at: str, closes_at: str, problem: str | None
    ) -> None:
        form = WindowForm({"opens_at": opens_at, "closes_at": closes_at}, now=now)

        assert form.is_valid() is (problem is None)
        assert set(form.errors) == (set() if problem is None else {"closes_at"})
        assert (problem or "") in str(form.errors)


class TestLetterForm:
    def test_takes_what_a_person_writes(self) -> None:
        assert LetterForm(LETTER).is_valid()

    @pytest.mark.parametrize(
        ("field", "words"),
        [
            ("subject", "We value your feedback"),
            ("body", "Dear valued customer, we value your feedback."),
            ("signer_name", "The People Team"),
            ("reply_to", "noreply@example.org"),
        ],
    )
    def test_refuses_what_no_person_writes_beside_its_field(self, field: str, words: str) -> None:
        form = LetterForm(LETTER | {field: words})

        assert set(form.errors) == {field}
        assert "“" in str(form.errors)


@pytest.mark.usefixtures("bank")
class TestCampaignForm:
    def form(self, organisation: Organisation, now: datetime, **changes: Any) -> CampaignForm:
        pulse = Questionnaire.objects.get(code="pulse")
        given = {
            "name": "Spring",
            "audience": Audience.EMPLOYEE,
            "scope": organisation.food.pk,
            "questionnaire": pulse.pk,
        }
        return CampaignForm(
            LETTER | given | changes,
            teams=list_team_tree(today=now.date()),
            questionnaires=list(Questionnaire.objects.order_by("pk")),
        )

    def test_takes_what_fits_together(self, organisation: Organisation, now: datetime) -> None:
        form = self.form(organisation, now)

        assert form.is_valid(), form.errors
        assert form.cleaned_data["scope"] == organisation.food.pk

    def test_asks_nobody_what_was_written_for_others(
        self, organisation: Organisation, now: datetime
    ) -> None:
        form = self.form(organisation, now, audience=Audience.CUSTOMER)

        assert "written for people who work here" in str(form.errors["questionnaire"])

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("audience", "EVERYBODY"),
            ("scope", 0),
            ("questionnaire", "x"),
            ("reply_to", "alice"),
            ("subject", ""),
            ("subject", "s" * 151),
        ],
    )
    def test_names_the_field_that_is_wrong(
        self, organisation: Organisation, now: datetime, field: str, value: object
    ) -> None:
        assert set(self.form(organisation, now, **{field: value}).errors) == {field}


class TestTeamChoices:
    def test_offer_every_team_with_its_way_down(
        self, organisation: Organisation, now: datetime
    ) -> None:
        labels = dict(team_choices(list_team_tree(today=now.date())))

        assert labels[organisation.bakery.pk] == "The Company / Food / Bakery"


@pytest.mark.usefixtures("bank")
class TestPairingForm:
    def test_offers_staff_on_one_side_and_customers_on_the_other(
        self, organisation: Organisation, now: datetime
    ) -> None:
        ex, cx = (
            make_draft(organisation, now, audience).campaign
            for audience in (Audience.EMPLOYEE, Audience.CUSTOMER)
        )
        given = {"name": "Both", "ex": ex.pk, "cx": cx.pk, "period": "MONTH"}
        turned = given | {"ex": cx.pk, "cx": ex.pk}

        assert PairingForm(given, campaigns=[ex, cx]).is_valid()
        assert set(PairingForm(turned, campaigns=[ex, cx]).errors) == {"ex", "cx"}


class TestWithdrawForm:
    @pytest.mark.parametrize(
        ("given", "fields"),
        [
            ({"reason": "A mistake.", "is_sure": "on"}, set()),
            ({"reason": "A mistake."}, {"is_sure"}),
            ({"reason": "  ", "is_sure": "on"}, {"reason"}),
        ],
    )
    def test_wants_a_reason_and_a_tick(self, given: dict[str, str], fields: set[str]) -> None:
        assert set(WithdrawForm(given).errors) == fields

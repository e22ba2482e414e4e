"""Whose questionnaires are offered to whom; who opens which page stands in tests/access."""

import pytest
from django.test import Client
from django.urls import reverse

from survey.questionnaires.models import (
    ImportReport,
    Questionnaire,
)
from survey.questionnaires.services import add_section
from tests.console.questionnaires.drafts import make_draft


@pytest.fixture
def written(bank: None) -> Questionnaire:
    """A draft for staff with a section, as if it had been brought in from a file."""
    draft = make_draft()
    add_section(questionnaire_id=draft.pk, code="pay", texts={"en": "Pay"})
    ImportReport.objects.create(questionnaire=draft, file_name="six.lss", language="en")
    return draft


class TestLists:
    def test_hold_for_customer_experience_only_what_customers_are_asked(
        self, customer_desk: Client, written: Questionnaire
    ) -> None:
        shown = customer_desk.get(reverse("console:questionnaires:home"))

        assert "Six questions" not in shown.text
        assert "Customer treatment" in shown.text or "treat" in shown.text.lower()

    def test_offer_customer_experience_no_copy_of_what_staff_are_asked(
        self, customer_desk: Client, written: Questionnaire
    ) -> None:
        new = reverse("console:questionnaires:new")

        refused = customer_desk.post(
            new, {"name": "Mine", "like": written.pk, "audience": "CUSTOMER"}
        )
        staff = customer_desk.post(new, {"name": "Mine", "audience": "EMPLOYEE", "languages": "en"})

        assert refused.status_code == staff.status_code == 422
        assert "Six questions" not in customer_desk.get(new).text

    def test_do_not_let_customer_experience_take_questions_of_staff(
        self, customer_desk: Client, written: Questionnaire
    ) -> None:
        of_staff = written.questionnaire_items.get(position=1).item
        filled = {"name": "Mine", "audience": "CUSTOMER", "items": of_staff.pk, "do": "add"}
        bank = reverse("console:questionnaires:bank")

        assert customer_desk.post(bank, filled).status_code == 422
        assert of_staff.texts["en"] not in customer_desk.get(bank).text

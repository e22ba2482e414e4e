"""Nobody but those who ask an audience finds its questionnaires."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from survey.accounts.models import Role, User
from survey.console.questionnaires import urls
from survey.questionnaires.models import (
    Audience,
    ImportReport,
    Questionnaire,
    QuestionnaireStatus,
)
from survey.questionnaires.services import add_section
from tests.cast import make_user
from tests.console.questionnaires.drafts import make_draft

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
OTHERS = (Role.AUDITOR, Role.ADMIN, Role.ANALYST)


def names_in(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Return the names of all addresses, of those included too."""
    names = []
    for pattern in patterns:
        inner = getattr(pattern, "url_patterns", None)
        names += names_in(inner) if inner is not None else [str(pattern.name)]
    return names


NAMES = names_in(urls.urlpatterns)
OF_ALL = ("home", "new", "bring", "bank")
OF_ONE = [name for name in NAMES if name not in OF_ALL]
POSTED = (
    *("rearrange", "publish", "retire", "reinstate", "next"),
    *("add_language", "remove_language", "take"),
)


def address(name: str, questionnaire: Questionnaire) -> str:
    by_code = {"item": "fair_overall_1", "section": "pay"}
    found = {} if name in OF_ALL else {"questionnaire_id": questionnaire.pk}
    code = {"code": by_code[name]} if name in by_code else {}
    tag = {"tag": "en"} if name == "catalogue" else {}
    return reverse(f"console:questionnaires:{name}", kwargs=found | code | tag)


@pytest.fixture
def written(bank: None) -> Questionnaire:
    """A draft for staff with a section, as if it had been brought in from a file."""
    draft = make_draft()
    add_section(questionnaire_id=draft.pk, code="pay", texts={"en": "Pay"})
    ImportReport.objects.create(questionnaire=draft, file_name="six.lss", language="en")
    return draft


@pytest.mark.parametrize("name", NAMES)
class TestEveryPage:
    def test_is_closed_to_charlie_whatever_the_verb(
        self, client: Client, charlie: User, written: Questionnaire, name: str
    ) -> None:
        client.force_login(charlie)
        before = list(Questionnaire.objects.order_by("pk").values())

        answers = {verb: getattr(client, verb)(address(name, written)) for verb in VERBS}

        assert {verb: one.status_code for verb, one in answers.items()} == dict.fromkeys(VERBS, 403)
        assert list(Questionnaire.objects.order_by("pk").values()) == before

    @pytest.mark.parametrize("role", OTHERS)
    def test_is_closed_to_roles_that_do_not_ask(
        self, client: Client, written: Questionnaire, name: str, role: Role
    ) -> None:
        client.force_login(make_user("dana", role))

        for verb in ("get", "post"):
            assert getattr(client, verb)(address(name, written)).status_code == 403

    def test_sends_strangers_to_the_log_in(
        self, client: Client, written: Questionnaire, name: str
    ) -> None:
        response = client.get(address(name, written))

        assert response.status_code == 302
        assert response.headers["Location"].startswith("/login/")

    def test_answers_the_people_team(self, hr: Client, written: Questionnaire, name: str) -> None:
        expected = 405 if name in POSTED else 200

        assert hr.get(address(name, written)).status_code == expected
        assert hr.put(address(name, written)).status_code == 405

    def test_needs_the_csrf_token(self, alice: User, written: Questionnaire, name: str) -> None:
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(alice)

        assert careful.post(address(name, written)).status_code == 403


@pytest.mark.parametrize("name", OF_ONE)
class TestCustomerExperience:
    @pytest.mark.parametrize("audience", [Audience.EMPLOYEE, Audience.COLLEAGUE])
    def test_does_not_find_those_of_people_who_work_here(
        self, customer_desk: Client, written: Questionnaire, name: str, audience: str
    ) -> None:
        Questionnaire.objects.filter(pk=written.pk).update(audience=audience)

        answers = {verb: getattr(customer_desk, verb)(address(name, written)) for verb in VERBS}

        assert {verb: one.status_code for verb, one in answers.items()} == dict.fromkeys(VERBS, 404)
        written.refresh_from_db()
        assert written.status == QuestionnaireStatus.DRAFT

    def test_finds_those_of_customers(
        self, customer_desk: Client, written: Questionnaire, name: str
    ) -> None:
        Questionnaire.objects.filter(pk=written.pk).update(audience=Audience.CUSTOMER)

        assert customer_desk.get(address(name, written)).status_code == (
            405 if name in POSTED else 200
        )


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

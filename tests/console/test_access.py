"""Nobody but those who ask opens a page of the console."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, Wave
from survey.console import urls
from tests.cast import make_user

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
PAGES = [page for page in urls.urlpatterns if isinstance(page, URLPattern)]
NAMES = [pattern.name for pattern in PAGES]
LEADING_ON = ("wave",)  # a draft is checked on a page of its own
POSTED = ("launch", "undo", "stop_reminders", "test_letter")


def address(pattern: URLPattern, wave: Wave) -> str:
    values = {"wave_id": wave.pk, "code": wave.campaign.code}
    wanted = pattern.pattern.converters
    return reverse(f"console:{pattern.name}", kwargs={name: values[name] for name in wanted})


@pytest.mark.parametrize("pattern", PAGES, ids=NAMES)
class TestEveryPage:
    def test_is_closed_to_charlie_whatever_the_verb(
        self, client: Client, charlie: User, draft: Wave, pattern: URLPattern
    ) -> None:
        client.force_login(charlie)
        answers = {verb: getattr(client, verb)(address(pattern, draft)) for verb in VERBS}

        assert {verb: answer.status_code for verb, answer in answers.items()} == dict.fromkeys(
            VERBS, 403
        )
        draft.refresh_from_db()
        assert draft.launched_at is None
        assert Campaign.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.ANALYST])
    def test_is_closed_to_roles_that_do_not_ask(
        self, client: Client, draft: Wave, pattern: URLPattern, role: Role
    ) -> None:
        client.force_login(make_user("dana", role))

        for verb in ("get", "post"):
            assert getattr(client, verb)(address(pattern, draft)).status_code == 403

    def test_sends_strangers_to_the_log_in(
        self, client: Client, draft: Wave, pattern: URLPattern
    ) -> None:
        for verb in ("get", "post"):
            response = getattr(client, verb)(address(pattern, draft))
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/login/")

    def test_answers_those_who_ask(self, hr: Client, draft: Wave, pattern: URLPattern) -> None:
        only_posted = pattern.name in POSTED

        leads_on = pattern.name in LEADING_ON

        assert hr.get(address(pattern, draft)).status_code == (
            405 if only_posted else 302 if leads_on else 200
        )
        assert hr.put(address(pattern, draft)).status_code == 405

    def test_needs_the_csrf_token(self, alice: User, draft: Wave, pattern: URLPattern) -> None:
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(alice)

        assert careful.post(address(pattern, draft)).status_code == 403
        draft.refresh_from_db()
        assert draft.launched_at is None


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CX_MANAGER, 200), (Role.ADMIN, 403), (Role.ANALYST, 403), (Role.AUDITOR, 403)],
)
@pytest.mark.django_db
class TestRoles:
    def test_decide(self, client: Client, role: Role, status: int) -> None:
        client.force_login(make_user("dana", role))

        assert client.get(reverse("console:waves")).status_code == status

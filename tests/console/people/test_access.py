"""Nobody but the people team opens a page that names people."""

from datetime import time

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from survey.accounts.models import Role, User
from survey.console.people import urls
from survey.organization.models import Attribute, Person, RosterFeed, RosterImport
from tests.cast import Organisation, make_user
from tests.organization.arrivals import arrive

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
ONLY_POSTED = {"discard", "switch_feed", "drop_attribute"}
NAMES = [pattern.name for pattern in urls.urlpatterns]


@pytest.fixture
def filled(organisation: Organisation) -> dict[str, object]:
    """What the addresses of all pages need."""
    feed = RosterFeed.objects.create(name="Nightly", location="hr", at=time(6))
    return {
        "person_id": Person.objects.values_list("pk", flat=True)[0],
        "roster_id": arrive().pk,
        "feed_id": feed.pk,
        "code": Attribute.objects.create(code="tenure", name="Tenure").code,
    }


def address(pattern: URLPattern, values: dict[str, object]) -> str:
    wanted = {name: values[name] for name in pattern.pattern.converters}
    return reverse(f"console:people:{pattern.name}", kwargs=wanted)


@pytest.mark.parametrize("pattern", urls.urlpatterns, ids=NAMES)
class TestEveryPage:
    def test_is_closed_to_charlie_whatever_the_verb(
        self, client: Client, charlie: User, filled: dict[str, object], pattern: URLPattern
    ) -> None:
        client.force_login(charlie)
        answers = {verb: getattr(client, verb)(address(pattern, filled)) for verb in VERBS}

        found = {verb: answer.status_code for verb, answer in answers.items()}
        assert found == dict.fromkeys(VERBS, 403)
        assert RosterImport.objects.get().state == "READY"
        assert Attribute.objects.exists()

    @pytest.mark.parametrize(
        "role", [Role.CX_MANAGER, Role.ADMIN, Role.ANALYST, Role.AUDITOR], ids=str
    )
    def test_is_closed_to_everybody_else(
        self, client: Client, role: Role, filled: dict[str, object], pattern: URLPattern
    ) -> None:
        client.force_login(make_user("dana", role))

        assert client.get(address(pattern, filled)).status_code == 403
        assert client.post(address(pattern, filled)).status_code == 403

    def test_is_closed_to_bob_who_leads_some_of_them(
        self, client: Client, bob: User, filled: dict[str, object], pattern: URLPattern
    ) -> None:
        client.force_login(bob)

        assert client.get(address(pattern, filled)).status_code == 403

    def test_sends_strangers_to_the_log_in(
        self, client: Client, filled: dict[str, object], pattern: URLPattern
    ) -> None:
        for verb in ("get", "post"):
            response = getattr(client, verb)(address(pattern, filled))
            assert response.headers["Location"].startswith("/login/")

    def test_answers_the_people_team(
        self, hr: Client, filled: dict[str, object], pattern: URLPattern
    ) -> None:
        expected = 405 if pattern.name in ONLY_POSTED else 200

        assert hr.get(address(pattern, filled), follow=True).status_code == expected
        assert hr.put(address(pattern, filled)).status_code == 405

    def test_needs_the_csrf_token(
        self, alice: User, filled: dict[str, object], pattern: URLPattern
    ) -> None:
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(alice)

        assert careful.post(address(pattern, filled)).status_code == 403
        assert RosterImport.objects.get().state == "READY"


def test_every_page_knows_nobody_who_is_not_there(hr: Client) -> None:
    values = {"person_id": 99, "roster_id": 99, "feed_id": 99, "code": "x"}
    for pattern in urls.urlpatterns:
        if pattern.pattern.converters:
            answers = {hr.get(address(pattern, values)), hr.post(address(pattern, values))}
            assert {answer.status_code for answer in answers} <= {404, 405}

"""Whatever somebody opens who is logged in leaves a line; respondents leave none."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from survey.accounts.models import AccessEntry, Action, Role, User
from survey.accounts.services import create_api_token
from survey.dashboards.access_log.recording import UNRECORDED
from tests.cast import PASSWORD, Organisation, make_user

pytestmark = pytest.mark.django_db

SECRETS = {"token", "digest", "key"}
NUMBERED = {"dashboards:call", "dashboards:promise"}  # by keys of rows, which open nothing
FRONT_ENDS = {"answering", "api", "console", "dashboards"}


def last() -> tuple[str, str, str, int]:
    entry = AccessEntry.objects.latest("pk")
    return entry.action, entry.route, entry.what, entry.status


def routes(patterns: list[URLPattern | URLResolver], space: str = "") -> list[tuple[str, set[str]]]:
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = ":".join(filter(None, (space, one.namespace or "")))
            names = set(one.pattern.converters)
            found += [(name, kept | names) for name, kept in routes(one.url_patterns, inner)]
        else:
            name = ":".join(filter(None, (space, one.name or "")))
            found.append((name, set(one.pattern.converters)))
    return found


class TestAccessLogMiddleware:
    def test_records_a_page(self, client: Client, alice: User, organisation: Organisation) -> None:
        client.force_login(alice)
        client.get("/dashboards/teams/bakery/?measure=words")

        assert last()[:3] == (Action.SEEN, "dashboards:team", "team_code=bakery")

    def test_records_a_file(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        client.get("/dashboards/releases/?format=csv")

        assert last() == (Action.EXPORTED, "dashboards:releases", "", 200)

    def test_records_what_was_sent_in(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        client.post("/console/people/attributes/", {"code": "tenure", "name": "Tenure"})

        assert last()[:2] == (Action.CHANGED, "console:people:attributes")

    def test_records_what_was_refused(
        self, client: Client, charlie: User, organisation: Organisation
    ) -> None:
        client.force_login(charlie)
        client.get("/dashboards/teams/bakery/")

        assert last() == (Action.SEEN, "dashboards:team", "team_code=bakery", 404)
        assert AccessEntry.objects.get().held == "LEADER garden"

    def test_records_logging_in(self, client: Client, alice: User) -> None:
        client.post("/login/", {"username": alice.email, "password": PASSWORD})

        assert last() == (Action.CHANGED, "login", "", 302)

    def test_records_machines(self, client: Client, alice: User, now: object) -> None:
        token = create_api_token(user=alice, name="till", now=now)  # type: ignore[arg-type]
        client.get("/api/v1/questionnaires/", headers={"Authorization": f"Token {token}"})

        assert last() == (Action.EXPORTED, "api:questionnaires", "", 200)

    @pytest.mark.parametrize("address", ["/privacy/", "/r/no-such-link/", "/health/ready"])
    def test_records_nothing_of_respondents(
        self, client: Client, alice: User, address: str
    ) -> None:
        client.force_login(alice)
        client.get(address)
        client.logout()
        client.get(address)

        assert not AccessEntry.objects.exists()

    def test_records_no_stranger(self, client: Client, db: None) -> None:
        client.get("/dashboards/teams/")

        assert not AccessEntry.objects.exists()

    def test_shows_nothing_that_cannot_be_recorded(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(**facts: object) -> None:
            raise OSError

        client.force_login(make_user("wim", Role.AUDITOR))
        client.raise_request_exception = False
        monkeypatch.setattr("survey.dashboards.access_log.recording.record_access", refuse)

        assert client.get("/dashboards/releases/").status_code == 500


class TestUnrecorded:
    def test_leaves_out_the_respondents_front_end_alone(self) -> None:
        recorded = {name for name, _ in routes(get_resolver().url_patterns)} - UNRECORDED

        assert FRONT_ENDS - {name.partition(":")[0] for name in recorded} == set()
        assert {name for name in UNRECORDED if name in FRONT_ENDS} == {"answering"}

    def test_keeps_secrets_out_of_the_log(self) -> None:
        found = routes(get_resolver().url_patterns)
        secret = {name for name, kept in found if kept & SECRETS and name not in NUMBERED}

        assert secret
        assert {name.partition(":")[0] for name in secret} <= UNRECORDED

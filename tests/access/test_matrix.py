"""Everybody tries every address: no door is wider or narrower than the table.

The suite lets a few people try the verbs that an address does not take; `make soak` lets everybody.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, path, reverse
from pytest_django.plugin import DjangoDbBlocker

from survey.accounts import permissions
from survey.accounts.selectors import Scope
from survey.api.permissions import SeesEverything
from survey.dashboards import requests
from tests.access.stage import OUTSIDERS, Stage, build_stage
from tests.access.visiting import (
    Routes,
    Visit,
    Visitor,
    addresses_of,
    find_parts,
    find_routes,
    judge,
    plain_refusals,
    read_table,
)

pytestmark = pytest.mark.django_db
GONE = 987654321
GONE_KEY = "00000000-0000-4000-8000-000987654321"  # where an address takes nothing else
WRITES = ("INSERT", "UPDATE", "DELETE")
PARTS = find_parts()
Visits = Callable[[str], list[Visit]]
COUNTED = ('UPDATE "accounts_apitoken"', 'INSERT INTO "accounts_accessentry"')  # calls, and looks
UNFORGEABLE = ("answering:", "api:")  # what lets somebody in stands in no cookie


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """One organisation for all tests here."""
    logging.disable(logging.CRITICAL)  # thousands of refusals
    with django_db_blocker.unblock(), build_stage(tmp_path_factory.mktemp("keys")) as built:
        yield built
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def visitor(stage: Stage, at_length: bool) -> Visitor:
    return Visitor(stage, asks_everything=at_length)


@pytest.fixture(scope="module")
def visits(visitor: Visitor) -> Callable[[str], list[Visit]]:
    """Every question about the addresses of a part, and its answer; each is asked once."""

    @cache
    def ask(part: str) -> list[Visit]:
        with plain_refusals():
            return visitor.visit_all(PARTS[part])

    return ask


def some(*names: str) -> Routes:
    return {name: holds for name, holds in find_routes().items() if name in names}


class TestTable:
    def test_names_every_address_and_none_besides(self) -> None:
        assert set(read_table()) == set(find_routes())

    def test_would_miss_a_new_address(self) -> None:
        planted = [*get_resolver().url_patterns, path("new/", lambda request: None, name="new")]

        assert set(find_routes(planted)) - set(read_table()) == {"new"}

    def test_knows_everybody(self, stage: Stage) -> None:
        named = {
            who for rule in read_table().values() for door in rule.open_to.values() for who in door
        }

        assert named == set(stage.people)


class TestEveryDoor:
    @pytest.mark.parametrize("part", PARTS)
    def test_is_as_wide_as_the_table_says(self, visits: Visits, part: str) -> None:
        assert judge(visits(part), read_table()) == []

    def test_is_tried_many_thousand_times(self, visits: Visits, at_length: bool) -> None:
        n_visits = sum(len(visits(part)) for part in PARTS)

        assert n_visits > (10_000 if at_length else 7_000)

    def test_would_be_found_open(self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        """The check of roles lets everybody with an account in."""
        monkeypatch.setattr(permissions, "holds_role", lambda **_: True)

        found = judge(visitor.visit_all(some("console:teams")), read_table())

        assert "wider: GET console:teams as charlie: 200" in found

    def test_would_be_found_without_its_decorator(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """One view has lost its decorator."""
        (pattern,) = (
            one
            for part in get_resolver().url_patterns
            for one in getattr(part, "url_patterns", [])
            if getattr(one, "name", "") == "campaigns"
        )
        monkeypatch.setattr(pattern, "callback", pattern.callback.__wrapped__.__wrapped__)

        found = judge(visitor.visit_all(some("console:campaigns")), read_table())

        assert "wider: GET console:campaigns as nora: 200" in found

    def test_would_be_found_open_to_the_wrong_desk(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Customer experience may change what staff are asked."""
        monkeypatch.setattr("survey.console.access.may_ask", lambda **_: True)

        found = judge(visitor.visit_all(some("console:close")), read_table())

        assert "wider: POST console:close of staff as carmen: 302" in found
        assert not any("of customers" in one for one in found)

    def test_would_be_found_open_to_another_team(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whoever reads any team reads all of them."""
        monkeypatch.setattr(Scope, "opens", lambda self, team_ids: True)

        found = judge(visitor.visit_all(some("dashboards:team")), read_table())

        assert "wider: GET dashboards:team of bakery as charlie: 200" in found

    def test_would_be_found_open_to_machines(
        self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(SeesEverything, "has_permission", lambda *_: True)

        found = judge(visitor.visit_all(some("api:linkage")), read_table())

        assert "wider: GET api:linkage as charlie: 400" in found

    def test_would_be_found_shut(self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(requests, "require", mock.Mock(side_effect=requests.Http404))

        found = judge(visitor.visit_all(some("dashboards:overview")), read_table())

        assert "narrower: GET dashboards:overview as bob: 404" in found

    def test_would_be_found_broken(self, visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
        def break_down(**_: Any) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("survey.console.views.list_teams", break_down, raising=False)
        monkeypatch.setattr("survey.dashboards.views.read_request", break_down)

        found = judge(visitor.visit_all(some("home")), read_table())

        assert any(one.startswith("broken: GET home as ") for one in found)


def address_of_nothing(route: str, holds: Sequence[str]) -> str:
    """Return an address of a route that names what there never was."""
    try:
        return reverse(route, kwargs=dict.fromkeys(holds, GONE))
    except NoReverseMatch:
        return reverse(route, kwargs=dict.fromkeys(holds, GONE_KEY))


class TestWhatIsNotThere:
    def test_is_not_found_whoever_asks(self, stage: Stage, visitor: Visitor) -> None:
        """The people team, which sees everything else, with numbers and names of nothing."""
        asked = [
            visitor.visit(route, "", address_of_nothing(route, holds), verb, "alice")
            for route, holds in find_routes().items()
            if holds
            for verb in ("GET", "POST")
        ]

        assert [str(one) for one in asked if one.status not in (401, 404, 405)] == []
        assert sum(one.status == 404 for one in asked) > 100


class TestLinkScanners:
    def test_write_nothing_wherever_they_look(self, stage: Stage, visitor: Visitor) -> None:
        """Mail programs, antivirus and browsers open links before people do."""
        for route, holds in find_routes().items():
            if "GET" not in read_table()[route].verbs:
                continue
            for variant, address in addresses_of(route, holds, stage).items():
                for who, verb in (("stranger", "GET"), ("stranger", "HEAD"), ("alice", "GET")):
                    with CaptureQueriesContext(connection) as queries:
                        visitor.visit(route, variant, address, verb, who)
                    written = [one["sql"] for one in queries if one["sql"].startswith(WRITES)]
                    kept = [sql for sql in written if not sql.startswith(COUNTED)]
                    assert kept == [], f"{verb} {address} as {who}"


class TestForgedForms:
    def test_are_refused_wherever_somebody_is_logged_in(self, stage: Stage) -> None:
        careful = Visitor(stage, enforce_csrf_checks=True)
        posted = [
            (route, holds)
            for route, holds in find_routes().items()
            if "POST" in read_table()[route].verbs and not route.startswith(UNFORGEABLE)
        ]

        answers = [
            careful.visit(route, variant, address, "POST", "alice")
            for route, holds in posted
            for variant, address in addresses_of(route, holds, stage).items()
        ]

        assert len(answers) > 50
        assert [str(one) for one in answers if one.status != 403] == []


class TestSecretsOfBakery:
    def find(self, stage: Stage, visits: list[Visit]) -> list[str]:
        return [
            f"{visit}: {secret}"
            for visit in visits
            for secret in stage.secrets
            if visit.who in OUTSIDERS and secret.encode() in visit.body
        ]

    @pytest.mark.parametrize("part", PARTS)
    def test_stand_on_no_page_that_others_are_shown(
        self, stage: Stage, visits: Visits, part: str
    ) -> None:
        assert self.find(stage, visits(part)) == []

    def test_stand_on_those_of_its_leader(self, stage: Stage, visits: Visits) -> None:
        shown = b"".join(visit.body for visit in visits("dashboards") if visit.who == "bob")

        assert [secret for secret in stage.secrets if secret.encode() not in shown] == []

    def test_stand_on_no_page_that_says_why_not(self, stage: Stage, visitor: Visitor) -> None:
        pages = some("dashboards:team", "dashboards:team-words", "console:people:person")

        refused = visitor.visit_all(pages, people=OUTSIDERS)

        assert self.find(stage, refused) == []
        assert any(b"<h1>" in visit.body for visit in refused)

    def test_would_be_found_on_a_page_of_charlies(
        self, stage: Stage, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Scope, "opens", lambda self, team_ids: True)

        shown = visitor.visit_all(
            some("dashboards:team", "dashboards:team-words"), people=["charlie"]
        )

        found = self.find(stage, shown)
        assert {one.rpartition(": ")[2] for one in found} == set(stage.secrets)

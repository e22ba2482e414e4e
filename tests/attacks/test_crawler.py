"""Everybody reads everything they can reach: no page says more than was released to them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from survey.accounts.models import User
from survey.accounts.selectors import Scope, get_scope
from survey.aggregation.models import Release
from survey.campaigns.models import Campaign, Group, GroupKind
from survey.dashboards import scores
from survey.dashboards.figures import rows
from survey.dashboards.trees import read_tree
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.samples.progress import Silence
from survey.samples.services import build_demo
from survey.samples.truth import SHIPPED_TRUTH
from tests.attacks.crawling import (
    crawl,
    fetch,
    find_claims,
    find_names,
    find_unexplained,
    route_of,
)
from tests.attacks.printed import Printed
from tests.attacks.reading import Line, Page

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SMALL = replace(SHIPPED_TRUTH, n_quarters=2, cx_per_quarter=(15, 18))
LEADERS = ("alice", "carmen", "anand", "olga", "rita", "bob")
EVERYBODY = (*LEADERS, "wim", "adam")
WIDELY = {"alice", "rita", "bob"}
WITHOUT_FIGURES = ("wim", "adam")

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


class Undo(Exception):  # noqa: N818
    """Takes back what was built."""


class Visits:
    """The demo's people, and what each of them read; everybody reads once."""

    def __init__(self) -> None:
        self.printed = Printed()
        self.surveys = set(Campaign.objects.values_list("name", flat=True))
        self.read = cache(self._read)

    def log_in(self, name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(self.user(name))
        return client

    def user(self, name: str) -> User:
        return User.objects.get(email__startswith=f"{name}@")

    def _read(self, name: str) -> list[Page]:
        return crawl(self.log_in(name), per_shape=8 if name in WIDELY else 2)

    def closed_to(self, name: str) -> set[str]:
        """Return the names of teams that somebody may read nothing of; those above them may be."""
        scope = get_scope(user=self.user(name))
        if scope.sees_everything:
            return set()
        tree = read_tree()
        above = {team for one in scope.past_team_ids for team in tree.path(one)}
        closed = Team.objects.exclude(pk__in=above)
        return set(closed.values_list("name", flat=True))

    def unexplained(self, pages: list[Page]) -> list[str]:
        return [
            f"{page.address}: {found}"
            for page in pages
            for found in find_unexplained(page, self.printed)
        ]


def find_hidden() -> Group:
    """Return a team whose staff were too few for a figure in the last wave."""
    release = Release.objects.filter(wave__campaign__audience=Audience.EMPLOYEE).latest("made_at")
    groups = Group.objects.filter(wave=release.wave, kind=GroupKind.TEAM)
    return groups.exclude(figures__metric="fairness")[0]


@pytest.fixture(scope="module")
def visits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Visits]:
    """The demo, built once for all tests of this module, with everything that suppression takes."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        build_demo(seed=1, now=NOW, progress=Silence(), truth=SMALL)
        yield Visits()
        raise Undo


class TestWhatIsReached:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_answers_whatever_it_offers(self, visits: Visits, name: str) -> None:
        refused = [(page.address, page.status) for page in visits.read(name) if page.status != 200]

        assert refused == []

    def test_reaches_every_leader_page(self, visits: Visits) -> None:
        found = {route_of(page) for page in visits.read("alice")}

        assert {
            "linkage", "overview", "teams", "team", "participation", "waves",
            "changes", "figures", "releases",
        } <= found  # fmt: skip

    def test_takes_files_along(self, visits: Visits) -> None:
        kinds = {
            (route_of(page), as_format)
            for page in visits.read("alice")
            for as_format in ("csv", "xlsx")
            if f"format={as_format}" in page.address and page.lines
        }

        assert {(route, "csv") for route in ("team", "overview", "linkage", "figures")} <= kinds
        assert {(route, "xlsx") for route in ("team", "overview", "linkage")} <= kinds


class TestFigures:
    @pytest.mark.parametrize("name", LEADERS)
    def test_are_all_stored_or_the_difference_of_two(self, visits: Visits, name: str) -> None:
        pages = visits.read(name)

        assert sum(len(page.lines) for page in pages) > 1_000
        assert visits.unexplained(pages) == []

    def test_would_be_found_if_they_were_worked_out_anew(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def work_out(said: Any) -> Any:
            found = read_score(said)
            return found and replace(found, mean=found.mean + 0.1)

        read_score = scores.read_score
        monkeypatch.setattr(scores, "read_score", work_out)
        pages = crawl(visits.log_in("bob"), only="team", per_shape=2)

        assert visits.unexplained(pages)

    def test_would_be_found_if_they_were_of_a_hidden_group(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hidden = find_hidden()

        def list_figures(**wanted: Any) -> Iterator[tuple[Any, ...]]:
            yield (hidden.pk, "fairness", 4, 61.3, None, None, None, None, {})

        monkeypatch.setattr(rows, "list_figures", list_figures)
        code = hidden.wave.campaign.code
        address = f"/dashboards/figures/?campaign={code}&format=csv"
        page = fetch(visits.log_in("alice"), address)

        found = find_unexplained(page, visits.printed)

        assert {one.partition(" ")[0] for one in found} == {"4", "61.3"}


class TestNames:
    @pytest.mark.parametrize("name", ["rita", "bob", *WITHOUT_FIGURES])
    def test_of_closed_teams_are_nowhere(self, visits: Visits, name: str) -> None:
        closed = visits.closed_to(name)

        assert len(closed) > 50
        assert find_names(visits.read(name), closed, surveys=visits.surveys) == set()

    @pytest.mark.parametrize("name", WITHOUT_FIGURES)
    def test_and_figures_are_nowhere_for_those_who_read_none(
        self, visits: Visits, name: str
    ) -> None:
        assert {route_of(page) for page in visits.read(name)} <= {"", "releases"}

    def test_would_be_found_if_nobody_asked_who_reads(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = visits.closed_to("rita")
        client = visits.log_in("rita")
        monkeypatch.setattr(Scope, "opens", lambda scope, team_ids: True)
        pages = [fetch(client, f"/dashboards/figures/?page={page}") for page in (1, 2, 3)]

        assert find_names(pages, closed, surveys=visits.surveys)


class TestWording:
    @pytest.mark.parametrize("name", LEADERS)
    def test_never_says_that_one_thing_brings_another_about(
        self, visits: Visits, name: str
    ) -> None:
        assert [found for page in visits.read(name) for found in find_claims(page)] == []

    @pytest.mark.parametrize(
        ("text", "is_claim"),
        [
            ("Fairness drives how customers feel.", True),
            ("The impact of fairness is large.", True),
            ("It does not show that one causes the other.", False),
        ],
    )
    def test_would_be_found_if_it_did(self, text: str, is_claim: bool) -> None:
        page = Page("/", 200, [Line(text)])

        assert bool(find_claims(page)) == is_claim

    def test_tells_hidden_from_zero(self, visits: Visits) -> None:
        """A team without staff figures is not shown on that side; no score of it is 0."""
        hidden = find_hidden()
        client = visits.log_in("alice")
        text = client.get(f"/dashboards/teams/{hidden.code}/").content.decode()

        assert 'class="nil"' in text
        assert "not shown" in text.lower()
        assert ">0.0<" not in text

"""Everybody reads everything they can reach: no page says more than was released to them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from survey.accounts.selectors import Scope, get_scope
from survey.aggregation.models import CutFigure, Figure, Release, ReleasedComment
from survey.aggregation.selectors import released_cut_figures
from survey.campaigns.models import GroupKind, Wave
from survey.campaigns.shares import Share
from survey.dashboards import scores, tables
from survey.dashboards.figures import rows
from survey.dashboards.overview import cuts
from survey.dashboards.releases import pages as ledger
from survey.dashboards.team import words
from survey.organization.models import Service
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
from tests.attacks.keeping import count_kept
from tests.attacks.reading import Line, Page
from tests.attacks.released import list_exported, read_tables
from tests.attacks.visits import Visits, find_hidden, find_words_page

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SMALL = replace(SHIPPED_TRUTH, n_quarters=2, n_rated_quarters=1, cx_per_quarter=(15, 18))
LEADERS = ("alice", "carmen", "anand", "olga", "rita", "bob")
EVERYBODY = (*LEADERS, "wim", "adam")
WITHOUT_FIGURES = ("wim", "adam")
WITHOUT_ANY = {"", "releases", "access-log", "sheet", "dpia"}
COUNTED = {"participation", "releases"}
SUBJECT = "Q4 2025\nQ3 2025\nHearth & Co"

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:No directory at")]


class Undo(Exception):  # noqa: N818
    """Takes back what was built."""


@pytest.fixture(scope="module")
def visits(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, at_length: bool
) -> Iterator[Visits]:
    """The demo, built once for all tests of this module, with everything that suppression takes."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        build_demo(seed=1, now=NOW, progress=Silence(), truth=SMALL)
        with connection.cursor() as cursor:  # no autovacuum looks into an open transaction
            cursor.execute("ANALYZE")
        yield Visits(at_length=at_length)
        raise Undo


def ends_beside(visits: Visits, name: str) -> set[str]:
    """Return the names of closed teams that serve somebody's teams or are served by them."""
    own = get_scope(user=visits.user(name)).past_team_ids
    serving = Service.objects.filter(consumer__in=own).values_list("provider__name", flat=True)
    served = Service.objects.filter(provider__in=own).values_list("consumer__name", flat=True)
    return {*serving, *served} & visits.closed_to(name)


class TestWhatIsReached:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_answers_whatever_it_offers(self, visits: Visits, name: str) -> None:
        refused = [(page.address, page.status) for page in visits.read(name) if page.status != 200]

        assert refused == []

    def test_reaches_every_leader_page(self, visits: Visits) -> None:
        found = {route_of(page) for page in visits.read("alice")}

        assert {
            "linkage", "overview", "teams", "team", "participation", "waves",
            "changes", "figures", "releases", "cascade",
        } <= found  # fmt: skip

    def test_takes_files_along(self, visits: Visits) -> None:
        kinds = {
            (route_of(page), as_format)
            for page in visits.read("alice")
            for as_format in ("csv", "xlsx")
            if f"format={as_format}" in page.address and page.lines
        }

        assert {
            (route, "csv") for route in ("team", "overview", "linkage", "cascade", "figures")
        } <= kinds
        assert {(route, "xlsx") for route in ("team", "overview", "linkage", "cascade")} <= kinds


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

    def test_would_be_found_if_those_of_a_cut_were_worked_out_anew(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def work_out(*, release: Release) -> Iterator[CutFigure]:
            for one in released_cut_figures(release=release):
                one.mean += 0.1
                yield one

        monkeypatch.setattr(cuts, "released_cut_figures", work_out)
        page = fetch(visits.log_in("alice"), "/dashboards/overview/")

        assert len([found for found in visits.unexplained([page]) if " years " in found]) > 6

    def test_would_be_found_if_they_were_of_another_time(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Then and now change places: every number is stored, and none where it stands."""

        def change_places(*told: Any) -> Any:
            line = build_line(*told)
            return replace(line, now=line.before, before=line.now) if line.before else line

        build_line = scores._build_line
        monkeypatch.setattr(scores, "_build_line", change_places)
        client = visits.log_in("alice")
        for address in ("overview/", "waves/", "overview/?format=csv", "waves/?format=xlsx"):
            page = fetch(client, f"/dashboards/{address}", SUBJECT)

            assert visits.unexplained([page]), address

    def test_would_be_found_in_a_spreadsheet_alone(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def write_wrongly(row: Any) -> list[Any]:
            return [one + 0.1 if isinstance(one, float) else one for one in make_safe(row)]

        make_safe = tables._make_safe
        monkeypatch.setattr(tables, "_make_safe", write_wrongly)
        page = fetch(visits.log_in("alice"), "/dashboards/overview/?format=xlsx", SUBJECT)

        assert visits.unexplained([page])

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


class TestKept:
    def test_is_most_of_what_the_rule_of_five_alone_would_show(self, visits: Visits) -> None:
        kept = count_kept(Release.objects.all())

        assert kept.naive > 4_000
        assert 0.8 <= kept.share < 1, kept


class TestColludingLeaders:
    @pytest.mark.parametrize(
        ("audience", "n_told"), [("EMPLOYEE", 500), ("CUSTOMER", 500), ("COLLEAGUE", 100)]
    )
    def test_find_nobody_in_a_wave(self, visits: Visits, audience: str, n_told: int) -> None:
        wave = Wave.objects.filter(campaign__audience=audience, releases__isnull=False)[0]
        tables = read_tables(wave)

        assert sum(len(table.told) for table in tables) > n_told
        assert sum(table.misread for table in tables) == 0
        assert [one for table in tables for one in table.search(k=wave.threshold)] == []

    def test_are_told_the_same_by_the_file_of_all_figures(self, visits: Visits) -> None:
        told = list_exported(visits.log_in("alice"))
        stored = Figure.objects.values_list("group__code", "metric", "n", "mean", "favourable")

        assert len(told) > 2_000
        assert set(told) <= set(stored)


class TestSharesAndReleases:
    @pytest.mark.parametrize("name", [*LEADERS, "wim"])
    def test_are_all_stored(self, visits: Visits, name: str) -> None:
        pages = [page for page in visits.read(name) if route_of(page) in COUNTED]

        assert sum(line.is_row for page in pages for line in page.lines) > 3
        assert visits.miscounted(pages) == []

    @pytest.mark.parametrize("as_format", ["", "format=csv", "format=xlsx"])
    def test_would_be_found_if_a_share_were_another(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch, as_format: str
    ) -> None:
        def read(cls: type[Share], text: str, *, step: int) -> Share:
            share = read_share(text, step=step)
            return replace(share, low=share.low + 1)

        read_share = Share.read
        monkeypatch.setattr(Share, "read", classmethod(read))
        wave = Wave.objects.get(campaign__code="region-pulse")
        address = f"/dashboards/participation/?wave=region-pulse-1&{as_format}"
        page = fetch(visits.log_in("alice"), address, str(wave))

        assert visits.miscounted([page])

    @pytest.mark.parametrize("field", ["n_hidden", "n_shown", "threshold", "checksum"])
    def test_would_be_found_if_a_release_were_told_wrongly(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch, field: str
    ) -> None:
        def read(release: Release) -> Any:
            row = read_release(release)
            told = getattr(row, field)
            return replace(row, **{field: told[::-1] if field == "checksum" else told + 100})

        read_release = ledger._read_release
        monkeypatch.setattr(ledger, "_read_release", read)
        page = fetch(visits.log_in("wim"), "/dashboards/releases/")

        assert visits.miscounted([page])


class TestWords:
    @pytest.mark.parametrize("name", ["alice", "rita", "bob"])
    def test_are_all_released_where_they_stand(self, visits: Visits, name: str) -> None:
        assert visits.unreleased(visits.read(name)) == []

    def test_stand_on_pages_of_their_own(self, visits: Visits) -> None:
        page = fetch(visits.log_in("alice"), find_words_page())

        assert visits.told(visits.read("alice")) > 0
        assert visits.told([page]) > 0
        assert visits.unreleased([page]) == []

    def test_would_be_found_if_they_were_of_another_group(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        elsewhere = ReleasedComment.objects.exclude(group__kind=GroupKind.TEAM)
        one = elsewhere.filter(comment__text__in=visits.only_once()).select_related("comment")[0]
        story = words.Story(one.comment.text, "", one.group.code, one.comment_id)
        monkeypatch.setattr(words, "Story", lambda **told: story)
        page = fetch(visits.log_in("alice"), find_words_page())

        assert set(visits.unreleased([page])) == {one.comment.text}


class TestNames:
    @pytest.mark.parametrize("name", ["rita", "bob", *WITHOUT_FIGURES])
    def test_of_closed_teams_are_nowhere(self, visits: Visits, name: str) -> None:
        closed = visits.closed_to(name) - (ends_beside(visits, name) if name == "bob" else set())

        assert len(closed) > 50
        assert find_names(visits.read(name), closed, surveys=visits.surveys) == set()

    def test_of_both_ends_of_an_arrow_are_open(self, visits: Visits) -> None:
        beside = ends_beside(visits, "bob")

        assert 0 < len(beside) < 10
        assert find_names(visits.read("bob"), beside, surveys=visits.surveys)

    def test_would_be_found_if_arrows_of_others_were_open(
        self, visits: Visits, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        closed = visits.closed_to("bob") - ends_beside(visits, "bob")
        client = visits.log_in("bob")
        monkeypatch.setattr(Scope, "opens", lambda scope, team_ids: True)
        pages = [fetch(client, f"/dashboards/figures/?page={page}") for page in (1, 2, 3)]

        assert find_names(pages, closed, surveys=visits.surveys)

    @pytest.mark.parametrize("name", WITHOUT_FIGURES)
    def test_and_figures_are_nowhere_for_those_who_read_none(
        self, visits: Visits, name: str
    ) -> None:
        assert {route_of(page) for page in visits.read(name)} <= WITHOUT_ANY

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

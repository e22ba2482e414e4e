"""The list of released figures, page by page."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.aggregation.models import Figure, Release
from survey.dashboards.access import find_reader
from survey.dashboards.figures import pages
from survey.dashboards.figures.pages import FiguresPage, build_figures_page
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.tables import write_csv
from tests.dashboards.figures.test_files import make_table, read

pytest_plugins = ["tests.dashboards.figures.company"]


def build(user: User, now: datetime, **wanted: str) -> FiguresPage:
    page = build_figures_page(reader=find_reader(user=user), wanted=wanted, now=now)
    assert page is not None
    return page


class TestBuildFiguresPage:
    def test_counts_lists_and_exports_the_same(
        self,
        alice: User,
        both_waves: list[Release],
        now: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(pages, "ROWS_OF_A_PAGE", 7)
        found = build(alice, now)
        numbers = range(1, found.n_pages + 1)
        listed = [row for number in numbers for row in build(alice, now, page=str(number)).rows]
        rows, notes = read(make_table(alice))

        assert found.n_rows == len(listed) == len(rows) == int(notes[0][1])
        assert found.n_rows == Figure.objects.filter(release=both_waves[0]).count()
        assert [(row["group_code"], row["metric"]) for row in listed] == [
            (row["group_code"], row["metric"]) for row in rows
        ]

    def test_goes_from_one_release_to_the_next_within_a_page(
        self,
        alice: User,
        both_waves: list[Release],
        now: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(pages, "ROWS_OF_A_PAGE", 7)
        newer, older = both_waves
        newer.wave.closes_at = newer.wave.closed_at = older.wave.closed_at
        newer.wave.opens_at = older.wave.opens_at
        newer.wave.save()
        found = build(alice, now)
        numbers = range(1, found.n_pages + 1)
        listed = [row for number in numbers for row in build(alice, now, page=str(number)).rows]

        assert len(listed) == found.n_rows == Figure.objects.count()
        assert len({(row["wave"], row["group_code"], row["metric"]) for row in listed}) == len(
            listed
        )

    def test_shows_charlie_nothing_of_bakery(
        self, charlie: User, both_waves: list[Release], now: datetime
    ) -> None:
        assert {row["group_code"] for row in build(charlie, now).rows} == {"garden"}

    def test_offers_a_spreadsheet_up_to_a_number_of_rows(
        self,
        alice: User,
        both_waves: list[Release],
        now: datetime,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        n_rows = build(alice, now).n_rows

        monkeypatch.setattr(pages, "MOST_XLSX_ROWS", n_rows)
        assert build(alice, now).xlsx_address
        monkeypatch.setattr(pages, "MOST_XLSX_ROWS", n_rows - 1)
        assert not build(alice, now).xlsx_address

    @pytest.mark.parametrize("number", ["0", "-1", "9999", "one", "01", "²"])
    def test_refuses_a_page_that_is_not_there(
        self, alice: User, both_waves: list[Release], now: datetime, number: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            build(alice, now, page=number)

    def test_says_when_figures_were_made(
        self, alice: User, both_waves: list[Release], now: datetime
    ) -> None:
        (moment,) = build(alice, now).moments

        assert moment.made_date == both_waves[0].made_at.date()
        assert moment.next_date is None

    def test_is_none_where_nothing_is_released(self, alice: User, now: datetime) -> None:
        assert build_figures_page(reader=find_reader(user=alice), wanted={}, now=now) is None

    def test_asks_as_many_questions_of_many_teams_as_of_few(
        self,
        alice: User,
        both_waves: list[Release],
        now: datetime,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        reader = find_reader(user=alice)
        build_figures_page(reader=reader, wanted={}, now=now)

        with django_assert_num_queries(10):
            build_figures_page(reader=reader, wanted={}, now=now)


def test_streams_the_head_before_anything_is_read(
    alice: User, both_waves: list[Release], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines = write_csv(make_table(alice))

    with django_assert_num_queries(0):
        assert next(lines).startswith("period,side,wave,")

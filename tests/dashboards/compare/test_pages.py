"""What stands on the page that compares two waves."""

from datetime import datetime

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Campaign
from survey.dashboards.access import find_reader
from survey.dashboards.compare.pages import ComparePage, build_compare_page

pytest_plugins = ["tests.dashboards.compare.company"]


def build(user: User, now: datetime, **wanted: str) -> ComparePage:
    return build_compare_page(reader=find_reader(user=user), wanted=wanted, now=now)


class TestBuildComparePage:
    def test_prints_the_standings_as_stored(
        self, alice: User, campaign: Campaign, now: datetime
    ) -> None:
        staff, customers = build(alice, now, scope="food").parts

        stored = Standing.objects.filter(scope__code="food").order_by("period_start")
        (then, later) = (standing.metrics for standing in stored)
        for row in staff.rows:
            code = row.line.measure.code
            assert row.line.before is not None
            assert row.line.now is not None
            assert row.line.before.mean == then[code]["mean"]
            assert row.line.now.mean == later[code]["mean"]
            assert row.value == round(later[code]["mean"] - then[code]["mean"], 1)
        assert customers.rows == ()

    def test_says_first_what_moved(self, alice: User, campaign: Campaign, now: datetime) -> None:
        assert build(alice, now, scope="food").headline == "Higher: fair."
        assert (
            build(alice, now, scope="goods").headline == "Nothing changed by more than its margin."
        )

    def test_keeps_questions_apart_from_scales(
        self, alice: User, campaign: Campaign, now: datetime
    ) -> None:
        staff = build(alice, now).parts[0]

        assert [row.line.measure.code for row in staff.rows] == ["fair", "care", "recommend"]
        assert {row.line.measure.code for row in staff.items} == {"item:fair_1", "item:fair_2"}

    def test_counts_what_chance_alone_would_move(
        self, alice: User, campaign: Campaign, now: datetime
    ) -> None:
        page = build(alice, now)

        assert page.n_compared == 1  # everybody answered alike on the rest
        assert page.n_by_chance == 0

    def test_has_nothing_before_the_first_figures(self, alice: User, now: datetime) -> None:
        assert build(alice, now).chosen is None
        assert (
            build(alice, now).headline == "There is nothing to compare between these two periods."
        )

"""The page gathered in one call."""

from datetime import UTC, datetime

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.cascade.empty import EmptyPage
from survey.dashboards.cascade.pages import MOST_TO_CHOOSE, CascadePage, build_cascade_page
from tests.cast import Organisation
from tests.dashboards.cascades import make_many, make_shop

pytest_plugins = ["tests.dashboards.company"]
NOW = datetime(2026, 10, 3, 9, tzinfo=UTC)


def build(user: User, **wanted: str) -> CascadePage:
    page = build_cascade_page(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert isinstance(page, CascadePage)
    return page


class TestBuildCascadePage:
    def test_is_empty_where_there_is_none(self, alice: User) -> None:
        page = build_cascade_page(reader=find_reader(user=alice), wanted={}, now=NOW)

        assert isinstance(page, EmptyPage)

    def test_judges_all_arrows_together_and_shows_the_chains(
        self, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        make_shop(both_sides, organisation.company)

        page = build(alice)

        assert page.whole.code == ""
        assert [one.code for one in page.tested] == ["Billing, support", "Stores, desk"]
        assert page.title == "The Company, Q3 2026"
        assert build(alice, team="desk").title == "The Company, Desk, Q3 2026"
        assert (page.axis.start, page.axis.end) == (40, 80)

    def test_lets_choose_among_few_teams_only(
        self, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        study = make_many(both_sides, organisation.company, 500)
        assert len(study.teams) > MOST_TO_CHOOSE

        def lists(**wanted: str) -> dict[str, int]:
            return {one.name: len(one.options) for one in build(alice, **wanted).chosen.filters}

        assert lists() == {"period": 1, "part": 1, "chain": 4}
        assert lists(team=study.teams[0]["code"])["team"] == 2

    @pytest.mark.parametrize(("n_arrows", "size"), [(1, "flat-g"), (24, "mid-g")])
    def test_draws_more_teams_higher(
        self, alice: User, organisation: Organisation, both_sides: Pairing, n_arrows: int, size: str
    ) -> None:
        make_many(both_sides, organisation.company, n_arrows)

        assert build(alice).size == size

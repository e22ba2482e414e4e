"""Leaders put customers' figures of three months on one table, those by channel among them."""

from unittest import mock

import pytest

from tests.attacks.collusion import Isolated, collude
from tests.attacks.customers import Months, play_months, tell_months
from tests.attacks.organisations import FAMILIES, K
from tests.attacks.test_collusion import ask_two, show_as_declared

N_SHORT, N_LONG = 3, 50
LEFT_OVER = 2  # an organisation in which cells wait for the next month


def find(played: Months, seed: int, *, cuts_of_all_opened: bool = False) -> list[Isolated]:
    told = tell_months(played, ask_two(seed), cuts_of_all_opened=cuts_of_all_opened)
    return collude(played.said, told, k=K)


def find_nobody(seeds: range) -> int:
    """Assert that the months of some organisations give nobody away; count the cuts' figures."""
    n_cuts = 0
    for seed in seeds:
        played = play_months(seed)
        told = tell_months(played, ask_two(seed))
        n_cuts += sum(one.is_of_cut for one in told)
        assert collude(played.said, told, k=K) == [], seed
    return n_cuts


class TestLeadersOverMonths:
    def test_find_nobody(self) -> None:
        assert find_nobody(range(N_SHORT)) > 10

    @pytest.mark.soak
    def test_find_nobody_in_many_organisations(self) -> None:
        assert find_nobody(range(N_LONG)) > 10 * N_LONG

    def test_find_left_overs_where_a_month_counts_all_that_was_opened(self) -> None:
        """Figures wait until a family has k valid answers of a team; what is told by must too."""
        found = find(play_months(LEFT_OVER), LEFT_OVER, cuts_of_all_opened=True)

        assert "algebra of cuts" in {one.how for one in found}
        assert {one.n for one in found} <= set(range(1, K))

    def test_find_small_cells_where_every_level_is_shown(self) -> None:
        with mock.patch("survey.aggregation.cut_auditing.audit_cuts", show_as_declared):
            found = find(play_months(LEFT_OVER), LEFT_OVER)

        assert "algebra of cuts" in {one.how for one in found}


class TestPlayMonths:
    def test_leaves_cells_over_from_one_month_to_the_next(self) -> None:
        played = play_months(1)
        cells = played.said.groupby("cell").size()

        assert cells.min() >= K
        assert any(
            len({one.where.sum() for one in tell_months(played, {code: metrics})}) > 1
            for code, metrics in FAMILIES.items()
        )

"""Many pairs of columns side by side, each over the teams that have both."""

import numpy as np
from numpy.testing import assert_array_equal

from survey.statistics.correlation.blocks import Block, build_block

X = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, np.nan, 7.0, 9.0]])
Y = np.array([[2.0, 4.0, 6.0, np.nan], [8.0, 8.0, 8.0, 8.0]])


def block() -> Block:
    """Pair both columns of x with both of y: x0y0, x0y1, x1y0, x1y1."""
    return build_block(X, Y, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))


class TestBuildBlock:
    def test_keeps_the_teams_that_have_both(self) -> None:
        assert_array_equal(block().n_teams, [3, 4, 2, 3])
        assert_array_equal(
            block().present[block().team_set],
            [[1, 1, 1, 0], [1, 1, 1, 1], [1, 0, 1, 0], [1, 0, 1, 1]],
        )

    def test_takes_each_mean_over_the_teams_of_the_pair(self) -> None:
        found = block()

        assert_array_equal(found.deviations[found.left[0]], [-1, 0, 1, 0])
        assert_array_equal(found.deviations[found.left[2]], [-1, 0, 1, 0])
        assert_array_equal(found.figures[found.left[1]], X[0])

    def test_keeps_a_column_once_for_each_set_of_teams(self) -> None:
        full = build_block(X[:1], Y[1:], np.array([0, 0]), np.array([0, 0]))

        assert len(full.figures) == 2
        assert_array_equal(full.left, [full.left[0]] * 2)

    def test_knows_columns_that_do_not_vary(self) -> None:
        found = block()

        assert_array_equal(found.is_flat[found.right], [False, True, False, True])
        assert not found.is_flat[found.left].any()


class TestOnly:
    def test_keeps_the_chosen_pairs(self) -> None:
        chosen = block().only(np.array([False, True, False, True]))

        assert_array_equal(chosen.n_teams, [4, 3])
        assert_array_equal(chosen.figures[chosen.right], [Y[1], [8.0, np.nan, 8.0, 8.0]])

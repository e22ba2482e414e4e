"""Placebo scores."""

import numpy as np

from survey.linkage.self_check import PLACEBOS, check_part, draw_placebos
from tests.linkage.material import draw_periods, make_part

CODES = [f"t{number:03}" for number in range(400)]


class TestDrawPlacebos:
    def test_depends_on_nothing_but_the_code_and_the_seed(self) -> None:
        one = draw_placebos(CODES, seed=1)
        assert one.shape == (400, PLACEBOS)
        assert (draw_placebos(CODES[::-1], seed=1) == one[::-1]).all()
        assert (draw_placebos(CODES[:3], seed=2) != one[:3]).all()

    def test_is_spread_evenly_and_linked_to_nothing(self) -> None:
        drawn = draw_placebos(CODES, seed=1)
        assert abs(drawn.mean() - 0.5) < 0.01
        assert abs(drawn.var() - 1 / 12) < 0.002
        among = np.corrcoef(drawn.T)[np.triu_indices(PLACEBOS, 1)]
        assert np.abs(among).mean() < 0.05

    def test_takes_no_units(self) -> None:
        assert draw_placebos([], seed=1).shape == (0, PLACEBOS)


class TestCheckPart:
    def test_finds_little_where_nothing_is(self) -> None:
        check = check_part(make_part(*draw_periods(40, 1)), seed=1)
        assert (check.n_placebos, check.n_tests) == (PLACEBOS, 3 * PLACEBOS)
        assert check.share_found is not None
        assert 0 < check.share_found <= 0.10
        assert check.is_passed

    def test_cannot_be_run_under_eight_teams(self) -> None:
        check = check_part(make_part(*draw_periods(7, 1)), seed=1)
        assert (check.n_tests, check.share_found, check.is_passed) == (0, None, None)
        assert check.reason

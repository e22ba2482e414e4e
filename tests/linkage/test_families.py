"""What is tested together."""

import pytest
from scipy.stats import false_discovery_control

from survey.linkage.families import Family, rank_together


class TestRankTogether:
    def test_adjusts_over_what_was_tested(self) -> None:
        family = rank_together([0.01, None, 0.04, 0.5])
        one, none, two, three = family.q_values
        assert [one, two, three] == pytest.approx(false_discovery_control([0.01, 0.04, 0.5]))
        assert none is None
        assert family.n_tests == 3

    def test_takes_nothing(self) -> None:
        assert rank_together([]) == Family((), 0)
        assert rank_together([None]) == Family((None,), 0)

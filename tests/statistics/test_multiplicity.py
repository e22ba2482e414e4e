import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from survey.statistics.multiplicity import benjamini_hochberg

PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000,
]  # fmt: skip
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


class TestBenjaminiHochberg:
    def test_agrees_with_the_paper(self) -> None:
        q = benjamini_hochberg(PUBLISHED)

        expected = [
            0.0015, 0.003, 0.0095, 0.035625, 0.0603,
            0.0638571429, 0.0638571429, 0.0645, 0.0765, 0.486,
        ]  # fmt: skip
        assert q[:10] == pytest.approx(expected, abs=1e-8)
        assert (q < 0.05).sum() == 4

    @given(P_VALUES)
    def test_equals_scipy(self, p_values: list[float]) -> None:
        assert benjamini_hochberg(p_values) == pytest.approx(false_discovery_control(p_values))

    @given(P_VALUES)
    def test_is_monotone_in_p_and_never_below_it(self, p_values: list[float]) -> None:
        q = benjamini_hochberg(p_values)

        order = np.argsort(p_values)
        assert (np.diff(q[order]) >= 0).all()
        assert (q >= np.array(p_values) - 1e-12).all()
        assert (q <= 1).all()

    def test_leaves_missing_tests_out_of_the_count(self) -> None:
        q = benjamini_hochberg([0.01, None, 0.04, np.nan, 1.01, -0.01])

        assert q[[0, 2]] == pytest.approx([0.02, 0.04])
        assert np.isnan(q[[1, 3, 4, 5]]).all()

    def test_takes_no_tests(self) -> None:
        assert benjamini_hochberg([]).size == 0

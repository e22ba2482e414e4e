import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from survey.statistics.lags.matrices import (
    LARGEST_RADIUS,
    determinant,
    inverse,
    memory,
    stationary,
    times,
)

MATRICES = arrays(float, (2, 2, 3), elements=st.floats(-2, 2).map(lambda value: round(value, 3)))


def listed(matrices: np.ndarray) -> np.ndarray:
    """Turn (2, 2, n) into what NumPy's own functions take, (n, 2, 2)."""
    return np.moveaxis(matrices, -1, 0)


def radii(matrices: np.ndarray) -> np.ndarray:
    return np.abs(np.linalg.eigvals(listed(matrices))).max(axis=-1)


class TestTimes:
    @given(MATRICES, MATRICES)
    def test_equals_numpy(self, a: np.ndarray, b: np.ndarray) -> None:
        assert listed(times(a, b)) == pytest.approx(listed(a) @ listed(b))


class TestDeterminant:
    @given(MATRICES)
    def test_equals_numpy(self, a: np.ndarray) -> None:
        assert determinant(a) == pytest.approx(np.linalg.det(listed(a)), abs=1e-12)


class TestInverse:
    @given(MATRICES)
    def test_undoes_a_matrix(self, a: np.ndarray) -> None:
        a = a * 0.1 + np.eye(2)[:, :, None]

        product = listed(times(a, inverse(a)))

        assert product == pytest.approx(np.broadcast_to(np.eye(2), (3, 2, 2)), abs=1e-9)


class TestMemory:
    @given(MATRICES, st.integers(1, 12))
    def test_adds_up_the_powers(self, m: np.ndarray, n: int) -> None:
        powers = [np.linalg.matrix_power(listed(m), j) for j in range(n)]
        expected = np.sum([(n - j) * power for j, power in enumerate(powers)], axis=0)

        assert listed(memory(m, n)) == pytest.approx(expected, rel=1e-6, abs=1e-6)


class TestStationary:
    @given(MATRICES)
    def test_keeps_eigenvalues_inside_the_unit_circle(self, m: np.ndarray) -> None:
        assert (radii(stationary(m)) <= LARGEST_RADIUS + 1e-6).all()

    @given(MATRICES)
    def test_leaves_alone_what_is_inside(self, m: np.ndarray) -> None:
        inside = m / 5

        assert stationary(inside) == pytest.approx(inside)

    @pytest.mark.parametrize("m", [[[1.5, 0.0], [0.0, 0.2]], [[0.9, -0.9], [0.9, 0.9]]])
    def test_shrinks_only_as_far_as_it_must(self, m: list[list[float]]) -> None:
        shrunken = stationary(np.array(m)[:, :, None])

        assert radii(shrunken) == pytest.approx([LARGEST_RADIUS])
        assert shrunken[0, 0] / shrunken[1, 1] == pytest.approx(m[0][0] / m[1][1])

import numpy as np
import pytest

from survey.statistics.lags.correction import Sums, add_up, corrected, is_regular

N_STEPS = 7
EVERYBODY = np.arange(25)


@pytest.fixture
def values(rng: np.random.Generator) -> np.ndarray:
    """Return figures of 3 columns, 25 teams and 8 waves, each wave a part of the one before."""
    values = rng.normal(size=(3, 25, N_STEPS + 1))
    for wave in range(1, N_STEPS + 1):
        values[:, :, wave] += 0.4 * values[:, :, wave - 1]
    return values


@pytest.fixture
def counts(rng: np.random.Generator) -> np.ndarray:
    return rng.multinomial(25, [1 / 25] * 25, size=6) * 1.0


def sums_of(values: np.ndarray, counts: np.ndarray) -> Sums:
    return Sums(*add_up(values, EVERYBODY, counts)[:, :2, :2])


def deviations(values: np.ndarray) -> np.ndarray:
    return values - values.mean(axis=2, keepdims=True)


def by_the_book(sums: Sums, draw: int) -> np.ndarray:
    """Iterate the published formula for one draw, matrix by matrix, until nothing moves."""
    before, across, after = (one[:, :, draw] for one in sums)
    naive = phi = across @ np.linalg.inv(before)
    for _ in range(200):
        omega = after - phi @ across.T - across @ phi.T + phi @ before @ phi.T
        powers = [np.linalg.matrix_power(phi.T, j) for j in range(N_STEPS - 1)]
        memory = sum((N_STEPS - 1 - j) * power for j, power in enumerate(powers))
        bias = (omega / (N_STEPS - 1)) @ memory @ np.linalg.inv(before) / N_STEPS
        phi = naive + bias
    return phi


class TestAddUp:
    def test_begins_with_the_teams_as_they_are(
        self, values: np.ndarray, counts: np.ndarray
    ) -> None:
        before, after = deviations(values[:, :, :-1]), deviations(values[:, :, 1:])

        found = add_up(values, EVERYBODY, counts)[..., 0]

        for a in range(3):
            for b in range(3):
                assert found[0, a, b] == pytest.approx((before[a] * before[b]).sum())
                assert found[1, a, b] == pytest.approx((after[a] * before[b]).sum())
                assert found[2, a, b] == pytest.approx((after[a] * after[b]).sum())

    def test_goes_on_with_the_teams_as_drawn(self, values: np.ndarray, counts: np.ndarray) -> None:
        found = add_up(values, EVERYBODY, counts)

        for draw, count in enumerate(counts):
            again = np.repeat(values, count.astype(int), axis=1)
            assert found[..., draw + 1] == pytest.approx(
                add_up(again, EVERYBODY, counts[:0])[..., 0]
            )

    def test_passes_over_teams_that_are_not_members(
        self, values: np.ndarray, counts: np.ndarray
    ) -> None:
        members = np.array([0, 3, 4, 9, 20])

        found = add_up(values[:, members], members, counts)

        own = counts[:, members]
        assert found == pytest.approx(add_up(values[:, members], np.arange(5), own))


class TestIsRegular:
    def test_tells_what_can_be_inverted(self) -> None:
        alike, apart = [[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.5], [0.5, 1.0]]
        nothing = [[0.0, 0.0], [0.0, 0.0]]

        products = np.moveaxis(np.array([alike, apart, nothing]), 0, -1)

        assert is_regular(products).tolist() == [False, True, False]


class TestCorrected:
    def test_is_the_published_formula(self, values: np.ndarray, counts: np.ndarray) -> None:
        sums = sums_of(values, counts)

        naive, phi = corrected(sums, N_STEPS)

        for draw in range(7):
            before, across, _ = (one[:, :, draw] for one in sums)
            assert naive[:, :, draw] == pytest.approx(across @ np.linalg.inv(before))
            assert phi[:, :, draw] == pytest.approx(by_the_book(sums, draw), abs=1e-5)
        assert np.abs(phi - naive).max() > 0.05

    def test_settles_each_draw_on_its_own(self, values: np.ndarray, counts: np.ndarray) -> None:
        sums = sums_of(values, counts)

        together = corrected(sums, N_STEPS)[1]

        for draw in range(7):
            alone = corrected(Sums(*(one[:, :, [draw]] for one in sums)), N_STEPS)[1]
            assert alone[:, :, 0] == pytest.approx(together[:, :, draw], abs=1e-13)

    def test_gives_up_after_some_rounds(
        self, values: np.ndarray, counts: np.ndarray, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("survey.statistics.lags.correction.MOST_ROUNDS", 1)
        sums = sums_of(values, counts)

        _, phi = corrected(sums, N_STEPS)

        assert np.isfinite(phi).all()
        assert phi[:, :, 0] != pytest.approx(by_the_book(sums, 0), abs=1e-5)

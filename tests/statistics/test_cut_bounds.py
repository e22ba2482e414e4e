"""The bounds of the audit against every table of answers that there can be."""

from itertools import product

import numpy as np
import pandas as pd
import pytest

from survey.statistics.suppression import audit_cuts

K, LOW, HIGH = 5, 1, 5


def draw(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw two teams by two levels: how many people each cell holds, and what they answered."""
    rng = np.random.default_rng(seed)
    n = pd.DataFrame(rng.integers(2, 7, (2, 2)), index=["x", "y"], columns=["new", "old"])
    likely = rng.dirichlet([0.3] * HIGH)
    sums = n.map(lambda people: int((rng.choice(HIGH, people, p=likely) + LOW).sum()))
    return n, sums


def list_cells(n: pd.DataFrame, cut: str) -> pd.DataFrame:
    """Return a table of teams by levels as one row per cell."""
    return n.rename_axis("atom").reset_index().melt("atom", var_name=cut, value_name="n")


def audit(n: pd.DataFrame, sums: pd.DataFrame, room: float) -> bool:
    """Say whether the cut is shown as declared."""
    cells = list_cells(n, "tenure")
    atoms, levels = sums.sum(axis=1).to_frame("a"), sums.sum().to_frame("a")
    (found,) = audit_cuts(
        cells, atoms, {"tenure": levels}, minimum=LOW, maximum=HIGH, k=K, room=room
    )
    return len(found.levels) == 2


def leave_room(n: pd.DataFrame, sums: pd.DataFrame, room: float) -> bool:
    """Try every table of whole numbers with these margins: do small cells keep their room?"""
    rows, columns = sums.sum(axis=1).to_numpy(), sums.sum().to_numpy()
    people = n.to_numpy()
    fits = []
    for first in range(LOW * people[0, 0], HIGH * people[0, 0] + 1):
        table = np.array([[first, rows[0] - first], [columns[0] - first, 0]])
        table[1, 1] = rows[1] - table[1, 0]
        if ((LOW * people <= table) & (table <= HIGH * people)).all():
            fits.append(table)
    spread = np.max(fits, axis=0) - np.min(fits, axis=0)
    need = np.minimum(room * (HIGH - LOW) * people, spread_alone(people, rows))
    return bool((spread >= need - 1e-9)[people < K].all())


def spread_alone(people: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return how far each cell's sum lies apart by its team's figure, over every pair there is."""
    found = np.zeros_like(people)
    for team, (first, second) in enumerate(people):
        fits = [
            one
            for one in range(LOW * first, HIGH * first + 1)
            if LOW * second <= rows[team] - one <= HIGH * second
        ]
        found[team] = max(fits) - min(fits)
    return found


class TestBounds:
    @pytest.mark.parametrize("room", [0.25, 0.5])
    def test_are_those_of_every_table_there_can_be(self, room: float) -> None:
        found = []
        for seed in range(40):
            n, sums = draw(seed)
            if min(n.sum()) < K or min(n.sum(axis=1)) < K:
                continue
            found.append(leave_room(n, sums, room))
            assert audit(n, sums, room) is found[-1], seed

        assert 3 < sum(found) < len(found) - 3  # both answers were tried

    def test_of_no_table_contradict_the_audit_of_three_levels(self) -> None:
        """With three levels two cells are free; every whole table is tried."""
        n = np.array([[3, 4, 3], [4, 3, 4]])
        sums = np.array([[9, 12, 9], [12, 9, 12]])
        fits = []
        for first, second in product(range(3, 16), range(4, 21)):
            top = np.array([first, second, 30 - first - second])
            table = np.vstack([top, sums.sum(axis=0) - top])
            if ((n <= table) & (table <= 5 * n)).all():
                fits.append(table)
        room = ((np.max(fits, axis=0) - np.min(fits, axis=0)) / (4 * n)).min()
        frame = pd.DataFrame(n, index=["x", "y"], columns=list("abc"))
        cells = list_cells(frame, "t")
        atoms = pd.DataFrame({"a": sums.sum(axis=1)}, index=["x", "y"])
        levels = pd.DataFrame({"a": sums.sum(axis=0)}, index=list("abc"))

        for asked, n_shown in ((room - 0.01, 3), (room + 0.01, 0)):
            (cut,) = audit_cuts(cells, atoms, {"t": levels}, minimum=1, maximum=5, k=K, room=asked)
            assert len(cut.levels) == n_shown

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from survey.statistics.suppression import Cut, audit_cuts

K = 5
AB = (("a", 5), ("b", 2))


class People:
    """People with a team, cut values and answers from 1 to 5."""

    def __init__(self, frame: pd.DataFrame, cuts: list[str]) -> None:
        self.frame = frame
        self.cuts = cuts

    @classmethod
    def random(cls, seed: int, *, teams: int = 5, levels: int = 3, cuts: int = 1) -> "People":
        rng = np.random.default_rng(seed)
        atoms = np.repeat(range(teams), rng.integers(5, 14, teams))
        names = [f"cut{i}" for i in range(cuts)]
        frame = pd.DataFrame({"atom": atoms, "a": rng.integers(1, 6, atoms.size)})
        for name in names:
            frame[name] = rng.integers(0, levels, atoms.size)
        return cls(frame, names)

    def audit(self, **options: float) -> tuple[Cut, ...]:
        cells = self.frame.groupby(["atom", *self.cuts], as_index=False).agg(n=("a", "size"))
        atoms = self.frame.groupby("atom")[["a"]].sum()
        levels = {name: self.frame.groupby(name)[["a"]].sum() for name in self.cuts}
        return audit_cuts(cells, atoms, levels, minimum=1, maximum=5, **options)

    def shown_sets(self, cuts: tuple[Cut, ...]) -> list[np.ndarray]:
        """Return who is in each set for which a sum is shown."""
        sets = [(self.frame.atom == one).to_numpy() for one in self.frame.atom.unique()]
        sets += [
            self.frame[cut.name].isin(level).to_numpy() for cut in cuts for level in cut.levels
        ]
        return sets

    def isolates(self, cuts: tuple[Cut, ...]) -> bool:
        """Tell by brute force whether some set of fewer than k people is determined."""
        sets = self.shown_sets(cuts)
        cell = pd.factorize(pd.Series(zip(*sets, strict=True)))[0]
        sizes = np.bincount(cell)
        rows = np.array([one[np.unique(cell, return_index=True)[1]] for one in sets], dtype=float)
        small = [c for c in range(sizes.size) if sizes[c] < K]
        _, values, right = np.linalg.svd(rows)
        free = right[int((values > 1e-9).sum()) :]
        for count in range(1, K):
            for chosen in map(list, combinations(small, count)):
                fewer = sizes[chosen].sum() < K
                if fewer and np.allclose(free[:, chosen].sum(axis=1), 0, atol=1e-9):
                    return True
        return False


def made(rows: list[tuple[str, str, int, float]]) -> People:
    """Make people from rows of team, level, number and the answer they all gave."""
    people = [(atom, level, answer) for atom, level, n, answer in rows for _ in range(n)]
    return People(pd.DataFrame(people, columns=["atom", "tenure", "a"]), ["tenure"])


class TestAuditCuts:
    def test_passes_a_cut_that_follows_the_teams(self) -> None:
        people = made([("x", "here", 6, 3), ("y", "here", 7, 4), ("z", "there", 5, 2)])

        assert people.audit() == (Cut("tenure", (("here",), ("there",))),)

    def test_passes_a_cut_with_room_for_every_small_cell(self) -> None:
        people = made(
            [
                (atom, level, 4, answer)
                for atom in "uvwxyz"
                for level, answer in (("a", 2), ("b", 4))
            ]
        )

        assert people.audit()[0].levels == (("a",), ("b",))

    @pytest.mark.parametrize(("answer", "is_passed"), [(1.75, True), (1.125, False)])
    def test_asks_for_a_quarter_of_the_range(self, answer: float, is_passed: bool) -> None:
        """Level a sums to 42 or 27 over six cells of four: one holds 4 to 20 or 4 to 7 of it."""
        rows = [(atom, level, 4, answer) for atom in "uvwxyz" for level in "a"]
        people = made(rows + [(atom, "b", 4, 3) for atom in "uvwxyz"])

        assert bool(people.audit()[0].levels) is is_passed

    def test_asks_for_no_more_than_a_team_leaves_by_itself(self) -> None:
        """In each team all answer 5: its own figure says so, and the cut says nothing else."""
        rows = [(atom, level, 4, 5) for atom in "uvwxyz" for level in ("a", "b")]

        assert made(rows).audit()[0].levels == (("a",), ("b",))

    def test_leaves_out_a_cut_whose_difference_is_three_people(self) -> None:
        people = made([("x", "new", 6, 3), ("x", "old", 3, 1), ("y", "old", 6, 3)])
        naive = (Cut("tenure", (("new",), ("old",))),)

        assert people.isolates(naive)
        assert people.audit()[0].levels == ()
        assert people.audit()[0].reason

    def test_leaves_out_a_cut_that_the_bounds_give_away(self) -> None:
        rows = [(atom, level, 4, answer) for atom in "uvwxyz" for level, answer in AB]

        assert not made(rows).isolates((Cut("tenure", (("a",), ("b",))),))
        assert made(rows).audit()[0].levels == ()
        assert made(rows).audit(room=0.0)[0].levels == (("a",), ("b",))

    def test_joins_the_smallest_level_to_its_smaller_neighbour(self) -> None:
        rows = [("x", "a", 20, 3), ("x", "b", 3, 3), ("x", "c", 9, 3), ("y", "d", 8, 2)]

        assert made(rows).audit(room=0.0)[0].levels == (("a",), ("b", "c"), ("d",))

    def test_leaves_out_what_joins_to_a_single_level(self) -> None:
        assert made([("x", "a", 20, 3), ("y", "b", 3, 3)]).audit()[0].levels == ()

    @pytest.mark.parametrize("seed", range(12))
    def test_isolates_nobody(self, seed: int) -> None:
        people = People.random(seed, cuts=1 + seed % 2)

        found = people.audit(room=0.05)

        assert not people.isolates(found)

    def test_isolates_nobody_where_showing_all_does(self) -> None:
        leaks = 0
        for seed in range(12):
            people = People.random(seed, levels=6)
            levels = tuple((level,) for level in sorted(people.frame.cut0.unique()))
            leaks += people.isolates((Cut("cut0", levels),))

        assert leaks > 3

    def test_passes_some(self) -> None:
        found = [People.random(seed, teams=8).audit(room=0.05)[0].levels for seed in range(10)]

        assert sum(map(bool, found)) > 3

    def test_counts_the_cuts_before(self) -> None:
        both = People.random(3, teams=6, levels=2, cuts=2)
        first = People(both.frame, ["cut0"])

        assert both.audit()[0] == first.audit()[0]

    def test_leaves_out_sums_that_contradict_each_other(self) -> None:
        cells = pd.DataFrame({"atom": list("xxyy"), "tenure": list("abab"), "n": [3, 3, 3, 3]})
        atoms = pd.DataFrame({"a": [18.0, 18.0]}, index=["x", "y"])
        levels = pd.DataFrame({"a": [18.0, 18.0]}, index=["a", "b"])

        for extra, shown in ((0, 2), (1, 0)):
            found = audit_cuts(cells, atoms, {"tenure": levels + extra}, minimum=1, maximum=5)
            assert len(found[0].levels) == shown

    def test_refuses_cells_of_unknown_teams_or_levels(self) -> None:
        people = made([("x", "here", 6, 3)])
        cells = pd.DataFrame({"atom": ["q"], "tenure": ["here"], "n": [6]})
        atoms = people.frame.groupby("atom")[["a"]].sum()
        levels = {"tenure": people.frame.groupby("tenure")[["a"]].sum()}

        with pytest.raises(ValueError, match=r"unknown atom: \['q'\]"):
            audit_cuts(cells, atoms, levels, minimum=1, maximum=5)

"""The verdict table written down a second time, from the design's words, and compared."""

from itertools import product
from math import asin, pi
from typing import NamedTuple

import pytest

from survey.statistics.correlation import Correlation
from survey.statistics.verdict import Verdict, linkage_verdict
from survey.statistics.wording import CAUTION

TEAMS = (0, 7, 8, 19, 20, 200)
GATES = (("GREEN", "GREEN"), ("RED", "GREEN"), ("AMBER", "RED"), (None, "AMBER"))
RELIABILITIES = ((0.5, 0.6), (0.5, 0.59), (0.9, -0.1), (None, 0.1))
FIGURES = (  # r, low, high
    (0.1, -0.19, 0.19), (0.1, -0.2, 0.19), (0.1, 0.01, 0.199), (0.1, 0.01, 0.2), (0.0, -0.3, 0.3),
    (0.3, 0.0, 0.5), (0.3, 0.1, 0.5), (0.2, 0.1, 0.5), (0.4, 0.2, 0.6), (0.5, 0.3, 0.7),
    (-0.1, -0.199, -0.01), (-0.3, -0.5, 0.0), (-0.3, -0.5, -0.1), (-0.41, -0.6, -0.2),
    (None, None, None), (0.3, None, None),
)  # fmt: skip
Q_VALUES = (0.0, 0.0999, 0.1, 1.0, None)
LEFT_OUT = ((0.05, 0.6), (0.0, 0.6), (-0.01, 0.6), (-0.6, -0.05), (-0.6, 0.0), (None, None))
BEFORE = (
    None,
    Correlation(0.3, 0.1, 0.5, 0.01, 30),
    Correlation(-0.3, -0.5, -0.1, 0.01, 30),
    Correlation(0.3, -0.1, 0.6, 0.2, 30),
)


class Case(NamedTuple):
    n_teams: int
    gates: tuple[str | None, str | None]
    reliabilities: tuple[float | None, float | None]
    figures: tuple[float | None, float | None, float | None]
    q_value: float | None
    left_out: tuple[float | None, float | None]
    before: Correlation | None


# Every seventh of all combinations meets every pair of conditions in a second.
CASES = [
    Case(*case)
    for case in product(TEAMS, GATES, RELIABILITIES, FIGURES, Q_VALUES, LEFT_OUT, BEFORE)
][::7]


def holds_0(low: float | None, high: float | None) -> bool:
    """Not known whether it does is taken for yes: nothing may be claimed from it."""
    return low is None or high is None or low <= 0 <= high


def expected_code(case: Case) -> str:
    r, low, high = case.figures
    one, other = case.reliabilities
    if case.n_teams < 8:
        return "TOO_FEW_TEAMS"
    is_noise = one is not None and other is not None and max(one, 0) * max(other, 0) < 0.30
    if r is None or "RED" in case.gates or is_noise:
        return "NOT_MEASURABLE"
    if case.n_teams < 20:
        return "EARLY"
    if low is not None and high is not None and low > -0.2 and high < 0.2:
        return "RULED_OUT"
    loo_low, loo_high = case.left_out
    is_unknown = case.q_value is None or loo_low is None
    if holds_0(low, high) or is_unknown or case.q_value >= 0.10:
        return "CANNOT_TELL"
    if holds_0(loo_low, loo_high) or loo_low * r < 0:
        return "HANGS_ON_ONE_TEAM"
    return "HIGHER" if r > 0 else "LOWER"


def expected_strength(code: str, r: float | None) -> str | None:
    if r is None or code not in ("HIGHER", "LOWER"):
        return None
    return "SLIGHT" if abs(r) < 0.2 else "STRONG" if abs(r) > 0.4 else "CLEAR"


def expected_chip(code: str, case: Case) -> str:
    if code not in ("HIGHER", "LOWER"):
        return {
            "TOO_FEW_TEAMS": "too few teams",
            "NOT_MEASURABLE": "too few teams can be told apart",
            "EARLY": "too few teams",
            "RULED_OUT": "clear",
        }.get(code, "unclear")
    r, low, high = case.figures
    assert r is not None
    assert low is not None
    assert high is not None
    before = case.before
    has_same_sign = before is not None and before.r is not None and before.r * r > 0
    is_repeated = before is not None and has_same_sign and not holds_0(before.low, before.high)
    return "firm" if min(abs(low), abs(high)) >= 0.2 and is_repeated else "some"


def judge(case: Case) -> Verdict:
    r, low, high = case.figures
    return linkage_verdict(
        n_teams=case.n_teams, r=r, low=low, high=high, q_value=case.q_value,
        reliability_x=case.reliabilities[0], reliability_y=case.reliabilities[1],
        gate_x=case.gates[0], gate_y=case.gates[1],
        loo_low=case.left_out[0], loo_high=case.left_out[1], spearman=r, previous=case.before,
        ex_label="fairness", cx_label="treatment",
    )  # fmt: skip


class TestTable:
    def test_says_for_every_input_what_the_design_says(self) -> None:
        met = set()
        for case in CASES:
            found, code = judge(case), expected_code(case)
            met.add((code, found.chip, found.strength))

            assert found.code == code, case
            assert found.strength == expected_strength(code, case.figures[0]), case
            assert found.chip == expected_chip(code, case), case

        codes = {code for code, _, _ in met}
        assert len(codes) == 8
        assert {chip for code, chip, _ in met if code == "HIGHER"} == {"some", "firm"}
        assert {chip for code, chip, _ in met if code == "LOWER"} == {"some", "firm"}

    def test_always_adds_the_caution(self) -> None:
        assert CAUTION == (
            "This is a link between team averages. It does not show that one causes the other, "
            "nor that it holds for each person."
        )
        assert all(judge(case).sentence.endswith(f". {CAUTION}") for case in CASES[::29])

    @pytest.mark.parametrize("r", [0.21, 0.35, 0.5, 0.77, -0.21, -0.5, -0.77])
    def test_says_in_plain_numbers_how_often_it_shows(self, r: float) -> None:
        low, high = sorted((r / 2, r))
        case = Case(40, GATES[0], RELIABILITIES[0], (r, low, high), 0.01, (low, high), None)

        times = round(50 + 100 * asin(abs(r)) / pi)

        assert f"about {times} times in 100" in judge(case).sentence

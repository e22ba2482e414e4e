import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.direction import Code, Direction, judge_direction
from survey.statistics.direction_wording import CAUTION
from survey.statistics.lags import PanelVar, panel_var
from tests.statistics.simulated import ALONE, NAMES, STAFF_FIRST, panel

LABELS = {"ex_label": "fairness", "cx_label": "treatment by staff"}
CLAIMS = (Code.EX_FIRST, Code.CX_FIRST, Code.BOTH, Code.EX_BEFORE, Code.CX_BEFORE)
NUMBERS = st.none() | st.floats() | st.floats(-1, 1)


def fitted(
    forward: tuple[float, float, float] = (0.3, 0.2, 0.4),
    backward: tuple[float, float, float] = (0.05, -0.05, 0.15),
    asymmetry: tuple[float | None, ...] = (0.25, 0.11, 0.39),
    **changes: Any,
) -> PanelVar:
    """Build a fit in which staff come first, changed in the named ways."""
    phi, low, high = (
        np.array([[0.4, one], [other, 0.4]]) for one, other in zip(backward, forward, strict=True)
    )
    facts: dict[str, Any] = {
        "phi": phi, "low": low, "high": high, "p_values": np.full((2, 2), 0.01), "naive": phi,
        "asymmetry": asymmetry[0], "asymmetry_low": asymmetry[1], "asymmetry_high": asymmetry[2],
        "asymmetry_p": 0.01, "n_teams": 40, "n_waves": 12, "n_left_out": 0, "is_early": False,
    }  # fmt: skip
    return PanelVar(**{**facts, **changes})


def judge(
    found: PanelVar, q_forward: float | None = 0.01, q_backward: float | None = 0.01
) -> Direction:
    return judge_direction(found, q_forward=q_forward, q_backward=q_backward, **LABELS)


SAID, SILENT = (0.3, 0.2, 0.4), (0.05, -0.05, 0.15)
APART, TURNED, ALIKE = (0.25, 0.11, 0.39), (-0.25, -0.39, -0.11), (0.05, -0.09, 0.19)
NEGATIVE = (-0.3, -0.4, -0.2)
# Each row meets the condition of its own line of the table and of every later line it can meet.
ROWS: list[tuple[Code, str, PanelVar]] = [
    (Code.TOO_SHORT, "too few waves", fitted(n_waves=5, n_teams=5, reason="needs more")),
    (Code.TOO_SHORT, "too few teams", fitted(n_waves=6, n_teams=19, reason="needs more")),
    (Code.TOO_SHORT, "unclear", fitted(reason="x and y do not change")),
    (Code.EX_FIRST, "some", fitted(SAID, SILENT, APART)),
    (Code.EX_FIRST, "some", fitted(NEGATIVE, SILENT, (-0.35, -0.4, -0.3))),
    (Code.EX_FIRST, "hint", fitted(SAID, SILENT, APART, is_early=True)),
    (Code.CX_FIRST, "some", fitted(SILENT, SAID, TURNED)),
    (Code.CX_FIRST, "hint", fitted(SILENT, SAID, TURNED, is_early=True)),
    (Code.BOTH, "some", fitted(SAID, SAID, APART)),
    (Code.BOTH, "some", fitted(SAID, NEGATIVE, APART)),
    (Code.BOTH, "hint", fitted(SAID, SAID, ALIKE, is_early=True)),
    (Code.EX_BEFORE, "some", fitted(SAID, SILENT, ALIKE)),
    (Code.EX_BEFORE, "hint", fitted(SAID, SILENT, ALIKE, is_early=True)),
    (Code.CX_BEFORE, "some", fitted(SILENT, SAID, ALIKE)),
    (Code.CX_BEFORE, "some", fitted(SILENT, NEGATIVE, ALIKE)),
    (Code.CANNOT_TELL, "unclear", fitted(SILENT, SILENT, APART)),
    (Code.CANNOT_TELL, "unclear", fitted(SILENT, SILENT, ALIKE, is_early=True)),
]


@st.composite
def any_panel(draw: st.DrawFn) -> PanelVar:
    matrix = st.lists(st.floats() | st.floats(-1, 1), min_size=4, max_size=4)
    square = st.none() | matrix.map(lambda values: np.array(values).reshape(2, 2))
    three = {name: draw(square) for name in ("phi", "low", "high")}
    names = ("asymmetry", "asymmetry_low", "asymmetry_high")
    return fitted(
        **three,
        **{name: draw(NUMBERS) for name in names[1:]},
        asymmetry=(draw(NUMBERS), None, None),
        n_teams=draw(st.integers(0, 60)),
        n_waves=draw(st.integers(0, 30)),
        n_left_out=draw(st.integers(0, 3)),
        is_early=draw(st.booleans()),
        reason=draw(st.sampled_from(["", "", "needs more"])),
    )


class TestCode:
    @pytest.mark.parametrize("code", Code)
    def test_is_stored_by_its_name(self, code: Code) -> None:
        assert code.value == code.name


class TestTable:
    @pytest.mark.parametrize(("code", "chip", "found"), ROWS)
    def test_lets_the_first_row_win(self, code: Code, chip: str, found: PanelVar) -> None:
        judged = judge(found)

        assert (judged.code, judged.chip) == (code, chip)
        assert judged.sentence.endswith(CAUTION) == (code in CLAIMS)
        assert judged == judge(found)

    @given(any_panel(), NUMBERS, NUMBERS)
    def test_is_total_and_claims_nothing_without_evidence(
        self, found: PanelVar, q_forward: float | None, q_backward: float | None
    ) -> None:
        judged = judge(found, q_forward, q_backward)

        assert judged.code in Code
        assert judged.chip in ("hint", "some", "unclear", "too few waves", "too few teams")
        words = " ".join([judged.sentence, *judged.caveats])
        assert not re.search(r"\b(nan|inf|None)\b", words)
        said = {
            "ex": is_said(found, (1, 0), q_forward), "cx": is_said(found, (0, 1), q_backward),
        }  # fmt: skip
        expected = {
            Code.EX_FIRST: (True, False), Code.EX_BEFORE: (True, False),
            Code.CX_FIRST: (False, True), Code.CX_BEFORE: (False, True),
            Code.BOTH: (True, True), Code.CANNOT_TELL: (False, False),
        }.get(judged.code)  # fmt: skip
        assert (expected is None) == bool(found.reason)
        assert expected in (None, (said["ex"], said["cx"]))

    @pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 0.05])
    def test_says_no_arrow_whose_q_is_missing_or_high(self, value: float | None) -> None:
        assert judge(fitted(), q_forward=value).code is Code.CANNOT_TELL
        assert judge(fitted(SAID, SAID), q_forward=value).code is Code.CX_BEFORE
        assert judge(fitted(SAID, SAID), q_backward=value).code in (Code.EX_BEFORE, Code.EX_FIRST)

    @pytest.mark.parametrize("name", ["phi", "low", "high"])
    def test_says_no_arrow_whose_figures_are_missing(self, name: str) -> None:
        assert judge(fitted(**{name: None})).code is Code.CANNOT_TELL
        assert judge(fitted(**{name: np.full((2, 2), np.nan)})).code is Code.CANNOT_TELL

    def test_takes_absurd_figures(self) -> None:
        absurd = fitted((1e200, 1e199, 1e201), (-1e199, -1e200, 1e200), (1e200, 1e199, 1e201))

        assert judge(absurd).code is Code.CANNOT_TELL

    @pytest.mark.parametrize("value", [None, float("nan")])
    def test_says_nobody_was_first_where_the_difference_is_missing(
        self, value: float | None
    ) -> None:
        assert judge(fitted(asymmetry=(0.25, value, 0.39))).code is Code.EX_BEFORE


def is_said(found: PanelVar, at: tuple[int, int], q_value: float | None) -> bool:
    """Tell from the figures alone whether an arrow may be said."""
    if found.phi is None or found.low is None or found.high is None or q_value is None:
        return False
    figures = [float(one[at]) for one in (found.phi, found.low, found.high)]
    if not (np.abs([*figures, q_value]) <= 1e50).all() or q_value >= 0.05:
        return False
    return min(figures) > 0 or max(figures) < 0


class TestSentence:
    def test_reads_like_speech(self) -> None:
        assert judge(fitted(is_early=True, n_waves=8)) == Direction(
            Code.EX_FIRST,
            "hint",
            "An early hint: inside teams, higher scores on fairness came before higher scores on "
            "treatment by staff in the next wave. The reverse does not show, and the two "
            "directions differ by more than chance. What comes first need not be the reason for "
            "what follows: something else may come before both.",
            (
                "Only the next wave was looked at; what takes longer does not show here.",
                "8 waves are few: with 12 or more this may turn out otherwise.",
            ),
        )

    def test_does_not_take_silence_for_absence(self) -> None:
        assert "Silence is not absence" in judge(fitted(SILENT)).caveats[-1]


class TestSimulatedTeams:
    """From the answers of teams to the sentence, where the truth is known."""

    def codes(self, phi: list[list[float]], data_seed: int, count: int) -> list[Code]:
        rng = np.random.default_rng(data_seed)
        return [self.code_of(panel(rng, 40, 12, phi), seed) for seed in range(count)]

    def code_of(self, data: pd.DataFrame, seed: int) -> Code:
        found = panel_var(data, **NAMES, replicates=200, seed=seed)
        assert found.p_values is not None
        return judge(found, float(found.p_values[1, 0]), float(found.p_values[0, 1])).code

    def test_names_staff_where_staff_came_first(self) -> None:
        codes = self.codes(STAFF_FIRST, 5, 40)

        assert sum(code in (Code.EX_FIRST, Code.EX_BEFORE) for code in codes) >= 32
        assert codes.count(Code.EX_FIRST) >= 14
        assert Code.CX_FIRST not in codes

    def test_names_customers_where_customers_came_first(self) -> None:
        codes = self.codes([[0.4, 0.2], [0.0, 0.4]], 5, 40)

        assert sum(code in (Code.CX_FIRST, Code.CX_BEFORE) for code in codes) >= 32
        assert Code.EX_FIRST not in codes

    @pytest.mark.parametrize("phi", [ALONE, [[0.4, -0.15], [0.15, 0.4]]])
    def test_rarely_names_a_first_where_neither_is(self, phi: list[list[float]]) -> None:
        codes = self.codes(phi, 6, 80)

        assert sum(code in (Code.EX_FIRST, Code.CX_FIRST) for code in codes) <= 8

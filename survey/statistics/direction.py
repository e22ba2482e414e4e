"""One plain judgement about which came first over waves: a staff score or a customer score.

The table is deterministic and total; the first row that applies wins. No sentence says more than
that one came before the other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from survey.statistics import direction_wording as wording
from survey.statistics.direction_evidence import Arrow, Order
from survey.statistics.inputs import LARGEST, FloatArray
from survey.statistics.lags import PanelVar


class Code(StrEnum):
    """The rows of the table of directions."""

    TOO_SHORT = "TOO_SHORT"
    EX_FIRST = "EX_FIRST"
    CX_FIRST = "CX_FIRST"
    BOTH = "BOTH"
    EX_BEFORE = "EX_BEFORE"
    CX_BEFORE = "CX_BEFORE"
    CANNOT_TELL = "CANNOT_TELL"


@dataclass(frozen=True, slots=True)
class Direction:
    """What may be said: a code, a chip, a sentence and caveats. A claim ends with the caution."""

    code: Code
    chip: str
    sentence: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    code: Code
    applies: Callable[[Order], bool]
    say: Callable[[Order], str]


_TABLE = (
    _Row(Code.TOO_SHORT, lambda o: o.is_too_short, wording.too_short),
    _Row(Code.EX_FIRST, lambda o: o.is_ex_first, wording.ex_first),
    _Row(Code.CX_FIRST, lambda o: o.is_cx_first, wording.cx_first),
    _Row(Code.BOTH, lambda o: o.is_both, wording.both),
    _Row(Code.EX_BEFORE, lambda o: o.is_ex_before, wording.ex_before),
    _Row(Code.CX_BEFORE, lambda o: o.is_cx_before, wording.cx_before),
    _Row(Code.CANNOT_TELL, lambda o: True, wording.cannot_tell),
)


def judge_direction(
    panel: PanelVar,
    *,
    q_forward: float | None,
    q_backward: float | None,
    ex_label: str,
    cx_label: str,
) -> Direction:
    """Judge which came first in a panel whose x is the staff score and y the customer score.

    `q_forward` is the q-value of staff before customers (phi[1, 0]), `q_backward` that of
    customers before staff (phi[0, 1]), each in its declared family. A number that is missing,
    not finite or absurdly large never leads to a claim.
    """
    order = Order(
        from_ex=_arrow(panel, 1, 0, q_forward),
        from_cx=_arrow(panel, 0, 1, q_backward),
        difference=Arrow(
            *map(_known, (panel.asymmetry, panel.asymmetry_low, panel.asymmetry_high))
        ),
        ex_label=ex_label,
        cx_label=cx_label,
        n_teams=panel.n_teams,
        n_waves=panel.n_waves,
        n_left_out=panel.n_left_out,
        is_early=panel.is_early,
        reason=panel.reason,
    )
    row = next(row for row in _TABLE if row.applies(order))
    sentence, caveats = row.say(order), wording.caveats(order)
    if row.code is Code.CANNOT_TELL:
        caveats = (*caveats, wording.silence())
    elif row.code is not Code.TOO_SHORT:
        sentence = f"{sentence} {wording.CAUTION}"
    return Direction(row.code, _chip(row.code, order), sentence, caveats)


def _chip(code: Code, order: Order) -> str:
    if code is Code.CANNOT_TELL:
        return "unclear"
    if code is not Code.TOO_SHORT:
        return "hint" if order.is_early else "some"
    if order.has_too_few_waves:
        return "too few waves"
    return "too few teams" if order.has_too_few_teams else "unclear"


def _arrow(panel: PanelVar, row: int, column: int, q_value: float | None) -> Arrow:
    def read(entries: FloatArray | None) -> float | None:
        return None if entries is None else _known(float(entries[row, column]))

    return Arrow(read(panel.phi), read(panel.low), read(panel.high), _known(q_value))


def _known(value: float | None) -> float | None:
    return value if value is not None and abs(value) <= LARGEST else None

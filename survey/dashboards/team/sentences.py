"""What a team page says first: three sentences from printed figures, and what changed.

Every sentence follows from the figures by the rules here; nothing is said of why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list

from survey.dashboards.scores import Line
from survey.dashboards.team.side import Side, is_whole

CANT_TELL = "We can’t tell"
PEOPLE = {"staff": "Staff", "customers": "Customers"}
PLACES = {"staff": "inside", "customers": "outside"}


@dataclass(frozen=True, slots=True)
class Gap:
    """How far the first scale of one side lies from the median team's; direction 0: can't tell."""

    word: str
    phrase: str
    direction: int
    is_known: bool


def find_gap(word: str, line: Line | None) -> Gap | None:
    """Compare a printed score with the printed median; None where one of them is not shown."""
    if line is None or line.now is None or line.median is None:
        return None
    score, phrase = line.now, line.measure.phrase
    if score.low is None or score.high is None:
        return Gap(word, phrase, 0, is_known=False)
    direction = (score.low > line.median) - (score.high < line.median)
    return Gap(word, phrase, direction, is_known=True)


def write_headline(sides: Sequence[Side]) -> list[str]:
    """Say of each side where it lies against the median team, then whether that can be told."""
    gaps = [find_gap(side.word, side.lead) for side in sides]
    said: list[str] = []
    for side, gap in zip(sides, gaps, strict=True):
        said.append(_write_place(side, gap, said))
    return said + _weigh([gap for gap in gaps if gap is not None])


def write_changes(side: Side, *, since: str) -> str:
    """Say which scales of a side changed by more than their margins since a period before."""
    lines = [line for line in side.lines if is_whole(line.measure) and line.now]
    compared = [line for line in lines if line.change and line.change.low is not None]
    if not since or not lines:
        return ""
    if not compared:
        return f"What {side.word} say can’t be compared with {since}."
    moved = [f"{line.measure.name} {line.word}" for line in compared if line.has_changed]
    if not moved:
        return f"What {side.word} say has not clearly changed since {since}."
    return f"{PEOPLE[side.word]} now score {get_text_list(moved, 'and')} than in {since}."


def _write_place(side: Side, gap: Gap | None, said: Sequence[str]) -> str:
    line = side.lead
    if line is None:
        hidden = "is not shown" if side.releases else "is not known for this time"
        return f"What {side.word} say here {hidden}."
    phrase = line.measure.phrase
    if line.now is None:
        return f"What {side.word} say of {phrase} is not shown."
    if gap is None:
        why = "Too few teams show figures to say" if side.n_teams else "It is not worked out yet"
        is_second = any(sentence.startswith(why) for sentence in said)
        return f"Nor for {phrase}." if is_second else f"{why} what is usual for {phrase}."
    is_second = any(sentence.startswith(CANT_TELL) for sentence in said)
    return _write_direction(gap, is_second=is_second)


def _write_direction(gap: Gap, *, is_second: bool) -> str:
    if not gap.is_known:
        return f"The margins are not known for {gap.phrase}."
    if gap.direction == 0 and is_second:
        return f"Nor {gap.word}, on {gap.phrase}."
    if gap.direction == 0:
        return f"{CANT_TELL} {gap.word} here from the median team on {gap.phrase}."
    place = "higher" if gap.direction > 0 else "lower"
    return f"{PEOPLE[gap.word]} here score {gap.phrase} {place} than in the median team."


def _weigh(gaps: Sequence[Gap]) -> list[str]:
    known = [gap for gap in gaps if gap.is_known]
    clear = [gap for gap in known if gap.direction]
    if not known:
        return []
    if len(known) == 1:
        return [f"The gap is {'larger' if clear else 'not larger'} than its margin."]
    if len(clear) == 1:
        return [f"Only the gap {PLACES[clear[0].word]} is larger than its margin."]
    return [
        "Both gaps are larger than their margins."
        if clear
        else "Neither gap is larger than its margin."
    ]

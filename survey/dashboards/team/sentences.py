"""What a team page says first: three sentences from printed figures, and what changed.

Every sentence follows from the figures by the rules here; nothing is said of why.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.dashboards.numerals import quote
from survey.dashboards.scores import Line
from survey.dashboards.team.side import Side, is_whole

# Each by side: of staff, else of customers. The last of some is told where a sentence before it
# began alike.
UNCHANGED = {
    True: gettext_lazy("What staff say has not clearly changed since %(since)s."),
    False: gettext_lazy("What customers say has not clearly changed since %(since)s."),
}
NOT_COMPARED = {
    True: gettext_lazy("What staff say can’t be compared with %(since)s."),
    False: gettext_lazy("What customers say can’t be compared with %(since)s."),
}
CHANGED = {
    True: gettext_lazy("Staff now score %(moved)s than in %(since)s."),
    False: gettext_lazy("Customers now score %(moved)s than in %(since)s."),
}
HIDDEN = {
    True: gettext_lazy("What staff say here is not shown."),
    False: gettext_lazy("What customers say here is not shown."),
}
UNKNOWN = {
    True: gettext_lazy("What staff say here is not known for this time."),
    False: gettext_lazy("What customers say here is not known for this time."),
}
HIDDEN_ON = {
    True: gettext_lazy("What staff say of %(phrase)s is not shown."),
    False: gettext_lazy("What customers say of %(phrase)s is not shown."),
}
CANT_TELL = {
    True: gettext_lazy("What staff say here of %(phrase)s can’t be told from the median team."),
    False: gettext_lazy(
        "What customers say here of %(phrase)s can’t be told from the median team."
    ),
}
NOR = {
    True: gettext_lazy("Nor can what staff say of %(phrase)s."),
    False: gettext_lazy("Nor can what customers say of %(phrase)s."),
}
HIGHER = {
    True: gettext_lazy("Staff here score %(phrase)s higher than in the median team."),
    False: gettext_lazy("Customers here score %(phrase)s higher than in the median team."),
}
LOWER = {
    True: gettext_lazy("Staff here score %(phrase)s lower than in the median team."),
    False: gettext_lazy("Customers here score %(phrase)s lower than in the median team."),
}
ONLY_GAP = {
    True: gettext_lazy("Only the gap inside is larger than its margin."),
    False: gettext_lazy("Only the gap outside is larger than its margin."),
}
STAFF = "staff"


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
    told: list[str] = []  # which rule gave the sentence, for the one after it
    said: list[str] = []
    for side, gap in zip(sides, gaps, strict=True):
        rule, sentence = _write_place(side, gap, told)
        told.append(rule)
        said.append(sentence)
    return said + _weigh([gap for gap in gaps if gap is not None])


def write_changes(side: Side, *, since: str) -> str:
    """Say which scales of a side changed by more than their margins since a period before."""
    lines = [line for line in side.lines if is_whole(line.measure) and line.now]
    compared = [line for line in lines if line.change and line.change.low is not None]
    if not since or not lines:
        return ""
    if not compared:
        return str(NOT_COMPARED[side.is_staff]) % {"since": since}
    moved = [f"{quote(line.measure.name)} {line.word}" for line in compared if line.has_changed]
    if not moved:
        return str(UNCHANGED[side.is_staff]) % {"since": since}
    told = {"moved": get_text_list(moved, _("and")), "since": since}
    return str(CHANGED[side.is_staff]) % told


def _write_place(side: Side, gap: Gap | None, told: Sequence[str]) -> tuple[str, str]:
    """Return the rule that a sentence about a side follows, and the sentence."""
    line = side.lead
    if line is None:
        return "no scale", str((HIDDEN if side.releases else UNKNOWN)[side.is_staff])
    phrase = {"phrase": quote(line.measure.phrase)}
    if line.now is None:
        return "hidden", str(HIDDEN_ON[side.is_staff]) % phrase
    if gap is None:
        rule = "too_few" if side.n_teams else "not yet"
        return rule, _write_unusual(rule, is_second=rule in told) % phrase
    if gap.is_known and gap.direction == 0:
        sentences = NOR if "cannot tell" in told else CANT_TELL
        return "cannot tell", str(sentences[side.is_staff]) % phrase
    return "told", _write_direction(gap) % phrase


def _write_unusual(rule: str, *, is_second: bool) -> str:
    if is_second:
        return _("Nor for %(phrase)s.")
    if rule == "too_few":
        return _("Too few teams show figures to say what is usual for %(phrase)s.")
    return _("It is not worked out yet what is usual for %(phrase)s.")


def _write_direction(gap: Gap) -> str:
    if not gap.is_known:
        return _("The margins are not known for %(phrase)s.")
    return str((HIGHER if gap.direction > 0 else LOWER)[gap.word == STAFF])


def _weigh(gaps: Sequence[Gap]) -> list[str]:
    known = [gap for gap in gaps if gap.is_known]
    clear = [gap for gap in known if gap.direction]
    if not known:
        return []
    if len(known) == 1:
        return [
            _("The gap is larger than its margin.")
            if clear
            else _("The gap is not larger than its margin.")
        ]
    if len(clear) == 1:
        return [str(ONLY_GAP[clear[0].word == STAFF])]
    return [
        _("Both gaps are larger than their margins.")
        if clear
        else _("Neither gap is larger than its margin.")
    ]

"""What staff think customers feel, beside what customers say: a difference with its margin."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from survey.dashboards.numerals import print_number
from survey.dashboards.scores import Axis, Line, find_axis
from survey.dashboards.team.side import Side
from survey.statistics.changes import Difference, difference

APART = {
    1: gettext_noop(
        "Staff think customers feel better treated than customers say: %(points)s points apart, "
        "likely between %(low)s and %(high)s."
    ),
    -1: gettext_noop(
        "Staff think customers feel worse treated than customers say: %(points)s points apart, "
        "likely between %(low)s and %(high)s."
    ),
    0: gettext_noop(
        "What staff think and what customers say are %(points)s points apart, too close to tell "
        "apart."
    ),
}


@dataclass(frozen=True, slots=True)
class Apart:
    """A guess of staff, the answer of customers, and how far the guess lies above it."""

    guess: Line
    answer: Line
    value: Difference
    median: float | None  # the same difference between the two medians of all teams

    @property
    def axis(self) -> Axis:
        """Return the axis that holds both."""
        return find_axis([self.guess, self.answer])

    @property
    def sentence(self) -> str:
        """Say in words how far apart the two are, and whether that can be told."""
        assert self.value.value is not None  # noqa: S101 - both scores are shown
        said = {"points": print_number(abs(self.value.value), 1)}
        if self.value.low is None or self.value.high is None:
            return _("The two are %(points)s points apart; the margin is not known.") % said
        low, high = sorted((abs(self.value.low), abs(self.value.high)))
        said |= {"low": print_number(low, 1), "high": print_number(high, 1)}
        return _(APART[self.value.direction]) % said

    @property
    def median_sentence(self) -> str:
        """Say how far apart the two medians of all teams are."""
        if self.median is None:
            return ""
        told = (
            _("Over all teams the median guess lies %(points)s points above the median answer.")
            if self.median > 0
            else _(
                "Over all teams the median guess lies %(points)s points below the median answer."
            )
        )
        return told % {"points": print_number(abs(self.median), 1)}


def find_apart(sides: Sequence[Side]) -> list[Apart]:
    """Return every guess of staff for which customers answered what was guessed."""
    answers = {
        line.measure.code: line for side in sides if not side.is_staff for line in side.lines
    }
    guesses = [line for side in sides if side.is_staff for line in side.lines]
    pairs = [(guess, answers.get(guess.measure.mirrors)) for guess in guesses]
    return [apart for guess, answer in pairs if answer and (apart := _compare(guess, answer))]


def _compare(guess: Line, answer: Line) -> Apart | None:
    if guess.now is None or answer.now is None:
        return None
    value = difference(
        answer.now.mean, guess.now.mean, first_se=answer.now.se, second_se=guess.now.se
    )
    medians: Sequence[float | None] = (guess.median, answer.median)
    known = [one for one in medians if one is not None]
    return Apart(guess, answer, value, known[0] - known[1] if len(known) == 2 else None)

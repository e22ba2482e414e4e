"""Whether a team's score stays in its usual range over time: the points of a control chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from survey.aggregation.models import Release
from survey.aggregation.periods import find_period
from survey.aggregation.wordings import find_breaks
from survey.campaigns.models import Campaign
from survey.core.periods import Period, period_name
from survey.dashboards.measures import Measure, read_asked, read_measures
from survey.dashboards.numerals import count, print_number
from survey.dashboards.scores import Score, read_score
from survey.dashboards.team.choosing import Choice
from survey.dashboards.team.side import Said, is_whole, name_side, title_side
from survey.statistics.steadiness import FEWEST_WAVES, LONG_RUN, UsualRange, usual_range

NOT_SHOWN, NOT_ASKED, REWORDED = "not shown", "not asked", "worded differently"
WORDS = {
    NOT_SHOWN: gettext_lazy("not shown"),
    NOT_ASKED: gettext_lazy("not asked"),
    REWORDED: gettext_lazy("worded differently"),
    "below": gettext_lazy("below"),
    "above": gettext_lazy("above"),
    "inside": pgettext_lazy("within the usual range", "inside"),
}


@dataclass(frozen=True, slots=True)
class Tracked:
    """A measure of one campaign that can be followed over time."""

    campaign: Campaign
    measure: Measure

    @property
    def word(self) -> str:
        """Return what the people who answer are called."""
        return name_side(self.campaign)

    @property
    def name(self) -> str:
        """Return what it is called in a list of both sides' measures."""
        return _("%(side)s: %(measure)s") % {
            "side": title_side(self.word),
            "measure": self.measure.name,
        }


@dataclass(frozen=True, slots=True)
class Point:
    """One month or period; `word` says where its score lies, or why that cannot be said.

    Where it is worded anew it cannot be compared with those before it.
    """

    label: str
    score: Score | None
    word: str
    is_outside: bool = False
    is_worded_anew: bool = False

    @property
    def said(self) -> str:
        """Return its word in the language that is spoken."""
        return str(WORDS.get(self.word, ""))


@dataclass(frozen=True, slots=True)
class Steadiness:
    """A measure over time with its usual range, as far as there is one."""

    word: str
    measure: Measure
    points: tuple[Point, ...]
    usual: UsualRange
    is_monthly: bool
    releases: tuple[Release, ...]

    @property
    def sentences(self) -> list[str]:
        """Say in words what the chart shows."""
        return [*self._say_range(), *self._say_reworded()]

    def _say_range(self) -> list[str]:
        usual = self.usual
        if usual.low is None or usual.high is None:
            return [self._say_too_short()]
        ends = {"low": print_number(usual.low, 1), "high": print_number(usual.high, 1)}
        found = [
            say(labels, ends)
            for word, say in (("below", _say_below), ("above", _say_above))
            if (labels := self._labels_outside(word))
        ]
        if usual.runs:
            found.append(_say_run(self.points[usual.runs[-1]].label))
        return found or [self._say_steady(ends)]

    def _say_reworded(self) -> list[str]:
        told = _("Worded differently since %(period)s: not comparable with what came before.")
        anew = [one.label for one in self.points if one.is_worded_anew]
        return [told % {"period": label} for label in anew[-1:]]

    def _say_too_short(self) -> str:
        told = (
            _(
                "From %(needed)s months with a figure on we can say what is usual here; there are "
                "%(there)s."
            )
            if self.is_monthly
            else _(
                "From %(needed)s waves with a figure on we can say what is usual here; there are "
                "%(there)s."
            )
        )
        return told % {"needed": FEWEST_WAVES, "there": self.usual.n_waves}

    def _say_steady(self, ends: Mapping[str, str]) -> str:
        n = self.usual.n_waves
        told = (
            ngettext(
                "All %(n)s months lie in the usual range of %(low)s to %(high)s: steady.",
                "All %(n)s months lie in the usual range of %(low)s to %(high)s: steady.",
                n,
            )
            if self.is_monthly
            else ngettext(
                "All %(n)s waves lie in the usual range of %(low)s to %(high)s: steady.",
                "All %(n)s waves lie in the usual range of %(low)s to %(high)s: steady.",
                n,
            )
        )
        return told % {"n": count(n), **ends}

    def _labels_outside(self, word: str) -> list[str]:
        return [one.label for one in self.points if one.is_outside and one.word == word]


def _say_below(labels: Sequence[str], ends: Mapping[str, str]) -> str:
    told = ngettext(
        "%(periods)s lies below the usual range of %(low)s to %(high)s.",
        "%(periods)s lie below the usual range of %(low)s to %(high)s.",
        len(labels),
    )
    return told % {"periods": get_text_list(list(labels), _("and")), **ends}


def _say_above(labels: Sequence[str], ends: Mapping[str, str]) -> str:
    told = ngettext(
        "%(periods)s lies above the usual range of %(low)s to %(high)s.",
        "%(periods)s lie above the usual range of %(low)s to %(high)s.",
        len(labels),
    )
    return told % {"periods": get_text_list(list(labels), _("and")), **ends}


def _say_run(last: str) -> str:
    told = _(
        "%(n)s or more in a row, up to %(last)s, lie on one side of the middle: that is more than "
        "chance would do."
    )
    return told % {"n": LONG_RUN, "last": last}


def list_tracked(choice: Choice) -> dict[str, Tracked]:
    """Return what can be followed over time by code: whole scales, those of customers first."""
    found: dict[str, Tracked] = {}
    for campaign in reversed(choice.source.campaigns):
        asked = read_measures(
            one.wave.questionnaire_id for one in choice.releases_until(campaign)[-1:]
        )
        found |= {one.code: Tracked(campaign, one) for one in asked.values() if is_whole(one)}
    return found


def build_steadiness(choice: Choice, tracked: Tracked, said: Said) -> Steadiness | None:
    """Follow a measure up to the period read; None where no release shows a figure of it."""
    releases, measure = choice.releases_until(tracked.campaign), tracked.measure
    scores = [read_score(said.get(one.pk, {}).get(measure.code)) for one in releases]
    if not any(scores):
        return None
    breaks = find_breaks(measure.code, [[one.wave.questionnaire_id] for one in releases])
    start = max(breaks, default=0)  # only what is worded alike tells what is usual
    alike = [None] * start + scores[start:]
    usual = usual_range(
        [None if one is None else one.mean for one in alike],
        [None if one is None else one.se for one in alike],
    )
    is_monthly = any(one.month_start for one in releases) or choice.source.period == Period.MONTH
    return Steadiness(
        word=tracked.word,
        measure=measure,
        points=tuple(
            Point(
                _name_release(release, choice.source.period),
                score,
                REWORDED if score and at < start else _say(score, usual, measure, release),
                at in usual.outside,
                at in breaks,
            )
            for at, (score, release) in enumerate(zip(scores, releases, strict=True))
        ),
        usual=usual,
        is_monthly=is_monthly,
        releases=tuple(releases),
    )


def _name_release(release: Release, period: str) -> str:
    if release.month_start:
        return period_name(release.month_start, Period.MONTH)
    return period_name(find_period(release, period), period)


def _say(score: Score | None, usual: UsualRange, measure: Measure, release: Release) -> str:
    if score is None:
        asked = read_asked([release.wave])
        return NOT_SHOWN if measure.code in asked else NOT_ASKED
    if usual.low is None or usual.high is None:
        return ""
    if score.mean < usual.low:
        return "below"
    return "above" if score.mean > usual.high else "inside"

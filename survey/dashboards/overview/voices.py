"""The two sides of the page: how they are named and coloured, and what each of them was asked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from survey.aggregation.metrics import PROFILE_PREFIX
from survey.dashboards.measures import Measure, read_measures
from survey.dashboards.scores import Line, build_lines
from survey.dashboards.sides import Chosen, Side
from survey.questionnaires.content import ProfileContent
from survey.questionnaires.selectors import get_content
from survey.statistics.inputs import NORMAL_95

Said = Mapping[str, Any]
Reading = Callable[[Said], Said | None]
NOTHING_REWORDED: Mapping[int, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class Style:
    """How a side is named and coloured everywhere."""

    code: str
    chip: str
    colour: str

    @property
    def is_staff(self) -> bool:
        """Say whether these are the people who work there."""
        return self.code == "staff"

    @property
    def label(self) -> str:
        """Return what these people are called."""
        return _("staff") if self.is_staff else _("customers")

    @property
    def title(self) -> str:
        """Return what these people are called at the head of a line."""
        return _("Staff") if self.is_staff else _("Customers")


STAFF = Style("staff", "in", "r")
CUSTOMERS = Style("customers", "out", "")


@dataclass(frozen=True, slots=True)
class Voice:
    """One side with its measures, in the order asked, and the profiles of each scale with any."""

    side: Side
    style: Style
    measures: tuple[Measure, ...]
    profiles: Mapping[str, tuple[ProfileContent, ...]]
    reworded: frozenset[str] = frozenset()  # measures that cannot be compared with before

    @property
    def now(self) -> Mapping[str, Said]:
        """Return the figures of the period by metric."""
        return self.side.now.metrics if self.side.now else {}

    @property
    def before(self) -> Mapping[str, Said]:
        """Return the figures of the period it is compared with by metric, as far as they can be."""
        found = self.side.before.metrics if self.side.before else {}
        if not self.reworded:
            return found
        return {
            metric: said
            for metric, said in found.items()
            if metric.removeprefix(PROFILE_PREFIX) not in self.reworded
        }

    @property
    def reworded_names(self) -> list[str]:
        """Return what the scales are called that cannot be compared with before."""
        return [one.name for one in self.measures if one.code in self.reworded and not one.is_item]

    @property
    def wholes(self) -> list[Measure]:
        """Return the scales told as scores: no part of another, no recommend score, no light."""
        return [one for one in self.measures if not (one.whole or one.is_recommend or one.is_light)]

    @property
    def lights(self) -> list[Measure]:
        """Return the scales on the survey itself."""
        return [
            one for one in self.measures if one.is_light and not (one.mirrors or one.is_recommend)
        ]

    @property
    def recommends(self) -> list[Measure]:
        """Return the scales that ask for a recommendation."""
        return [one for one in self.measures if one.is_recommend]

    def parts_of(self, whole: Measure) -> list[Measure]:
        """Return the facets of a scale or, where it has none, its items that are shown."""
        parts = [one for one in self.measures if one.whole == whole.code]
        facets = [one for one in parts if not one.is_item]
        return facets or [one for one in parts if one.code in self.now or one.code in self.before]

    def lines_of(self, measures: Sequence[Measure], read: Reading | None = None) -> list[Line]:
        """Put some measures side by side, now and before; `read` makes scores of other figures."""
        now, before = (
            {one.code: found[one.code] for one in measures if one.code in found}
            for found in (self.now, self.before)
        )
        if read is not None:
            now, before = (
                {code: one for code, said in found.items() if (one := read(said)) is not None}
                for found in (now, before)
            )
        return build_lines(measures, now=now, before=before, medians={})


def list_voices(
    chosen: Chosen, reworded: Mapping[int, frozenset[str]] = NOTHING_REWORDED
) -> tuple[Voice, ...]:
    """Return the sides there are, staff first; `reworded` names measures by campaign."""
    styles = ((chosen.staff, STAFF), (chosen.customers, CUSTOMERS))
    return tuple(
        _listen(side, style, reworded.get(side.campaign.pk, frozenset()))
        for side, style in styles
        if side is not None
    )


def read_recommend(said: Said) -> Said | None:
    """Read a recommend score, from -100 to 100, with its printed interval; None where unknown."""
    found = (said.get("detail") or {}).get("recommend", {})
    score = found.get("score")
    return None if score is None else _bounded(said, score, found["low"], found["high"])


def read_first_profile(said: Said) -> Said:
    """Read the share of people whom the first profile fits, with its printed bounds."""
    return _bounded(said, said["mean"], said["low"], said["high"])


def _listen(side: Side, style: Style, reworded: frozenset[str]) -> Voice:
    questionnaire_id = side.campaign.questionnaire_id
    content = get_content(questionnaire_id=questionnaire_id)
    return Voice(
        side,
        style,
        tuple(read_measures([questionnaire_id]).values()),
        {
            f"{PROFILE_PREFIX}{scale.code}": scale.profiles
            for scale in content.scales
            if scale.profiles
        },
        reworded,
    )


def _bounded(said: Said, value: float, low: float | None, high: float | None) -> Said:
    """Say what is not a mean as one: its standard error is that which its bounds tell."""
    known = low is not None and high is not None
    se = (high - low) / 2 / NORMAL_95 if low is not None and high is not None else None
    return {"n": said["n"], "mean": value, "se": se if known else None, "low": low, "high": high}

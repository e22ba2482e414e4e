"""Which staff themes go with customers' scores the most: ranks with their intervals, no cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.dashboards.numerals import quote
from survey.dashboards.overview.voices import CUSTOMERS, STAFF, Voice
from survey.dashboards.retelling import retell
from survey.dashboards.scores import Axis
from survey.dashboards.sides import Chosen
from survey.linkage.models import Study

COULD_BE = (
    gettext_lazy("It could also be first."),
    gettext_lazy("It could also be second."),
    gettext_lazy("It could also be third."),
    gettext_lazy("It could also be fourth."),
    gettext_lazy("It could also be fifth."),
    gettext_lazy("It could also be sixth."),
    gettext_lazy("It could also be seventh."),
    gettext_lazy("It could also be eighth."),
    gettext_lazy("It could also be ninth."),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """A staff theme with its share of R squared and its rank, each between two bounds."""

    name: str
    share: float
    low: float
    high: float
    rank: int
    rank_low: int
    rank_high: int


@dataclass(frozen=True, slots=True)
class Themes:
    """How the staff themes share out what they go with in one customers' score.

    Without themes, reason says why there are none.
    """

    outcome: str
    themes: tuple[Theme, ...]
    r2: float | None
    n_teams: int
    reason: str
    axis: Axis
    seed: int
    release_checksum: str

    @property
    def sentence(self) -> str:
        """Say which theme leads and where else it may stand, or that nobody can tell."""
        first, n = self.themes[0], len(self.themes)
        if n > 1 and all(one.rank_low == 1 for one in self.themes):
            told = ngettext(
                "Any of %(n)s staff themes could come first: nobody can tell.",
                "Any of %(n)s staff themes could come first: nobody can tell.",
                n,
            )
            return told % {"n": n}
        leads = ngettext(
            "Of %(n)s staff themes, “%(theme)s” goes with it the most.",
            "Of %(n)s staff themes, “%(theme)s” goes with it the most.",
            n,
        ) % {"n": n, "theme": quote(first.name)}
        if first.rank_high == 1:
            return leads
        return f"{leads} {_say_other(first.rank_high)}"


def _say_other(rank: int) -> str:
    if rank <= len(COULD_BE):
        return str(COULD_BE[rank - 1])
    return _("It could also be number %(rank)s.") % {"rank": rank}


def read_themes(chosen: Chosen, voices: Sequence[Voice]) -> Themes | None:
    """Return the stored ranks for the first customers' scale; None where nothing was compared."""
    if chosen.source.pairing is None:
        return None
    studies = Study.objects.filter(
        pairing=chosen.source.pairing, scope=chosen.scope, period_start=chosen.start
    )
    study = studies.first()
    if study is None or not study.importance:
        return None
    names = {voice.style: {one.code: one.name for one in voice.measures} for voice in voices}
    return _describe(study, study.importance[0], names[STAFF], names[CUSTOMERS])


def _describe(
    study: Study, found: Mapping[str, Any], staff: Mapping[str, str], customers: Mapping[str, str]
) -> Themes:
    shares = [dict(one) for one in found["shares"]]
    codes = [one.pop("ex_scale") for one in shares]
    themes = tuple(
        Theme(staff.get(code, code), **one) for code, one in zip(codes, shares, strict=True)
    )
    return Themes(
        outcome=customers.get(found["cx_scale"], found["cx_scale"]),
        themes=themes,
        r2=found["r2"],
        n_teams=found["n_teams"],
        reason=retell(found["reason"]),
        axis=Axis(0.5, len(themes) + 0.5, tuple(range(1, len(themes) + 1))),
        seed=study.seed,
        release_checksum=study.release_checksum,
    )

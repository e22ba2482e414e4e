"""Which staff themes go with customers' scores the most: ranks with their intervals, no cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from survey.dashboards.overview.voices import CUSTOMERS, STAFF, Voice
from survey.dashboards.scores import Axis
from survey.dashboards.sides import Chosen
from survey.linkage.models import Study

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


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
        first = self.themes[0]
        if len(self.themes) > 1 and all(one.rank_low == 1 for one in self.themes):
            return f"Any of {len(self.themes)} staff themes could come first: nobody can tell."
        leads = f"Of {len(self.themes)} staff themes, “{first.name}” goes with it the most."
        if first.rank_high == 1:
            return leads
        return f"{leads} It could also be {_name_rank(first.rank_high)}."


def _name_rank(rank: int) -> str:
    return ORDINALS[rank - 1] if rank <= len(ORDINALS) else f"number {rank}"


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
        reason=found["reason"],
        axis=Axis(0.5, len(themes) + 0.5, tuple(range(1, len(themes) + 1))),
        seed=study.seed,
        release_checksum=study.release_checksum,
    )

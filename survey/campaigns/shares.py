"""What a stored share says: between which two numbers the true one lies."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from survey.campaigns.models import Wave
from survey.campaigns.participation import ParticipationRow, coarsest_step
from survey.campaigns.rosters import fewest_links
from survey.statistics.nonresponse import worst_shift

FEW_VOICES = 30  # per cent
UNDER, OVER = "under ", "over "


@dataclass(frozen=True, slots=True)
class Share:
    """A share of those asked, as coarse as it is stored: low and high bound the true one."""

    low: int
    high: int

    @classmethod
    def read(cls, text: str, *, step: int) -> Self:
        """Read "46 %", "under 10 %" or "over 90 %" of a wave whose shares come in steps."""
        number = int(text.removeprefix(UNDER).removeprefix(OVER).removesuffix("%"))
        if text.startswith(UNDER):
            return cls(0, number)
        return cls(number, 100 if text.startswith(OVER) else min(number + step, 100))

    @property
    def text(self) -> str:
        """Say it in a table: "46 to 69%"."""
        if self.low == 0:
            return _("under %(high)s%%") % {"high": self.high}
        if self.high == 100:
            return _("over %(low)s%%") % {"low": self.low}
        return _("%(low)s to %(high)s%%") % {"low": self.low, "high": self.high}

    @property
    def width(self) -> int:
        """Return how much is left open, in per cent."""
        return self.high - self.low

    @property
    def middle(self) -> float:
        """Return how far up it is drawn where it is one point."""
        return (self.low + self.high) / 2

    @property
    def is_few_voices(self) -> bool:
        """Say whether fewer than 30% answered, whatever the true share is."""
        return self.high <= FEW_VOICES

    def worst_shift(self, sd: float | None) -> float | None:
        """Return how far a mean could be off at worst, at the lowest share that it can be."""
        return worst_shift(self.low / 100, sd)


def step_of(*, wave: Wave, rows: Iterable[ParticipationRow]) -> int:
    """Return the step in which the shares of a wave are kept: it follows from all of its rows."""
    return coarsest_step(invited=[row.n_invited for row in rows], k=fewest_links(wave=wave))

"""Two periods of one part of the organisation side by side, for every measure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from survey.dashboards.access import Reader
from survey.dashboards.compare.aids import (
    NOTHING,
    Behind,
    Pools,
    find_reworded,
    list_aids,
    read_behind,
    read_pools,
)
from survey.dashboards.compare.rows import Reach, Row, build_rows, count_changes, find_reach
from survey.dashboards.filters import Filter
from survey.dashboards.measures import read_asked
from survey.dashboards.moments import Moment, read_moments
from survey.dashboards.numerals import quote
from survey.dashboards.sides import Chosen, Side, choose_sides
from survey.dashboards.trees import read_tree

BY_CHANCE = 0.05
NO_REACH = Reach(5.0)


@dataclass(frozen=True, slots=True)
class SidePart:
    """One side: its measures, their questions, and how to read the differences."""

    name: str
    css_class: str
    chip: str
    rows: tuple[Row, ...]
    items: tuple[Row, ...]
    aids: tuple[str, ...]

    @property
    def every_row(self) -> tuple[Row, ...]:
        """Return the measures and then their questions."""
        return (*self.rows, *self.items)


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything on the page; nothing chosen where there are no figures for this reader."""

    chosen: Chosen | None
    parts: tuple[SidePart, ...] = ()
    reach: Reach = NO_REACH
    moments: tuple[Moment, ...] = ()

    @property
    def filters(self) -> tuple[Filter, ...]:
        """Return the lists to choose from."""
        return self.chosen.filters if self.chosen else ()

    @property
    def address(self) -> str:
        """Return the query that leads here."""
        return self.chosen.address() if self.chosen else ""

    @property
    def changed(self) -> list[Row]:
        """Return the measures that changed by more than their margin."""
        return [row for part in self.parts for row in part.rows if row.has_changed]

    @property
    def n_compared(self) -> int:
        """Return how many measures are compared with their margins."""
        return sum(count_changes(part.rows)[0] for part in self.parts)

    @property
    def n_by_chance(self) -> int:
        """Return how many of them chance alone would call changed, rounded."""
        return round(BY_CHANCE * self.n_compared)

    @property
    def headline(self) -> str:
        """Say first what changed."""
        if not self.n_compared:
            return _("There is nothing to compare between these two periods.")
        if not self.changed:
            return _("Nothing changed by more than its margin.")
        higher = [row.line.measure.name for row in self.changed if row.value > 0]
        lower = [row.line.measure.name for row in self.changed if row.value < 0]
        said = ((_("Higher: %(names)s."), higher), (_("Lower: %(names)s."), lower))
        return " ".join(word % {"names": _list(names)} for word, names in said if names)


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(quote, names))


def build_compare_page(*, reader: Reader, wanted: Mapping[str, str], now: datetime) -> ComparePage:
    """Build the page about the two periods and the part that an address names."""
    chosen = choose_sides(reader=reader, wanted=wanted)
    if chosen is None:
        return ComparePage(None)
    campaigns = [side.campaign for side in chosen.sides]
    starts = [start for start in (chosen.before, chosen.start) if start is not None]
    behind = read_behind(campaigns=campaigns, period=chosen.source.period, starts=starts)
    pools = read_pools(behind=behind.values(), scope_id=chosen.scope.pk, tree=read_tree())
    parts = tuple(_build_part(side, chosen, behind, pools) for side in chosen.sides)
    return ComparePage(
        chosen=chosen,
        parts=parts,
        reach=find_reach(row for part in parts for row in part.every_row),
        moments=read_moments(
            campaigns=campaigns, period=chosen.source.period, start=chosen.start, now=now
        ),
    )


def _build_part(
    side: Side, chosen: Chosen, behind: Mapping[tuple[int, date | None], Behind],
    pools: Mapping[int, Pools],
) -> SidePart:  # fmt: skip
    now = behind.get((side.campaign.pk, chosen.start), NOTHING)
    then = behind.get((side.campaign.pk, chosen.before), NOTHING)
    asked_then = read_asked(then.waves)
    asked_now = read_asked(now.waves)
    rows = build_rows(
        asked_then | asked_now,
        then=side.before.metrics if side.before else {},
        now=side.now.metrics if side.now else {},
        asked_then=asked_then,
        asked_now=asked_now,
        reworded=find_reworded(then, now),
    )
    is_staff = side is chosen.staff
    return SidePart(
        name=_("Staff") if is_staff else _("Customers"),
        css_class="r" if is_staff else "o",
        chip="in" if is_staff else "out",
        rows=tuple(row for row in rows if not row.line.measure.is_item),
        items=tuple(row for row in rows if row.line.measure.is_item),
        aids=tuple(list_aids(side, then, now, pools)),
    )

"""Released figures as the rows of a long table, wave by wave, so that memory stays flat."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.aggregation.listing import list_figures
from survey.dashboards.figures.choices import Chosen, Dated
from survey.dashboards.figures.groups import Named, read_groups
from survey.dashboards.tables import Value
from survey.questionnaires.models import Audience

COLUMNS = (
    "period", "side", "wave", "group_code", "group", "kind", "metric", "measure", "n", "mean",
    "se", "low", "high", "favourable", "recommend", "recommend_low", "recommend_high", "shares",
    "share_bounds", "end", "divided",
)  # fmt: skip
SIDES = {
    Audience.EMPLOYEE: "staff",
    Audience.CUSTOMER: "customers",
    Audience.COLLEAGUE: "colleagues",
}
NO_DETAIL: tuple[Value, ...] = (None,) * 7

Row = tuple[Value, ...]


@dataclass(slots=True)
class Counted:
    """The rows of everything chosen; after they were read, n_rows says how many there were."""

    chosen: Chosen
    n_rows: int = 0

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows, release by release."""
        for dated in self.chosen.releases:
            groups = read_groups(wave=dated.release.wave, reach=self.chosen.reach)
            for row in read_rows(self.chosen, dated, groups):
                self.n_rows += 1
                yield row


def read_rows(
    chosen: Chosen, dated: Dated, groups: Named, *, start: int = 0, end: int | None = None
) -> Iterator[Row]:
    """Yield the rows of some groups in one release, from one place up to another: see COLUMNS."""
    first = (dated.code, SIDES[Audience(dated.campaign.audience)], str(dated.release.wave))
    known = {
        pk: (*first, code, name, kind.lower()) for pk, (code, name, kind) in groups.names.items()
    }
    names = chosen.metrics
    figures = list_figures(
        release=dated.release, metric=chosen.metric, group_ids=groups.ids, start=start, end=end
    )
    for group, metric, *numbers, detail in figures:
        yield (
            *known[group],
            metric,
            names.get(metric, metric),
            *numbers,
            *(_flatten(detail) if detail else NO_DETAIL),
        )


def _flatten(detail: Mapping[str, Any]) -> Row:
    """Spread what only some figures have over columns, as printed."""
    recommend = detail.get("recommend") or {}
    return (
        *(recommend.get(name) for name in ("score", "low", "high")),
        _join(detail.get("shares")),
        _join(detail.get("bounds")),
        detail.get("end"),
        "yes" if detail.get("divided") else None,
    )


def _join(named: Mapping[str, Any] | None) -> str | None:
    """Write what stands by option or profile in one cell: "1: 20; 2: 80"."""
    if not named:
        return None
    return "; ".join(f"{name}: {_write(value)}" for name, value in named.items())


def _write(value: Any) -> str:
    return " to ".join(map(str, value)) if isinstance(value, list) else str(value)

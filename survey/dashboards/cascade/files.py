"""The tables of the page to take along: the printed values, nothing finer."""

from collections.abc import Callable, Mapping, Sequence

from survey.dashboards.cascade.arrows import Score
from survey.dashboards.cascade.method import write_notes
from survey.dashboards.cascade.pages import CascadePage
from survey.dashboards.filters import choose
from survey.dashboards.tables import Table, Value

ARROW_COLUMNS = (
    "serving_team", "served_team", "chain", "rating", "low", "high", "ratings", "counted_together",
)  # fmt: skip
CHAIN_COLUMNS = (
    "chain", "step", "link", "low", "high", "pairs_or_teams", "verdict",
)  # fmt: skip
Rows = list[Sequence[Value]]


def write_table(page: CascadePage, name: str | None) -> Table:
    """Return one table of the page with how it was made; the arrows unless another is named."""
    title, columns, write = TABLES[choose(name, dict.fromkeys(TABLES, ""))]
    notes = write_notes(page.study, page.whole, period=page.period)
    return Table(title, columns, write(page), notes)


def _write_arrows(page: CascadePage) -> Rows:
    return [
        (
            one.provider.name, one.consumer.name, one.chain, *_write_score(one.score),
            "yes" if one.is_pooled else "no",
        )
        for one in page.narrowed
    ]  # fmt: skip


def _write_score(score: Score) -> Sequence[Value]:
    return (*(_printed(end, 1) for end in (score.mean, score.low, score.high)), score.n)


def _write_chains(page: CascadePage) -> Rows:
    """Write the three steps of each chain, then the whole of it."""
    rows: Rows = []
    for chain in page.chains:
        name = chain.name if chain.code else "all arrows"
        rows += [
            (name, one.name, *_print_three(one.r, one.low, one.high), one.n, one.verdict)
            for one in chain.links
        ]
        whole = _print_three(chain.product, chain.low, chain.high)
        rows.append((name, "whole_chain", *whole, chain.n_arrows, chain.verdict))
    return rows


def _print_three(*values: float | None) -> Sequence[Value]:
    return tuple(_printed(value, 3) for value in values)


def _printed(value: float | None, places: int) -> float | None:
    return None if value is None else round(value, places)


TABLES: Mapping[str, tuple[str, tuple[str, ...], Callable[[CascadePage], Rows]]] = {
    "arrows": ("From team to team, arrows", ARROW_COLUMNS, _write_arrows),
    "chains": ("From team to team, chains", CHAIN_COLUMNS, _write_chains),
}

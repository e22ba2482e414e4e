"""A study as text for a person: between teams, over time, which comes first, and how firm."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from survey.campaigns.models import Pairing
from survey.core.periods import period_name

NOT_KNOWN = "not known"
INDENT = " " * 4
SMALLEST_SHOWN = 0.001  # of p and q: 0.000 would read as certain

Row = Mapping[str, Any]


def write_text(pairing: Pairing, document: Row) -> Iterator[str]:
    """Yield the lines that a person reads."""
    if document["period"] is None:
        yield f"{pairing}: nothing to show. {document['reason']}"
        return
    period = period_name(date.fromisoformat(document["period"]), pairing.period)
    yield f"{pairing}, {period}, {document['scope']}"
    yield (
        "{n_compared} of {n_groups} groups compared; {n_not_shown} not shown, "
        "{n_no_customers} without customers, {n_few_customers} with too few of them"
    ).format(**document["coverage"])
    yield (
        "Tested together: {between} pairs between teams, {within} inside teams, {direction} "
        "arrows; periods so far: {n_waves}"
    ).format(**document["families"], n_waves=document["n_waves"])
    yield _write_check(document["self_check"])
    yield from _write_importance(document["importance"])
    for pair in document["pairs"]:
        yield ""
        yield from _write_pair(pair)
    if document["reason"]:
        yield document["reason"]


def _write_check(check: Row) -> str:
    if check["share_found"] is None:
        return f"Check with placebos: {check['reason']}"
    told = "passed" if check["is_passed"] else "FAILED: read these numbers with doubt"
    return (
        f"Check with placebos: {100 * check['share_found']:.1f} % of {check['n_tests']} tests of "
        f"meaningless scores had p below .05 (about 5 %, at most 10 %): {told}"
    )


def _write_importance(found: Sequence[Row]) -> Iterator[str]:
    for one in found:
        title = f"Goes with {one['cx_scale']} the most (not cause)"
        if one["r2"] is None:
            yield f"{title}: {one['reason']}"
            continue
        ranks = (
            "{ex_scale} {share:.3f} (rank {rank}, likely {rank_low} to {rank_high})".format(**share)
            for share in one["shares"]
        )
        yield f"{title}: {', '.join(ranks)}; R2 {one['r2']:.3f} of {one['n_teams']} teams"


def _write_pair(pair: Row) -> Iterator[str]:
    yield f"{pair['ex_scale']} x {pair['cx_scale']}: {pair['verdict']['sentence']}"
    parts = {
        "Between teams": _write_between(pair),
        "Over time": _write_over_time(pair),
        "Which comes first": _write_order(pair),
        "Robustness": _write_robustness(pair),
    }
    for title, lines in parts.items():
        yield f"  {title}"
        yield from (f"{INDENT}{line}" for line in lines)
    yield from (f"  {caveat}" for caveat in pair["verdict"]["caveats"])
    if pair["reason"]:
        yield f"  ({pair['reason']})"


def _write_between(pair: Row) -> Iterator[str]:
    yield (
        f"r {_bounded(pair)}, p {_chance(pair['p_value'])}, q {_chance(pair['q_value'])}; "
        f"{_count(pair['n_teams'], 'team')}, {_count(pair['n_ex'], 'employee')}, "
        f"{_count(pair['n_cx'], 'customer')}"
    )
    yield (
        f"Spearman {_bounded(pair, 'spearman', 'spearman_')}, Kendall {_number(pair['kendall'])}"
    )
    yield (
        f"reliability {_number(pair['reliability_ex'])} and {_number(pair['reliability_cx'])}, "
        f"ceiling {_number(pair['ceiling'])}, "
        f"corrected {_bounded(pair, 'disattenuated', 'disattenuated_')}"
    )
    yield f"shows in 80 of 100 cases from {_number(pair['minimum_detectable'])}"


def _write_over_time(pair: Row) -> Iterator[str]:
    pooled, within, waba, lags = (pair[name] for name in ("pooled", "within", "waba", "lags"))
    yield f"means of all periods: r {_bounded(pooled)}{_size(pooled)}"
    yield f"inside teams: r {_bounded(within)}, q {_chance(within['q_value'])}{_size(within)}"
    yield (
        f"all teams and periods: r {_number(waba['r_total'])}, of it between "
        f"{_number(waba['r_between'])} and within {_number(waba['r_within'])} (eta "
        f"{_number(waba['eta_ex'])} and {_number(waba['eta_cx'])}){_because(waba)}"
    )
    later = (f"{point['lag']}: {_bounded(point)}" for point in lags["points"])
    yield f"customers some periods later, inside teams: {', '.join(later) or NOT_KNOWN}" + _because(
        lags
    )


def _write_order(pair: Row) -> Iterator[str]:
    order = pair["direction"]
    yield f"{order['sentence']} [{order['chip']}]"
    for title, name in (
        ("employees before customers", "ex_before_cx"),
        ("customers before employees", "cx_before_ex"),
    ):
        arrow = order[name]
        yield f"{title} {_bounded(arrow, 'estimate')}, q {_chance(arrow['q_value'])}"
    yield (
        f"difference {_bounded(order['asymmetry'], 'estimate')}; "
        f"{_count(order['n_teams'], 'team')} with all of {_count(order['n_waves'], 'period')}, "
        f"{order['n_left_out']} left out{_because(order)}"
    )
    yield from order["caveats"]


def _write_robustness(pair: Row) -> Iterator[str]:
    yield (
        f"without any one team {_range(pair, 'loo_')}, "
        f"teams drawn again {_range(pair, 'bootstrap_')}"
    )
    most = pair["influence"]
    if most is not None:
        yield (
            f"most moved by {most['name']} ({most['team']}): {_number(most['r_without'])} without "
            f"it; teams that weigh heavily: {most['n_influential']}"
        )
    for one in pair["partial"]:
        yield f"{one['given']} held steady: {_bounded(one)}{_because(one)}"


def _bounded(row: Row, name: str = "r", prefix: str = "") -> str:
    if row[name] is None:
        return NOT_KNOWN
    return f"{_number(row[name])} ({_range(row, prefix)})"


def _range(row: Row, prefix: str) -> str:
    low, high = row[f"{prefix}low"], row[f"{prefix}high"]
    return NOT_KNOWN if low is None else f"{_number(low)} to {_number(high)}"


def _size(row: Row) -> str:
    sizes = f"{_count(row['n_teams'], 'team')}, {_count(row['n_waves'], 'period')}"
    return f"; {sizes}{_because(row)}"


def _because(row: Row) -> str:
    return f" ({row['reason']})" if row["reason"] else ""


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _chance(value: float | None) -> str:
    return "under 0.001" if value is not None and value < SMALLEST_SHOWN else _number(value)


def _number(value: float | None) -> str:
    return NOT_KNOWN if value is None else f"{value:.3f}"

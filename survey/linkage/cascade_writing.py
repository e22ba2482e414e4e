"""A cascade as text for a person: each chain with its links, then each arrow with its rating."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from survey.campaigns.models import Pairing
from survey.core.periods import period_name
from survey.statistics.cascade import FEWEST_EDGES

Row = Mapping[str, Any]

NOT_KNOWN = "not known"
INDENT = " " * 4
VERDICTS = {
    "SUPPORTED": "supported",
    "CANNOT_TELL": "can't tell",
    "TOO_FEW": "too few pairs of teams",
    "NOT_SHOWN": "not shown",
}
FEW_TEAMS = "too few teams have figures at both ends"
LINKS = {
    "staff_to_service": "how those who serve feel -> how they are rated",
    "service_to_staff": "how they are rated -> how the served feel, one survey later",
    "staff_to_customers": "how the served feel -> what their customers say",
}


def write_cascade(pairing: Pairing, document: Row) -> Iterator[str]:
    """Yield the lines that a person reads."""
    if document["period"] is None:
        yield f"{pairing}: nothing to show. {document['reason']}"
        return
    period = period_name(date.fromisoformat(document["period"]), pairing.period)
    scales = document["scales"]
    yield f"{pairing}, {period}, {document['scope']}"
    yield (
        f"{document['n_arrows']} pairs of teams, surveys among colleagues so far: "
        f"{document['n_waves']}; {scales['ex']['name']}, {scales['rating']['name']}, "
        f"{scales['cx']['name']}"
    )
    for chain in document["chains"]:
        yield ""
        yield from _write_chain(chain)
    yield ""
    for arrow in document["arrows"]:
        yield _write_arrow(arrow)
    yield (
        "Links between team averages. They do not show that one causes the other, nor that it "
        "holds for each person."
    )


def _write_chain(chain: Row) -> Iterator[str]:
    name = chain["name"] or "All pairs of teams"
    yield (
        f"{name}: {_judge(chain)} ({chain['n_arrows']} pairs of teams, "
        f"{chain['n_teams']} teams with customers)"
    )
    yield f"{INDENT}whole chain {_write_number(chain['product'], chain)}" + (
        "" if chain["p_value"] is None else f"; of wirings by chance, {chain['p_value']:.3f}"
    )
    for link in chain["links"]:
        told = f"{LINKS[link['name']]}: {_write_number(link['r'], link)}"
        yield f"{INDENT}{told}, {VERDICTS[link['verdict']]} (n = {link['n']})"
    if chain["reason"]:
        yield INDENT + chain["reason"]


def _judge(chain: Row) -> str:
    if chain["verdict"] == "TOO_FEW" and chain["n_arrows"] >= FEWEST_EDGES:
        return FEW_TEAMS
    return VERDICTS[chain["verdict"]]


def _write_arrow(arrow: Row) -> str:
    ends = f"{arrow['provider']} -> {arrow['consumer']}"
    if not arrow["is_shown"]:
        return f"{ends}: not shown"
    pooled = ", with others that few rated" if arrow["is_pooled"] else ""
    return f"{ends}: {_write_number(arrow['mean'], arrow, digits=1)} (n = {arrow['n']}{pooled})"


def _write_number(number: float | None, bounds: Row, *, digits: int = 3) -> str:
    if number is None:
        return NOT_KNOWN
    if bounds["low"] is None or bounds["high"] is None:
        return f"{number:.{digits}f}"
    return f"{number:.{digits}f} ({bounds['low']:.{digits}f} to {bounds['high']:.{digits}f})"

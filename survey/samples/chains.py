"""What was planted along the chains from team to team to customer, beside what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from survey.campaigns.models import Pairing
from survey.linkage.cascade_reading import latest_cascade
from survey.samples.serving import TRUE_CHAIN, WIRING
from survey.samples.truth import Truth

ARROWS = ("staff -> service", "service -> staff", "staff -> customers")


@dataclass(frozen=True, slots=True)
class PlantedChain:
    """A chain: for each arrow what was planted, and what the product found, with its interval."""

    name: str
    n_arrows: int
    planted: tuple[float, ...]
    found: tuple[tuple[float | None, float | None, float | None], ...]
    verdicts: tuple[str, ...]
    verdict: str


def read_chains(*, pairing: Pairing, truth: Truth) -> Iterator[PlantedChain]:
    """Yield what was found of each planted chain in the last quarter."""
    study = latest_cascade(pairing=pairing)
    found = {chain["code"]: chain for chain in study.chains} if study else {}
    for name in WIRING:
        if name in found:
            yield _put_beside(name, found[name], truth)


def list_lines(chains: Sequence[PlantedChain]) -> Iterator[str]:
    """Yield the lines in which a report prints chains."""
    if not chains:
        return
    yield "From team to team to customer, last quarter:"
    yield f"  {'':<40}{'planted':>8}{'found':>7}   95 % interval    verdict"
    for chain in chains:
        yield f"  {chain.name}, {chain.n_arrows} pairs of teams: {chain.verdict}"
        for name, planted, (r, low, high), verdict in zip(
            ARROWS, chain.planted, chain.found, chain.verdicts, strict=True
        ):
            interval = f"{say_number(low)} to {say_number(high)}"
            yield (
                f"    {name:<38}{say_number(planted):>8}{say_number(r):>7}"
                f"   {interval:<15}  {verdict}"
            )


def say_number(number: float | None) -> str:
    """Return a number as the report prints it."""
    return "-" if number is None else f"{number:.2f}"


def _round(number: float | None) -> float | None:
    """Drop the last digits, which hang on the order in which teams were stored."""
    return None if number is None else round(number, 6)


def _put_beside(name: str, chain: dict[str, Any], truth: Truth) -> PlantedChain:
    along = truth.along_a_chain if name == TRUE_CHAIN else 0.0
    links = chain["links"]
    return PlantedChain(
        name=name,
        n_arrows=chain["n_arrows"],
        planted=(along, along, truth.linked_to_treatment["fairness"]),
        found=tuple(
            (_round(link["r"]), _round(link["low"]), _round(link["high"])) for link in links
        ),
        verdicts=tuple(link["verdict"] for link in links),
        verdict=chain["verdict"],
    )

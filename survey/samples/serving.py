"""Who serves whom in the demo organisation, and what is planted along the way to the customer.

In one chain teams that feel treated fairly serve well, and teams that are served well feel treated
fairly a quarter later; in the other ratings go with nothing.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from survey.organization.service_lines import ServiceLine
from survey.organization.services import import_services
from survey.samples.organisation import REGIONS, team_code, team_names
from survey.samples.truth import FACTORS, FloatArray, Truth

TRUE_CHAIN, EMPTY_CHAIN = "Kitchen to counter", "Workshop to phones"
WIRING = {
    TRUE_CHAIN: (
        *(("Bakery", "Kitchen"), ("Deliveries", "Kitchen"), ("Deliveries", "Bakery")),
        *(("Bakery", "Front Desk"), ("Kitchen", "Front Desk"), ("Deliveries", "Front Desk")),
        *(("Bakery", "Checkout"), ("Kitchen", "Checkout")),
    ),
    EMPTY_CHAIN: (
        *(("Workshop", "Repairs"), ("Garden", "Repairs"), ("Workshop", "Phones")),
        *(("Repairs", "Phones"), ("Repairs", "Advice"), ("Phones", "Advice")),
    ),
}


@dataclass(frozen=True, slots=True)
class PlannedArrow:
    """One team serves another: their places in the simulation, their codes and their chain."""

    provider: int
    consumer: int
    provider_code: str
    consumer_code: str
    chain: str


def list_planned() -> tuple[PlannedArrow, ...]:
    """Return every arrow: each region is wired alike."""
    places = {name: place for place, name in enumerate(team_names())}
    return tuple(
        PlannedArrow(
            places[region, provider],
            places[region, consumer],
            team_code(region, provider),
            team_code(region, consumer),
            chain,
        )
        for region in REGIONS
        for chain, arrows in WIRING.items()
        for provider, consumer in arrows
    )


def bring_in_services(*, since: date, today: date) -> None:
    """Say who serves whom through a file, as any other company would."""
    lines = [
        ServiceLine(line, one.provider_code, one.consumer_code, one.chain, since)
        for line, one in enumerate(list_planned(), start=2)
    ]
    import_services(lines=lines, today=today)


def plant_ratings(*, truth: Truth, effects: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draw what is true of each arrow, shape (n_quarters, n_arrows), variance 1.

    `effects` are those of the teams, (n_quarters, n_teams, n_factors). Along the true chain a
    rating goes with the fairness of whoever serves, now, and of whoever is served, a quarter later
    (of the last quarter: now), by truth.along_a_chain each; both lean on their region.
    """
    arrows = list_planned()
    fairness = effects[:, :, FACTORS.index("fairness")]
    later = np.concatenate([fairness[1:], fairness[-1:]])
    of_true = np.array([one.chain == TRUE_CHAIN for one in arrows])
    alike = truth.steady_share * truth.region**2  # two teams of one region, in what is true of them
    share = of_true * truth.along_a_chain / (1 + alike)
    told = (
        fairness[:, [one.provider for one in arrows]] + later[:, [one.consumer for one in arrows]]
    )
    left = np.sqrt(1 - 2 * share**2 * (1 + alike))
    drawn: FloatArray = share * told + left * rng.normal(size=told.shape)
    return drawn

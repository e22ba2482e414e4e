"""Who serves whom in the demo organisation, and what is planted along the way."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest

from survey.organization.models import Service
from survey.organization.serving import find_cycles, list_arrows
from survey.samples.organisation import REGIONS, create_organisation, team_code, team_names
from survey.samples.serving import (
    EMPTY_CHAIN,
    TRUE_CHAIN,
    WIRING,
    bring_in_services,
    list_planned,
    plant_ratings,
)
from survey.samples.simulation import draw_team_effects
from survey.samples.truth import FACTORS, SHIPPED_TRUTH, FloatArray, Truth
from survey.statistics.cascade import FEWEST_EDGES

TODAY = date(2026, 3, 2)
SEEDS = range(1, 101)
SAMPLED_TRUTH = replace(SHIPPED_TRUTH, are_teams_sampled=True)
TRUTHS = {"exact": SHIPPED_TRUTH, "sampled": SAMPLED_TRUTH}
TRUTHS["empty"] = replace(SHIPPED_TRUTH, along_a_chain=0.0)
EACH_TRUTH = pytest.mark.parametrize("name", list(TRUTHS))
LUCK = 0.03  # three standard errors of a mean over the seeds


def draw(truth: Truth, seed: int) -> tuple[FloatArray, FloatArray]:
    """Return how fair each team feels, (n_quarters, n_teams), and what is true of each arrow."""
    rng = np.random.default_rng(seed)
    effects = draw_team_effects(truth, rng)
    return effects[:, :, FACTORS.index("fairness")], plant_ratings(
        truth=truth, effects=effects, rng=rng
    )


@cache
def moments(name: str) -> dict[tuple[str, str], float]:
    """Return the mean products of ratings with what they go with, by chain, over many seeds."""
    arrows = list_planned()
    providers = [one.provider for one in arrows]
    consumers = [one.consumer for one in arrows]
    chains = np.array([one.chain for one in arrows])
    products = []
    for seed in SEEDS:
        fairness, ratings = draw(TRUTHS[name], seed)
        told, before, later = ratings[:-1], fairness[:-1], fairness[1:]
        products.append(
            {
                "serves": told * before[:, providers],
                "is served": told * later[:, consumers],
                "itself": ratings**2,
                "is served at the end": ratings[-1:] * fairness[-1:, consumers],
            }
        )
    return {
        (chain, end): float(np.mean([one[end][:, chains == chain] for one in products]))
        for chain in WIRING
        for end in products[0]
    }


class TestListPlanned:
    def test_wires_every_region_alike(self) -> None:
        regions = Counter(one.chain for one in list_planned())

        assert regions == {name: len(REGIONS) * len(arrows) for name, arrows in WIRING.items()}
        for one in list_planned():
            assert one.provider_code == team_code(*team_names()[one.provider])
            assert one.consumer_code == team_code(*team_names()[one.consumer])
            assert team_names()[one.provider][0] == team_names()[one.consumer][0]

    def test_names_every_arrow_once_and_no_team_its_own(self) -> None:
        arrows = [(one.provider, one.consumer) for one in list_planned()]

        assert len(arrows) == len(set(arrows))
        assert not any(provider == consumer for provider, consumer in arrows)

    def test_keeps_the_chains_apart(self) -> None:
        """Else what is planted in one would be found in the other."""
        true, empty = (
            {team for arrow in WIRING[name] for team in arrow} for name in (TRUE_CHAIN, EMPTY_CHAIN)
        )

        assert not true & empty

    def test_gives_each_chain_arrows_enough_to_be_studied(self) -> None:
        assert min(Counter(one.chain for one in list_planned()).values()) >= FEWEST_EDGES


@pytest.mark.django_db
class TestBringInServices:
    def test_stores_every_arrow_from_the_first_day_on(self) -> None:
        create_organisation(headcounts=[1] * len(team_names()), seed=1, today=TODAY)
        since = TODAY - timedelta(days=700)
        bring_in_services(since=since, today=TODAY)
        stored = list_arrows(today=TODAY)

        assert {(one.provider_code, one.consumer_code, one.chain) for one in stored} == {
            (one.provider_code, one.consumer_code, one.chain) for one in list_planned()
        }
        assert set(Service.objects.values_list("active_from", "active_to")) == {(since, None)}
        assert find_cycles(stored) == ()


@EACH_TRUTH
class TestPlantRatings:
    def test_goes_with_who_serves_now_and_who_is_served_a_quarter_later(self, name: str) -> None:
        planted = TRUTHS[name].along_a_chain

        for end in ("serves", "is served"):
            assert moments(name)[TRUE_CHAIN, end] == pytest.approx(planted, abs=LUCK), end

    def test_goes_with_nothing_in_the_empty_chain(self, name: str) -> None:
        for end in ("serves", "is served"):
            assert moments(name)[EMPTY_CHAIN, end] == pytest.approx(0, abs=LUCK), end

    def test_varies_by_one(self, name: str) -> None:
        for chain in WIRING:
            assert moments(name)[chain, "itself"] == pytest.approx(1, abs=LUCK), chain

    def test_looks_at_the_same_quarter_where_there_is_none_after(self, name: str) -> None:
        planted = TRUTHS[name].along_a_chain

        found = moments(name)[TRUE_CHAIN, "is served at the end"]
        assert found == pytest.approx(planted, abs=2 * LUCK)

    def test_draws_the_same_for_the_same_seed_and_else_something_else(self, name: str) -> None:
        (_, first), (_, again), (_, other) = (draw(TRUTHS[name], seed) for seed in (3, 3, 4))

        assert (first == again).all()
        assert (first != other).all()

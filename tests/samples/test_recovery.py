"""What the product finds again of what was planted, in twenty organisations.

Answers take the product's own path, only without its database (test_recovery_stored goes the whole
way). All quarters are compared between teams; the last study looks back at all of them.
"""

from functools import cache

import pandas as pd
import pytest

from survey.samples.truth import CX_SCALES, EX_SCALES, PLACEBO, SHIPPED_TRUTH, Truth
from tests.samples.recovery import (
    PLANTED,
    SAMPLED_TRUTH,
    SEEDS,
    TRUTH_WITH_A_STRONG_LAG,
    TRUTH_WITHOUT_LAGS,
    count_leads,
    distances,
    explore,
    last_links,
    share_held,
    visible_lag,
)

LEAST_SHARE_HELD = 0.90
FARTHEST = 0.06
MOST_OF_TWENTY, LEAST_Q = 2, 0.01
MANY_SEEDS = range(1, 201)


@cache
def shipped() -> tuple[pd.DataFrame, pd.DataFrame]:
    return explore(SHIPPED_TRUTH, SEEDS)


@cache
def sampled() -> pd.DataFrame:
    return last_links(SAMPLED_TRUTH, SEEDS)


def of_last_quarter(links: pd.DataFrame) -> pd.DataFrame:
    return links[links.quarter == links.quarter.max()]


def linked(links: pd.DataFrame) -> pd.DataFrame:
    return links[links.ex != PLACEBO]


class TestIntervals:
    def test_are_there_for_every_pair(self) -> None:
        links = of_last_quarter(shipped()[0])

        assert len(links) == len(SEEDS) * len(EX_SCALES) * len(CX_SCALES)
        assert links[["r", "low", "high", "ceiling"]].notna().all(axis=None)

    def test_hold_the_planted_links_as_the_noise_lets_them_look(self) -> None:
        links, _ = shipped()

        assert share_held(of_last_quarter(links)) >= LEAST_SHARE_HELD
        assert share_held(links) >= LEAST_SHARE_HELD

    def test_hold_those_of_the_population_of_sampled_teams(self) -> None:
        assert share_held(sampled()) >= LEAST_SHARE_HELD

    def test_hold_exact_links_at_least_as_often(self) -> None:
        """Exact links leave out one source of chance, which the intervals allow for."""
        assert share_held(of_last_quarter(shipped()[0])) >= share_held(sampled())

    def test_do_not_hold_the_planted_links_as_they_are(self) -> None:
        for links in (shipped()[0], sampled()):
            assert share_held(linked(links), through_noise=False) < LEAST_SHARE_HELD


class TestDisattenuatedLinks:
    def test_lie_around_the_planted_ones(self) -> None:
        assert distances(shipped()[0], "disattenuated").abs().max() <= FARTHEST

    def test_would_not_without_the_correction(self) -> None:
        assert distances(linked(shipped()[0]), "r").max() < -FARTHEST


class TestPlacebo:
    def test_is_seldom_found_linked(self) -> None:
        links, _ = shipped()

        assert (links[links.ex == PLACEBO].p_value < 0.05).mean() <= 0.10
        assert (linked(links).p_value < 0.05).mean() > 0.25

    def test_is_hardly_ever_said_to_come_before_or_after(self) -> None:
        leads = count_leads(shipped()[1]).loc[PLACEBO]

        assert len(leads) == 2 * len(CX_SCALES)
        assert leads.n_said.max() <= MOST_OF_TWENTY
        assert leads.q.min() >= LEAST_Q

    def test_alone_shows_no_lag_even_by_way_of_others(self) -> None:
        """Being seen goes with fairness, which leads; looked at alone, it leads a little too."""
        for pair in ({"of": PLACEBO, "on": "treatment"}, {"of": "treatment", "on": PLACEBO}):
            assert visible_lag(SHIPPED_TRUTH, **pair) == 0
        assert visible_lag(SHIPPED_TRUTH, of="seen", on="treatment") == pytest.approx(
            0.08, abs=0.02
        )
        assert visible_lag(SHIPPED_TRUTH, of="fairness", on="treatment") == pytest.approx(0.20)


class TestWhoCameFirst:
    def test_is_hardly_ever_told_wrongly(self) -> None:
        """Only fairness was planted to lead treatment; the others do so by way of it."""
        leads = count_leads(shipped()[1]).xs("ex", level="leader")

        assert leads.drop("fairness", level="ex").n_said.max() <= MOST_OF_TWENTY

    def test_is_told_where_somebody_clearly_did(self) -> None:
        _, orders = explore(TRUTH_WITH_A_STRONG_LAG, [1])
        leads = count_leads(orders).xs("ex", level="leader")

        assert (leads.loc["fairness"].n_said == 1).all()
        assert leads.loc[PLACEBO].n_said.sum() == 0


@pytest.mark.soak
class TestManyOrganisations:
    @pytest.mark.parametrize("truth", [SHIPPED_TRUTH, SAMPLED_TRUTH], ids=["exact", "sampled"])
    def test_are_described_truly_on_average(self, truth: Truth) -> None:
        links = last_links(truth, MANY_SEEDS)

        assert 0.93 <= share_held(links) <= 0.99
        assert distances(links, "disattenuated").abs().max() <= FARTHEST
        assert share_held(linked(links), through_noise=False) < 0.85

    def test_without_lags_show_none(self) -> None:
        leads = count_leads(explore(TRUTH_WITHOUT_LAGS, SEEDS)[1])

        assert len(leads) == 2 * len(PLANTED) * len(CX_SCALES)
        assert leads.n_said.max() <= MOST_OF_TWENTY
        assert leads.q.min() >= LEAST_Q

"""Answers drawn from the planted truth: the same generator as the demo, without a database."""

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest

from survey.samples import simulation
from survey.samples.simulation import NO_ANSWER, Sheet, draw_team_effects, simulate
from survey.samples.truth import (
    CX_SCALES,
    EX_SCALES,
    FACTORS,
    LIGHT_SCALES,
    SHIPPED_TRUTH,
    PlantedScale,
)
from survey.statistics.agreement import intraclass
from survey.statistics.correlation import pearson
from survey.statistics.reliability import cronbach_alpha
from survey.statistics.scales import score

SEEDS = range(1, 21)
MANY_SEEDS = range(1, 301)
SAMPLED_TRUTH = replace(SHIPPED_TRUTH, are_teams_sampled=True)
SCALES = {scale.code: scale for scale in (*EX_SCALES, *CX_SCALES)}
SCALES_OF_LIGHT = {scale.code: scale for scale in LIGHT_SCALES}
FEWEST = {"ex": 5, "cx": 10}


@lru_cache(maxsize=len(SEEDS))
def last_quarter(seed: int) -> dict[str, Sheet]:
    quarter = simulate(truth=SHIPPED_TRUTH, seed=seed)[-1]
    return {"ex": quarter.ex, "cx": quarter.cx}


def items_of(sheet: Sheet, scale: PlantedScale) -> pd.DataFrame:
    answers = pd.DataFrame(sheet.answers, columns=list(sheet.items))[list(scale.items)]
    return answers.astype(float).mask(answers == NO_ANSWER)


def scores(sheet: Sheet, scale: PlantedScale) -> pd.Series:
    low, high = (0, 10) if scale.is_rating else (1, 5)
    reverse = tuple(scale.reversed_items)
    return score(items_of(sheet, scale), reverse=reverse, minimum=low, maximum=high)


def team_means(side: str, code: str, seed: int) -> pd.Series:
    sheet = last_quarter(seed)[side]
    by_team = scores(sheet, SCALES[code]).groupby(sheet.teams)
    return by_team.mean().where(by_team.count() >= FEWEST[side])


def observed(ex: str, cx: str, seed: int) -> float:
    found = pearson(team_means("ex", ex, seed), team_means("cx", cx, seed)).r
    assert found is not None
    return found


class TestObservedLinks:
    def test_are_as_weak_as_so_much_noise_lets_them_look(self) -> None:
        found = [observed("fairness", "treatment", seed) for seed in SEEDS]

        assert 0.22 <= np.mean(found) <= 0.34

    def test_are_none_for_the_placebo(self) -> None:
        found = [observed("parking", "treatment", seed) for seed in SEEDS]

        assert abs(np.mean(found)) <= 0.08

    @pytest.mark.soak
    def test_are_so_on_average_over_many_seeds(self) -> None:
        pairs = ("fairness", "treatment"), ("parking", "treatment")
        found = np.array([[observed(*pair, seed) for pair in pairs] for seed in MANY_SEEDS])
        linked, placebo = found.mean(axis=0)

        assert 0.25 <= linked <= 0.29
        assert abs(placebo) <= 0.02


class TestMeasurement:
    @pytest.mark.parametrize("code", list(SCALES))
    def test_has_the_planted_share_of_variance_between_teams(self, code: str) -> None:
        scale = SCALES[code]
        side = "cx" if scale in CX_SCALES else "ex"
        found = []
        for seed in SEEDS:
            sheet = last_quarter(seed)[side]
            icc = intraclass(scores(sheet, scale), pd.Series(sheet.teams)).icc1
            found.append(icc)

        planted = SHIPPED_TRUTH.icc(factor=scale.factor)
        assert np.mean(found) == pytest.approx(planted, rel=0.2)

    @pytest.mark.parametrize("code", ["fairness", "seen", "passion", "treatment"])
    def test_has_the_planted_alpha(self, code: str) -> None:
        scale = SCALES[code]
        side = "cx" if scale in CX_SCALES else "ex"
        found = []
        for seed in SEEDS:
            items = items_of(last_quarter(seed)[side], scale)
            for item in scale.reversed_items:
                items[item] = 6 - items[item]
            found.append(cronbach_alpha(items).alpha)

        assert np.mean(found) == pytest.approx(SHIPPED_TRUTH.alpha, abs=0.015)

    def test_keeps_to_the_planted_sizes(self) -> None:
        for quarter in simulate(truth=SHIPPED_TRUTH, seed=1):
            for sheet, (fewest, most) in (
                (quarter.ex, SHIPPED_TRUTH.ex_per_wave),
                (quarter.cx, SHIPPED_TRUTH.cx_per_quarter),
            ):
                sizes = np.bincount(sheet.teams)
                assert len(sizes) == 60
                assert fewest <= sizes.min() <= sizes.max() <= most


class TestDrawTeamEffects:
    def test_holds_the_planted_correlations_exactly_in_every_quarter(self) -> None:
        effects = draw_team_effects(SHIPPED_TRUTH, np.random.default_rng(7))

        for quarter in effects:
            assert np.cov(quarter.T, bias=True) == pytest.approx(SHIPPED_TRUTH.correlations())

    def test_leans_on_the_region_as_planted(self) -> None:
        effects = draw_team_effects(SHIPPED_TRUTH, np.random.default_rng(7))
        by_region = effects.mean(axis=0).reshape(SHIPPED_TRUTH.n_regions, -1, len(FACTORS))
        shift = by_region.mean(axis=1).std(axis=0)

        leaning = [place for place, factor in enumerate(FACTORS) if factor != "parking"]
        assert (shift[leaning] > 0.25 * np.sqrt(SHIPPED_TRUTH.steady_share)).all()

    def test_carries_fairness_into_next_quarters_treatment(self) -> None:
        effects = draw_team_effects(SHIPPED_TRUTH, np.random.default_rng(7))
        moves = (effects - effects.mean(axis=0)) / np.sqrt(1 - SHIPPED_TRUTH.steady_share)
        before = moves[:-1].reshape(-1, len(FACTORS))
        after = moves[1:].reshape(-1, len(FACTORS))
        found, *_ = np.linalg.lstsq(before, after, rcond=None)

        ex, cx = FACTORS.index("fairness"), FACTORS.index("treatment")
        assert found[ex, cx] == pytest.approx(0.20, abs=0.1)
        assert found[ex, cx] > found[cx, ex]

    def test_holds_the_correlations_in_the_population_of_sampled_teams(self) -> None:
        rng = np.random.default_rng(7)
        products = [
            quarter.T @ quarter / SAMPLED_TRUTH.n_teams
            for quarter in (draw_team_effects(SAMPLED_TRUTH, rng)[-1] for _ in MANY_SEEDS)
        ]

        assert np.mean(products, axis=0) == pytest.approx(SAMPLED_TRUTH.correlations(), abs=0.03)
        assert np.std(products, axis=0).min() > 0.08  # about 1 / sqrt(60): no sample is exact


class TestLights:
    VIEW, TRUST = (SCALES_OF_LIGHT[code] for code in ("customer_view", "survey_trust"))

    def test_see_customers_too_rosily(self) -> None:
        gaps = [
            scores(last_quarter(seed)["ex"], self.VIEW).mean()
            - scores(last_quarter(seed)["cx"], SCALES["treatment"]).mean()
            for seed in SEEDS
        ]

        assert 0.2 <= np.mean(gaps) <= 0.6  # of five points

    def test_know_a_little_of_how_customers_feel(self) -> None:
        found = []
        for seed in SEEDS:
            sheets = last_quarter(seed)
            view = scores(sheets["ex"], self.VIEW).groupby(sheets["ex"].teams).mean()
            found.append(pearson(view, team_means("cx", "treatment", seed)).r)

        assert 0.1 <= np.mean(found) <= 0.5

    def test_are_drawn_apart_from_everything_else(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with_all = simulate(truth=SHIPPED_TRUTH, seed=5)[1]
        monkeypatch.setattr(simulation, "LIGHT_SCALES", (self.TRUST,))
        with_one = simulate(truth=SHIPPED_TRUTH, seed=5)[1]

        assert with_all.ex.items[:-2] == with_one.ex.items
        assert (with_all.ex.answers[:, :-4] == with_one.ex.answers[:, :-2]).all()
        assert (with_all.cx.answers == with_one.cx.answers).all()


class TestSimulate:
    def test_draws_the_same_for_the_same_seed_and_else_something_else(self) -> None:
        first, again, other = (simulate(truth=SHIPPED_TRUTH, seed=seed)[0].ex for seed in (3, 3, 4))

        assert (first.answers == again.answers).all()
        assert first.answers.shape != other.answers.shape or (first.answers != other.answers).any()

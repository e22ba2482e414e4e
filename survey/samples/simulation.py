"""Answers drawn from the planted truth, the same for the same seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from survey.samples.truth import (
    CX_SCALES,
    EX_SCALES,
    FACTORS,
    LIGHT_SCALES,
    RATING,
    FloatArray,
    PlantedScale,
    Truth,
)

IntArray = npt.NDArray[np.int64]

CUTS = np.array([-2.1, -1.35, -0.45, 0.6])  # most people agree: the mean is about 3.6 of 5
CATEGORY_LOSS = 0.88  # correlations of five-point answers against those of what lies behind them
RATING_LOSS = 0.97  # the same for ratings of 0 to 10, many of which end at 10
RATING_CENTRE, RATING_SPREAD = 7.2, 2.1
SINGLE_ITEM_PERSON_SHARE = 0.5
ITEM_LEVELS_SPREAD = 0.2
RARE_TOUCH = {"treated_extra": -0.8}  # something extra is not met with every day
WARY = {"survey_trust_1": -0.3, "survey_trust_2": -0.7}  # many have seen nothing change
CANT_SAY = 0.03
NO_ANSWER = -1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The answers of one side in one quarter: row i is a person of team teams[i]."""

    teams: IntArray  # shape (n_people,)
    items: tuple[str, ...]
    answers: IntArray  # shape (n_people, n_items); NO_ANSWER where somebody can't say


@dataclass(frozen=True, slots=True)
class Quarter:
    """Both sides of one quarter."""

    ex: Sheet
    cx: Sheet


def simulate(*, truth: Truth, seed: int) -> list[Quarter]:
    """Draw every quarter of the organisation, the oldest first."""
    team_rng, size_rng, item_rng, answer_rng, light_rng = np.random.default_rng(seed).spawn(5)
    effects = draw_team_effects(truth, team_rng)
    headcounts, flows = _draw_sizes(truth, size_rng)
    levels = {
        item: item_rng.normal(RARE_TOUCH.get(item, 0.0), ITEM_LEVELS_SPREAD)
        for scale in (*EX_SCALES, *CX_SCALES)
        for item in scale.items
    }
    light_levels = {
        item: light_rng.normal(WARY.get(item, truth.rosy_view), ITEM_LEVELS_SPREAD)
        for scale in LIGHT_SCALES
        for item in scale.items
    }
    quarters = []
    for effect in effects:
        n_ex = np.rint(headcounts * size_rng.uniform(0.7, 1.0, truth.n_teams)).astype(int)
        n_cx = size_rng.poisson(flows)
        draw = partial(_draw_sheet, truth, effects=effect, levels=levels, rng=answer_rng)
        light = partial(_draw_sheet, truth, effects=effect, levels=light_levels, rng=light_rng)
        sizes = n_ex.clip(*truth.ex_per_wave)
        quarters.append(
            Quarter(
                ex=_join(
                    draw(scales=EX_SCALES, sizes=sizes), light(scales=LIGHT_SCALES, sizes=sizes)
                ),
                cx=draw(scales=CX_SCALES, sizes=n_cx.clip(*truth.cx_per_quarter)),
            )
        )
    return quarters


def draw_ratings(*, truth: Truth, effects: FloatArray, rng: np.random.Generator) -> Sheet:
    """Draw what colleagues answer, each about the arrow whose effect stands in their place."""
    shared, share = _shared_part(truth, RATING, effects, rng.normal(size=len(effects)))
    columns = [
        _answer(shared + np.sqrt(1 - share) * rng.normal(size=len(effects)), RATING, item)
        for item in RATING.items
    ]
    answers = np.stack(columns, axis=1)
    answers[rng.random(answers.shape) < CANT_SAY] = NO_ANSWER
    return Sheet(np.arange(len(effects)), RATING.items, answers)


def _join(sheet: Sheet, other: Sheet) -> Sheet:
    """Put further answers of the same people beside those they gave."""
    return Sheet(
        sheet.teams,
        (*sheet.items, *other.items),
        np.concatenate([sheet.answers, other.answers], axis=1),
    )


def draw_team_effects(truth: Truth, rng: np.random.Generator) -> FloatArray:
    """Draw what is true of each team, shape (n_quarters, n_teams, n_factors), variance 1.

    A steady part, which leans on the region, and a part that carries over from quarter to quarter
    and crosses between the two sides with a lag. The planted correlations hold exactly among these
    teams, in every quarter: what is printed as planted is a fact about them. Where the teams are
    sampled, it is a fact about the population that they come from.
    """
    draw = _draw_freely if truth.are_teams_sampled else _draw_exactly
    correlations, loadings = truth.correlations(), truth.region_loadings()
    carry = truth.carry_over()
    own_share = correlations - np.outer(loadings, loadings)
    fresh = correlations - carry @ correlations @ carry.T
    everybody = np.ones((truth.n_teams, 1))
    levels = rng.normal(size=truth.n_regions)
    levels = levels if truth.are_teams_sampled else _standardise(levels)
    regions = np.repeat(levels, truth.teams_per_region)
    settled = np.column_stack([everybody, regions])
    own = draw(own_share, rng, apart_from=settled)
    settled = np.column_stack([settled, own])
    moving = [draw(correlations, rng, apart_from=settled)]
    while len(moving) < truth.n_quarters:
        news = draw(fresh, rng, apart_from=np.column_stack([settled, moving[-1]]))
        moving.append(moving[-1] @ carry.T + news)
    steady = np.outer(regions, loadings) + own
    effects: FloatArray = np.sqrt(truth.steady_share) * steady + np.sqrt(
        1 - truth.steady_share
    ) * np.stack(moving)
    return effects


def _standardise(values: FloatArray) -> FloatArray:
    """Return values with mean 0 and variance 1."""
    standardised: FloatArray = (values - values.mean()) / values.std()
    return standardised


def _draw_exactly(
    covariance: FloatArray, rng: np.random.Generator, *, apart_from: FloatArray
) -> FloatArray:
    """Draw one vector per row of apart_from, uncorrelated with its columns, covariance exact."""
    basis, _ = np.linalg.qr(apart_from)
    raw = rng.normal(size=(len(apart_from), len(covariance)))
    raw -= basis @ (basis.T @ raw)
    white, _ = np.linalg.qr(raw)
    drawn: FloatArray = white * np.sqrt(len(raw)) @ np.linalg.cholesky(covariance).T
    return drawn


def _draw_freely(
    covariance: FloatArray, rng: np.random.Generator, *, apart_from: FloatArray
) -> FloatArray:
    """Draw one vector per row of apart_from, from a population of this covariance."""
    raw = rng.normal(size=(len(apart_from), len(covariance)))
    drawn: FloatArray = raw @ np.linalg.cholesky(covariance).T
    return drawn


def _draw_sizes(truth: Truth, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Draw how many people and how many customers a quarter each team has."""
    fewest, most = truth.ex_per_wave
    headcounts = rng.triangular(fewest, 0.45 * (fewest + most), 1.15 * most, truth.n_teams)
    flows = rng.lognormal(np.log(38), 0.55, truth.n_teams)
    return headcounts, flows.clip(*truth.cx_per_quarter)


def _draw_sheet(
    truth: Truth,
    *,
    scales: Sequence[PlantedScale],
    effects: FloatArray,
    sizes: IntArray,
    levels: dict[str, float],
    rng: np.random.Generator,
) -> Sheet:
    """Draw what everybody answers on every item."""
    teams = np.repeat(np.arange(truth.n_teams), sizes)
    root = np.linalg.cholesky(truth.correlations())
    people = rng.normal(size=(len(teams), len(FACTORS))) @ root.T
    columns = []
    for scale in scales:
        place = FACTORS.index(scale.factor)
        shared, share = _shared_part(truth, scale, effects[teams, place], people[:, place])
        for item in scale.items:
            behind = shared + np.sqrt(1 - share) * rng.normal(size=len(teams)) + levels[item]
            columns.append(_answer(behind, scale, item))
    answers = np.stack(columns, axis=1)
    answers[rng.random(answers.shape) < CANT_SAY] = NO_ANSWER
    return Sheet(teams, tuple(item for scale in scales for item in scale.items), answers)


def _shared_part(
    truth: Truth, scale: PlantedScale, team: FloatArray, person: FloatArray
) -> tuple[FloatArray, float]:
    """Return what the items of a scale share in each person, and its share of their variance.

    The variance of a mean of k items is r / alpha, r the correlation between them; the part between
    teams is ICC(1) of that. Both are raised by what is lost to five categories.
    """
    k, icc = len(scale.items), truth.icc(factor=scale.factor)
    loss = RATING_LOSS if scale.is_rating else CATEGORY_LOSS
    if k == 1:
        between, share = icc / loss, SINGLE_ITEM_PERSON_SHARE
    else:
        r = truth.alpha / (k - truth.alpha * (k - 1))
        between, share = icc * r / truth.alpha / loss, r / loss
    return np.sqrt(between) * team + np.sqrt(share - between) * person, share


def _answer(behind: FloatArray, scale: PlantedScale, item: str) -> IntArray:
    """Turn what lies behind an answer into one of the options."""
    if scale.is_rating:
        return np.rint(RATING_CENTRE + RATING_SPREAD * behind).clip(0, 10).astype(int)
    values = np.digitize(behind, CUTS) + 1
    return 6 - values if item in scale.reversed_items else values

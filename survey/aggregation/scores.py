"""From the answers of a wave to scores: one row per response. Scores are computed, never stored."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import QuerySet
from numpy.typing import NDArray

from survey.aggregation.metrics import Metric, item_scores
from survey.questionnaires.content import ProfileContent, QuestionnaireContent
from survey.responses.models import Response
from survey.statistics import scales
from survey.statistics.inputs import ROUNDING, FloatArray

CHUNK = 5_000
NO_CELL = 0
PLACE = ["group_id", "cell_id"]

Row = tuple[int, int | None, Mapping[str, Any]]


def read_values(responses: QuerySet[Response], item_codes: Sequence[str]) -> pd.DataFrame:
    """Read the option values that people chose. Columns: group_id, cell_id (0: none), the items.

    What was not answered, or answered with "can't say", is NaN.
    """
    rows = responses.values_list(*PLACE, "answers").iterator(chunk_size=CHUNK)
    return tabulate(
        ((group, cell, envelope["answers"]) for group, cell, envelope in rows), item_codes
    )


def tabulate(rows: Iterator[Row], item_codes: Sequence[str]) -> pd.DataFrame:
    """Return rows of group, cell (or none) and answers as `read_values` does."""
    places = [np.empty((0, 2), dtype=np.int64)]
    blocks = [np.empty((0, len(item_codes)))]
    for chunk in _chunks(rows):
        places.append(np.array([(group, cell or NO_CELL) for group, cell, _ in chunk]))
        block = [[answers.get(code) for code in item_codes] for _, _, answers in chunk]
        blocks.append(np.array(block, dtype=float).reshape(len(chunk), len(item_codes)))
    frame = pd.DataFrame(np.concatenate(blocks), columns=list(item_codes))
    where = pd.DataFrame(np.concatenate(places), columns=PLACE)
    return pd.concat([where, frame], axis=1)


def score_items(values: pd.DataFrame, content: QuestionnaireContent) -> pd.DataFrame:
    """Replace option values by the options' scores; "don't know" is NaN. One column per item."""
    scored = {
        code: _look_up(values[code].to_numpy(), item_scores(content.item(code)))
        for code in values.columns
        if code not in PLACE
    }
    return pd.DataFrame(scored, index=values.index)


def score_metrics(items: pd.DataFrame, metrics: Sequence[Metric]) -> pd.DataFrame:
    """Average each person's item scores: NaN where less than half of a scale was answered.

    One column per metric; a shown item is its own score. Whoever fits the first of some profiles
    scores 1 on them, everybody else 0: they are told by scales of the same family.
    """
    columns = {metric.code: _score(items, metric) for metric in metrics if not metric.profiles}
    scores = pd.DataFrame(columns, index=items.index)
    for metric in metrics:
        if metric.profiles:
            scores[metric.code] = fits_profiles(scores, metric.profiles)[0].astype(float)
    return scores


def _score(items: pd.DataFrame, metric: Metric) -> pd.Series:
    """Score every part of a metric, and weigh the parts by their number of items."""
    parts = [
        len(part)
        * scales.score(
            items[list(part)],
            reverse=metric.reversed_codes.intersection(part),
            minimum=metric.minimum,
            maximum=metric.maximum,
        )
        for part in metric.parts or (metric.item_codes,)
    ]
    return sum(parts[1:], start=parts[0]) / len(metric.item_codes)


def fits_profiles(
    scores: pd.DataFrame, profiles: Sequence[ProfileContent]
) -> list[NDArray[np.bool_]]:
    """Say who fits each profile, by scores on the scales that tell it.

    Who fits several has the first of them; who fits none has the one without conditions.
    """
    taken = np.zeros(len(scores), dtype=bool)
    found: dict[str, NDArray[np.bool_]] = {}
    for profile in sorted(profiles, key=lambda profile: profile.is_everybody_else):
        fits = ~taken
        for code, least in profile.at_least.items():
            fits &= scores[code].to_numpy() >= least - ROUNDING
        for code, limit in profile.below.items():
            fits &= scores[code].to_numpy() < limit - ROUNDING
        found[profile.code] = fits
        taken |= fits
    return [found[profile.code] for profile in profiles]


def _chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _look_up(values: FloatArray, known: dict[int, float]) -> FloatArray:
    if not known:
        return np.full(values.shape, np.nan)
    keys = np.array(sorted(known), dtype=float)
    scores = np.array([known[int(key)] for key in keys])
    place = np.minimum(np.searchsorted(keys, values), keys.size - 1)
    found: FloatArray = np.where(keys[place] == values, scores[place], np.nan)
    return found

"""What those who did not answer could change, and weights that make up for who they were."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from survey.statistics.inputs import FloatArray, Labels, Values, by_group, given

LIGHTEST, HEAVIEST = 1 / 3, 3.0
HALF_AN_SD = 0.5


@dataclass(frozen=True, slots=True)
class Weighted:
    """A mean weighted to a known headcount, in the unit of the scores.

    `design_effect` is how much the weights widen the variance, `n_effective` the number of equally
    weighted answers that would be worth as much. All None, with a reason, where no weights exist.
    """

    mean: float | None
    design_effect: float | None
    n_effective: float | None
    n: int
    reason: str = ""


def post_stratify(values: Values, levels: Labels, headcount: Mapping[Any, int]) -> Weighted:
    """Weigh scores, shape (n,), so that the levels of one cut count as in the headcount.

    weight = (share of the headcount) / (share of the answers), cut to 1/3 to 3; design effect
    1 + CV^2 of the weights, n_effective = n / design effect (Kish 1965, section 11.7; Holt & Smith
    1979). For the whole organisation and one declared cut at a time. Answers of a level without a
    headcount are left out; levels that nobody answered in cannot be made up for.
    """
    rows, codes, labels = by_group(values, levels)
    heads = np.array([_heads(headcount, label) for label in labels])
    kept = heads[codes] > 0 if codes.size else np.zeros(0, dtype=bool)
    scores, codes = rows[kept, 0], codes[kept]
    if not scores.size:
        return Weighted(None, None, None, 0, "no answers of a level with a known headcount")
    answered = np.bincount(codes, minlength=len(labels))
    known = answered > 0
    shares = np.where(known, heads, 0.0) / heads[known].sum()
    weights = (shares[codes] / (answered[codes] / scores.size)).clip(LIGHTEST, HEAVIEST)
    effect = design_effect(weights)
    mean = float((weights * scores).sum() / weights.sum())
    return Weighted(mean, effect, scores.size / effect, int(scores.size))


def design_effect(weights: Values) -> float:
    """Return 1 + CV^2 of weights, shape (n,): n sum(w^2) / sum(w)^2 (Kish 1965); 1 for none."""
    w: FloatArray = given(weights)
    w = w[w > 0]
    return float(w.size * (w**2).sum() / w.sum() ** 2) if w.size else 1.0


def worst_shift(response_rate: float | None, sd: float | None) -> float | None:
    """Return how far a mean could be off: (1 - response rate) x half a standard deviation.

    In the unit of sd: the bias if those who kept silent differ by that much (Groves 2006, equation
    1). None where the rate, 0 to 1, or the standard deviation is not known.
    """
    if response_rate is None or sd is None or not (0 <= response_rate <= 1 and 0 <= sd < np.inf):
        return None
    return (1 - response_rate) * HALF_AN_SD * sd


def _heads(headcount: Mapping[Any, int], label: Any) -> float:
    return float(max(headcount.get(label, 0), 0))

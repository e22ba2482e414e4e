"""What leaders do not know of people, and how each released number adds it up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from survey.aggregation.metrics import Metric
from survey.aggregation.printing import PrintedFigure
from tests.attacks.algebra import PRIME, Ints, invert

Marks = NDArray[np.bool_]
Floats = NDArray[np.float64]
FAVOURABLE, SQUARES, PROMOTERS = "favourable", "squares", "promoters less detractors"
OWN_SPREAD_FROM = 10
READ = frozenset({"shares", "recommend", "bounds", "end", "divided"})  # of a figure's detail


@dataclass(frozen=True, eq=False)
class Told:
    """One figure, and which people (rows of what was said) the page says it is of."""

    metric: Metric
    where: Marks
    figure: PrintedFigure
    is_of_cut: bool = False


class Scoring:
    """How the answers of people count in metrics, where it is known what they left out."""

    def __init__(self, items: Sequence[str], answered: Marks) -> None:
        self.items = items
        self.answered = answered
        self._column = {item: place for place, item in enumerate(items)}

    def has_score(self, metric: Metric) -> Marks:
        """Say who answered at least half of each part of a metric."""
        found = np.ones(len(self.answered), dtype=bool)
        for part in metric.parts or (metric.item_codes,):
            n = self.answered[:, [self._column[item] for item in part]].sum(axis=1)
            found &= (n > 0) & (2 * n >= len(part))
        return found

    def weights(self, metric: Metric) -> Iterator[tuple[int, Ints, Ints]]:
        """Yield each item's column, and how much it counts per person: above and below the line."""
        answered = self.answered.astype(np.int64)
        for part in metric.parts or (metric.item_codes,):
            columns = [self._column[item] for item in part]
            n = np.maximum(answered[:, columns].sum(axis=1), 1)
            for column in columns:
                yield column, len(part) * answered[:, column], n * len(metric.item_codes)

    def scores(self, metric: Metric, answers: Floats) -> Floats:
        """Return everybody's score from 0 to 1, as it follows from true answers."""
        found = np.zeros(len(answers))
        for column, above, below in self.weights(metric):
            own = np.nan_to_num(answers[:, column], nan=0.0)
            if self.items[column] in metric.reversed_codes:
                own = metric.minimum + metric.maximum - own
            found += own * above / below
        return (found - metric.minimum) / (metric.maximum - metric.minimum)


class Unknowns:
    """The unknown numbers of the people of each cell, and the rows that figures are of them.

    An item whose shares are told has an unknown per option but the first: how many chose it. Other
    items have one: the sum of their scores. Further unknowns count people by metric.
    """

    def __init__(self, scoring: Scoring, told: Sequence[Told]) -> None:
        self._scoring = scoring
        metrics = {one.metric.code: one.metric for one in told}
        shared = {one.metric.code for one in told if "shares" in one.figure.detail}
        by_item = {
            one.item_codes[0]: one for one in metrics.values() if one.code in shared
            if one.has_one_item and not one.profiles
        }  # fmt: skip
        self._names: dict[Any, int] = {}
        for item in scoring.items:
            options = by_item[item].options if item in by_item else ()
            self._add(*[(item, value) for value, _ in options[1:]] or [item])
        for code, metric in metrics.items():
            extra = (FAVOURABLE, SQUARES, PROMOTERS)
            self._add(*((code, one) for one in extra))
            self._add(*((code, value) for value, _ in metric.options if metric.profiles))
        self._by_item = by_item
        self._means = {code: self._mean(one) for code, one in metrics.items() if not one.profiles}

    def __len__(self) -> int:
        return len(self._names)

    def rows(self, told: Told) -> Iterator[Ints]:
        """Yield (cells, unknowns) for each number of a figure, of everybody in it or not."""
        metric, figure = told.metric, told.figure
        assert set(figure.detail) <= READ, f"the attackers do not read {set(figure.detail) - READ}"
        if not metric.profiles:
            yield self._means[metric.code]
        if figure.favourable is not None:
            yield self._alone((metric.code, FAVOURABLE))
        if figure.se is not None and figure.n >= OWN_SPREAD_FROM:
            yield self._alone((metric.code, SQUARES))
        if "recommend" in figure.detail:
            yield self._alone((metric.code, PROMOTERS))
        if "shares" in figure.detail:
            at = metric.code if metric.profiles else metric.item_codes[0]
            for value, _ in metric.options[1:]:
                yield self._alone((at, value))

    def _add(self, *names: Any) -> None:
        for name in names:
            self._names.setdefault(name, len(self._names))

    def _alone(self, name: Any) -> Ints:
        found = np.zeros((len(self._scoring.answered), len(self)), dtype=np.int64)
        found[:, self._names[name]] = 1
        return found

    def _mean(self, metric: Metric) -> Ints:
        """Return by how much each unknown counts in the sum of scores; constants are known."""
        found = np.zeros((len(self._scoring.answered), len(self)), dtype=np.int64)
        for column, above, below in self._scoring.weights(metric):
            item = self._scoring.items[column]
            share = above * invert(below) % PRIME
            share = (PRIME - share) % PRIME if item in metric.reversed_codes else share
            if item in self._names:
                found[:, self._names[item]] = share
                continue
            first, *others = self._by_item[item].options
            for value, score in others:
                found[:, self._names[item, value]] = share * round(60 * (score - first[1])) % PRIME
        return found

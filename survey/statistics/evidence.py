"""What is known about one link when it is judged, and the questions the verdict asks of it."""

from dataclasses import dataclass
from math import sqrt

from survey.statistics.agreement import Level
from survey.statistics.correlation import Correlation
from survey.statistics.correlation.limits import LEAST_PRODUCT

FEWEST_TEAMS = 8
ENOUGH_TEAMS = 20
MATTERS = 0.2
Q_LIMIT = 0.10
SHAPE_DIFFERENCE = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The figures of one link; None is not known, and not known never leads to a claim."""

    n_teams: int
    r: float | None
    low: float | None
    high: float | None
    q_value: float | None
    reliability_x: float | None
    reliability_y: float | None
    gate_x: Level | None
    gate_y: Level | None
    loo_low: float | None
    loo_high: float | None
    spearman: float | None
    previous: Correlation | None
    ex_label: str
    cx_label: str
    adjusted: float | None
    adjusted_for: str
    n_left_out: int
    trust_is_low: bool

    @property
    def has_too_few_teams(self) -> bool:
        """Fewer teams than a coefficient needs."""
        return self.n_teams < FEWEST_TEAMS

    @property
    def is_not_measurable(self) -> bool:
        """Teams cannot be told apart on one side, or the two scores are too noisy together."""
        product = self.reliability_product
        too_noisy = product is not None and product < LEAST_PRODUCT
        return self.r is None or bool(self.noisy_labels) or too_noisy

    @property
    def is_early(self) -> bool:
        """Enough teams for a coefficient, too few for a verdict."""
        return self.n_teams < ENOUGH_TEAMS

    @property
    def is_ruled_out(self) -> bool:
        """The whole interval is too near to 0 to matter."""
        if self.low is None or self.high is None:
            return False
        return self.low > -MATTERS and self.high < MATTERS

    @property
    def cannot_tell(self) -> bool:
        """The interval holds 0, the q-value is too high, or one of the figures is missing."""
        if self.q_value is None or self.q_value >= Q_LIMIT:
            return True
        if self.loo_low is None or self.loo_high is None:
            return True
        return not self._is_on_one_side(self.low, self.high)

    @property
    def is_lost_among_many(self) -> bool:
        """Alone the pair would look linked; among all pairs tested it may be chance."""
        is_alone_clear = self._is_on_one_side(self.low, self.high)
        return is_alone_clear and self.q_value is not None and self.q_value >= Q_LIMIT

    @property
    def hangs_on_one_team(self) -> bool:
        """Leaving one team out can bring r to 0 or beyond."""
        return not self._is_on_one_side(self.loo_low, self.loo_high)

    @property
    def is_higher(self) -> bool:
        """The two scores go up together."""
        return self.r is not None and self.r > 0

    @property
    def is_firm(self) -> bool:
        """The interval ends beyond what matters, and the period before showed the same."""
        before = self.previous
        if before is None or self.low is None or self.high is None:
            return False
        nearer_end = min(abs(self.low), abs(self.high))
        return nearer_end >= MATTERS and self._is_on_one_side(before.low, before.high)

    @property
    def noisy_labels(self) -> list[str]:
        """Name the sides whose gate is red."""
        sides = ((self.gate_x, self.ex_label), (self.gate_y, self.cx_label))
        return [label for gate, label in sides if gate is Level.RED]

    @property
    def rough_labels(self) -> list[str]:
        """Name the sides whose gate is amber."""
        sides = ((self.gate_x, self.ex_label), (self.gate_y, self.cx_label))
        return [label for gate, label in sides if gate is Level.AMBER]

    @property
    def reliability_product(self) -> float | None:
        """Multiply the reliabilities, each cut to 0 to 1; None if one is not known."""
        if self.reliability_x is None or self.reliability_y is None:
            return None
        return min(max(self.reliability_x, 0.0), 1.0) * min(max(self.reliability_y, 0.0), 1.0)

    @property
    def ceiling(self) -> float | None:
        """Return the r that a perfect link would show, sqrt(reliability_x reliability_y)."""
        product = self.reliability_product
        return None if product is None else sqrt(product)

    def _is_on_one_side(self, low: float | None, high: float | None) -> bool:
        """Tell whether a range leaves 0 out and lies on the side of r."""
        if self.r is None or low is None or high is None:
            return False
        return low * self.r > 0 and high * self.r > 0

"""What is known about the order of two scores, and the questions its judgement asks."""

from dataclasses import dataclass

from survey.statistics.lags.var import FEWEST_TEAMS, FEWEST_WAVES

Q_LIMIT = 0.05


@dataclass(frozen=True, slots=True)
class Arrow:
    """One score before the other, with its 95 % interval and its q-value; None is not known."""

    estimate: float | None
    low: float | None
    high: float | None
    q_value: float | None = None

    @property
    def leaves_out_zero(self) -> bool:
        """The whole interval lies on the side of the estimate."""
        if self.estimate is None or self.low is None or self.high is None:
            return False
        if self.estimate > 0:
            return self.low > 0 and self.high > 0
        return self.estimate < 0 and self.low < 0 and self.high < 0

    @property
    def is_said(self) -> bool:
        """The interval leaves out 0, and among all arrows tested that is not chance."""
        return self.leaves_out_zero and self.q_value is not None and self.q_value < Q_LIMIT

    @property
    def is_lost_among_many(self) -> bool:
        """Alone the arrow would be said; among all arrows tested it may be chance."""
        return self.leaves_out_zero and self.q_value is not None and self.q_value >= Q_LIMIT

    @property
    def is_positive(self) -> bool:
        """Higher comes before higher."""
        return self.estimate is not None and self.estimate > 0

    @property
    def is_known(self) -> bool:
        """Nothing about the arrow is missing."""
        return None not in (self.estimate, self.low, self.high, self.q_value)

    @property
    def size(self) -> float:
        """How far the estimate is from 0."""
        return abs(self.estimate or 0.0)

    @property
    def half_width(self) -> float:
        """Half the interval."""
        return ((self.high or 0.0) - (self.low or 0.0)) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Both arrows between a staff score and a customer score, and how they differ.

    `difference` is the arrow from staff less the one from customers; `reason` says why there is
    no arrow.
    """

    from_ex: Arrow
    from_cx: Arrow
    difference: Arrow
    ex_label: str
    cx_label: str
    n_teams: int
    n_waves: int
    n_left_out: int
    is_early: bool
    reason: str

    @property
    def has_too_few_waves(self) -> bool:
        """Fewer waves than an order needs."""
        return self.n_waves < FEWEST_WAVES

    @property
    def has_too_few_teams(self) -> bool:
        """Fewer teams with every wave than an order needs."""
        return self.n_teams < FEWEST_TEAMS

    @property
    def is_too_short(self) -> bool:
        """There is a reason why no arrow is known."""
        return bool(self.reason)

    @property
    def is_ex_before(self) -> bool:
        """Of the two arrows only that from staff is said."""
        return self.from_ex.is_said and not self.from_cx.is_said

    @property
    def is_cx_before(self) -> bool:
        """Of the two arrows only that from customers is said."""
        return self.from_cx.is_said and not self.from_ex.is_said

    @property
    def is_ex_first(self) -> bool:
        """Only the arrow from staff is said, and it is the stronger by more than chance."""
        is_stronger = self.from_ex.size > self.from_cx.size
        return self.is_ex_before and is_stronger and self.strengths_differ

    @property
    def is_cx_first(self) -> bool:
        """Only the arrow from customers is said, and it is the stronger by more than chance."""
        is_stronger = self.from_cx.size > self.from_ex.size
        return self.is_cx_before and is_stronger and self.strengths_differ

    @property
    def is_both(self) -> bool:
        """Both arrows are said."""
        return self.from_ex.is_said and self.from_cx.is_said

    @property
    def strengths_differ(self) -> bool:
        """The arrows differ by more than chance, and not only because one is negative.

        Then their sum must leave out 0 as well: var(a + b) = 2 var(a) + 2 var(b) - var(a - b).
        """
        one, other = self.from_ex, self.from_cx
        if not (one.is_known and other.is_known and self.difference.leaves_out_zero):
            return False
        if one.is_positive == other.is_positive:
            return True
        half = 2 * one.half_width**2 + 2 * other.half_width**2 - self.difference.half_width**2
        return (one.size - other.size) ** 2 > half

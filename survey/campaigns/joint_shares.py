"""What shares of participation printed together leave open: pure arithmetic.

One share leaves k counts or more possible. Those of a group, its parts and what stands beside them
must fit each other, and now and then that leaves a single one. Whoever adds and subtracts ranges
over the tree finds exactly this, since counts of separate people add up freely.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from survey.campaigns.participation import coarsest_step, list_edges

Parents = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Span:
    """The counts from lowest to highest that are possible among some people."""

    lowest: int
    highest: int
    n_people: int

    def tells_of_few(self, k: int) -> bool:
        """Say whether one count is left, and it has fewer than k who answered or who did not."""
        is_of_few = self.lowest < k or self.highest > self.n_people - k
        return self.n_people > 0 and self.lowest == self.highest and is_of_few


def choose_told(
    *, shown: Collection[int], parents: Parents, invited: Mapping[int, int],
    answered: Mapping[int, int], k: int,
) -> set[int]:  # fmt: skip
    """Return which of the groups that may be told can be told together.

    `invited` and `answered` are of everybody in a group and below it. A group that would give a
    few away, or the smallest part of one that would, is taken out until none does.
    """
    told = set(shown)
    while told:
        step = coarsest_step(invited=[invited[one] for one in told], k=k)
        above = _nearest_told(told, parents)
        printed = {one: _span(answered[one], invited[one], step) for one in told}
        spans, rests = narrow(above=above, printed=printed)
        telling = [one for one in told if spans[one].tells_of_few(k) or rests[one].tells_of_few(k)]
        if not telling:
            break
        told.remove(_pick(telling, spans, above, invited, k))
    return told


def narrow(
    *, above: Parents, printed: Mapping[int, Span]
) -> tuple[dict[int, Span], dict[int, Span]]:
    """Return what is left possible of each group, and of those in it who are in no part told."""
    parts: dict[int | None, list[int]] = defaultdict(list)
    for one, parent in above.items():
        parts[parent].append(one)
    top_down = list(parts[None])
    for one in top_down:  # grows while it is walked
        top_down += parts[one]
    spans, rests = dict(printed), {}
    for one in reversed(top_down):
        rests[one] = _rest(spans[one], [spans[part] for part in parts[one]])
        inside = [rests[one], *(spans[part] for part in parts[one])]
        spans[one] = _within(spans[one], _low(inside), _high(inside))
    for one in top_down:
        inside = [rests[one], *(spans[part] for part in parts[one])]
        lowest, highest = _low(inside), _high(inside)
        fitted = [_fit(span, spans[one], lowest, highest) for span in inside]
        rests[one] = fitted[0]
        spans.update(zip(parts[one], fitted[1:], strict=True))
    return spans, rests


def _nearest_told(told: Collection[int], parents: Parents) -> dict[int, int | None]:
    found: dict[int, int | None] = {}
    for one in told:
        above = parents[one]
        while above is not None and above not in told:
            above = parents[above]
        found[one] = above
    return found


def _span(answered: int, invited: int, step: int) -> Span:
    """Return the counts of which the same share is printed."""
    firsts = [-(-edge * invited // 100) for edge in list_edges(step)]
    lowest = max((first for first in firsts if first <= answered), default=0)
    highest = min((first - 1 for first in firsts if first > answered), default=invited)
    return Span(lowest, highest, invited)


def _rest(whole: Span, parts: Collection[Span]) -> Span:
    """Return what is possible of those in no part; of a group without parts that is all of it."""
    if not parts:
        return whole
    n = whole.n_people - sum(part.n_people for part in parts)
    return Span(0, n, n)


def _fit(span: Span, whole: Span, lowest: int, highest: int) -> Span:
    """Narrow one part of a whole by the whole and by all others; all add up to these ends."""
    others_low, others_high = lowest - span.lowest, highest - span.highest
    return _within(span, whole.lowest - others_high, whole.highest - others_low)


def _within(span: Span, lowest: int, highest: int) -> Span:
    return Span(max(span.lowest, lowest), min(span.highest, highest), span.n_people)


def _low(spans: Iterable[Span]) -> int:
    return sum(span.lowest for span in spans)


def _high(spans: Iterable[Span]) -> int:
    return sum(span.highest for span in spans)


def _pick(
    telling: Collection[int],
    spans: Mapping[int, Span],
    above: Parents,
    invited: Mapping[int, int],
    k: int,
) -> int:
    """Return the smallest group that tells too much, or the smallest part of one whose rest does.

    The whole is the last to go: by itself it leaves enough open.
    """
    one = min(telling, key=lambda group: (invited[group], group))
    if above[one] is not None and spans[one].tells_of_few(k):
        return one
    parts = [part for part, parent in above.items() if parent == one]
    return min(parts, key=lambda part: (invited[part], part), default=one)

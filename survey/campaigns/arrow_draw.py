"""Who rates which serving teams: a draw that covers every arrow evenly, as pure arithmetic.

An arrow is known by the team that serves and the team that is served. Nobody is drawn for two
arrows of one serving team as long as nobody comes with two.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping

ArrowKey = tuple[int, int]  # the serving team, the served team
Drawn = dict[int, tuple[ArrowKey, ...]]


def draw_arrows(*, eligible: Mapping[int, Collection[ArrowKey]], at_most: int, seed: str) -> Drawn:
    """Return the arrows that each person rates, in the order in which they are asked.

    `eligible` tells by person what they could rate; whoever could rate nothing is left out. One
    person after the other gets the arrows that fewest rate so far, and where these are equal lots
    decide. So two arrows that the same people could rate never differ by more than one person.
    """
    lots = random.Random(seed)  # noqa: S311  # fairness, not a secret: a check shows the launch
    people = sorted(person for person, arrows in eligible.items() if arrows)
    lots.shuffle(people)
    raters: Counter[ArrowKey] = Counter()
    drawn: Drawn = {}
    for person in people:
        ties = {arrow: lots.random() for arrow in sorted(eligible[person])}
        ordered = sorted(ties, key=lambda arrow: (raters[arrow], ties[arrow]))
        drawn[person] = tuple(ordered[:at_most])
        raters.update(drawn[person])
    return drawn


def count_raters(drawn: Mapping[int, Collection[ArrowKey]]) -> Counter[ArrowKey]:
    """Return how many people rate each arrow."""
    return Counter(arrow for arrows in drawn.values() for arrow in arrows)

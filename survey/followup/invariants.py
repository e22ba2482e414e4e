"""What must always be true, of every app."""

from collections.abc import Iterator
from datetime import datetime

from survey.aggregation import invariants as aggregation
from survey.campaigns import invariants as campaigns
from survey.followup import abandoned, retention
from survey.letters import invariants as letters
from survey.responses import invariants as responses

CHECKED = {
    "campaigns": campaigns.broken_invariants,
    "letters": letters.broken_invariants,
    "leases": abandoned.broken_invariants,
    "retention": retention.broken_invariants,
    "responses": responses.broken_invariants,
    "aggregation": aggregation.broken_invariants,
}


def broken_invariants(*, now: datetime) -> Iterator[str]:
    """Yield a sentence for everything that is broken, the keys first and the long recount last.

    What is broken is looked at twice: an answer that comes in between two counts breaks nothing.
    """
    for name, check in CHECKED.items():
        if check(now=now):
            yield from (f"{name}: {sentence}" for sentence in check(now=now))

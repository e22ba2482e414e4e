"""No link is sent to more often in a minute than many hands can.

Each process keeps count in memory, by digests, and forgets all of it with the minute: when somebody
answered is stored nowhere, and no row is updated by two answers.
"""

from datetime import datetime

from survey.core.tokens import digest_token

MOST_A_MINUTE = 600  # of one link: a hall full of people behind one code on the wall
MOST_CALLS_A_MINUTE = 30  # behind one link: more than a hall full of people asks for
MOST_LINKS = 50_000

_counts: dict[str, int] = {}
_minute: list[datetime] = []


def is_too_fast(*, address: str, now: datetime, at_most: int | None = None) -> bool:
    """Count what is sent to an address, and say whether it is more than hands can send."""
    minute = now.replace(second=0, microsecond=0)
    if _minute != [minute] or len(_counts) >= MOST_LINKS:
        _counts.clear()
        _minute[:] = [minute]
    key = digest_token(address)
    _counts[key] = _counts.get(key, 0) + 1
    return _counts[key] > (MOST_A_MINUTE if at_most is None else at_most)


def forget_counts() -> None:
    """Begin anew."""
    _counts.clear()

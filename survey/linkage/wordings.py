"""Since when scales are worded as they are: figures from before are not looked back at."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from survey.aggregation.models import Release
from survey.aggregation.wordings import find_breaks
from survey.linkage.alignment import Aligned
from survey.linkage.history import History, look_back


@dataclass(frozen=True, slots=True)
class Wordings:
    """The periods in which scales began to be worded as they are, by their codes on each side.

    A scale that was never worded anew is not named.
    """

    ex: Mapping[str, date]
    cx: Mapping[str, date]


def look_back_alike(history: History, periods: Sequence[Aligned], until: date) -> History:
    """Keep the periods up to one, and of each scale only what was worded as it is there."""
    kept = look_back(history, until=until)
    return keep_wordings(kept, find_wordings(periods, kept))


def find_wordings(periods: Sequence[Aligned], history: History) -> Wordings:
    """Return since when the scales of a history are worded as in the last of its periods."""
    known = set(history.rows["period"])
    looked_at = [one for one in periods if one.period_start in known]
    starts = [one.period_start for one in looked_at]
    return Wordings(
        _last_breaks(history.ex.columns, starts, [[one.ex] for one in looked_at]),
        _last_breaks(history.cx.columns, starts, [one.cx for one in looked_at]),
    )


def keep_wordings(history: History, wordings: Wordings) -> History:
    """Leave out the figures of scales from before they were worded as they are."""
    ex, cx = history.ex.copy(), history.cx.copy()
    for means, since in ((ex, wordings.ex), (cx, wordings.cx)):
        for code, start in since.items():
            is_older = (history.rows["period"] < start).to_numpy()
            means.loc[is_older, code] = float("nan")
    return History(history.rows, ex, cx)


def _last_breaks(
    codes: Iterable[str], starts: Sequence[date], released: Sequence[Sequence[Release]]
) -> dict[str, date]:
    asked = [[one.wave.questionnaire_id for one in releases] for releases in released]
    breaks = {str(code): find_breaks(str(code), asked) for code in codes}
    return {code: starts[found[-1]] for code, found in breaks.items() if found}

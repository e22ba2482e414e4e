"""Whether scales were worded anew among the periods that a study looks over."""

from collections.abc import Mapping

from survey.aggregation.wordings import find_breaks
from survey.core.periods import period_name
from survey.dashboards.wordings import say_reworded
from survey.linkage.alignment import Sides
from survey.linkage.models import Result, Study


def list_rewordings(
    study: Study, result: Result, sides: Sides, names: Mapping[str, str]
) -> tuple[str, ...]:
    """Say of each scale of a pair since when it is worded differently; nothing where it is not."""
    ex, cx = sides
    released_of = (
        (result.ex_scale, {start: [one] for start, one in ex.items()}),
        (result.cx_scale, cx),
    )
    said = []
    for scale, released in released_of:
        starts = sorted(start for start in released if start <= study.period_start)
        asked = [[one.wave.questionnaire_id for one in released[start]] for start in starts]
        for at in find_breaks(scale, asked)[-1:]:
            since = period_name(starts[at], study.pairing.period)
            said.append(say_reworded([names[scale]], since=since))
    return tuple(said)

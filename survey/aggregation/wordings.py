"""Where a measure was worded anew: figures before and after it cannot be compared."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from survey.aggregation.metrics import ITEM_PREFIX
from survey.questionnaires.content import ItemContent, QuestionnaireContent
from survey.questionnaires.differences import reads_alike
from survey.questionnaires.selectors import get_content

Questions = Mapping[str, ItemContent]


def list_reworded(questionnaire_ids: Iterable[int]) -> frozenset[str]:
    """Return the measures worded anew on the way from the first of some questionnaires to the last.

    A measure that is not asked for a while is held against what asked it last.
    """
    pks = list(dict.fromkeys(questionnaire_ids))
    if len(pks) < 2:
        return frozenset()
    last: dict[str, Questions] = {}
    reworded: set[str] = set()
    for pk in pks:
        asked = _list_questions(get_content(questionnaire_id=pk))
        reworded |= {code for code in asked.keys() & last if not _is_same(last[code], asked[code])}
        last |= asked
    return frozenset(reworded)


def find_breaks(code: str, asked: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return the periods, in the order of time, in which a measure begins to be worded anew.

    asked: the questionnaires of each period, the oldest first.
    """
    if len({pk for pks in asked for pk in pks}) < 2:
        return ()
    told = [[pk for pk in pks if _asks(pk, code)] for pks in asked]
    known = [at for at, pks in enumerate(told) if pks]
    return tuple(
        at for before, at in pairwise(known) if code in list_reworded([told[before][-1], *told[at]])
    )


def _asks(questionnaire_id: int, code: str) -> bool:
    return code in _list_questions(get_content(questionnaire_id=questionnaire_id))


def _list_questions(content: QuestionnaireContent) -> dict[str, Questions]:
    """Return the questions behind each scale, and behind each question itself, by metric."""
    items = {item.code: item for item in content.items}
    scales: dict[str, Questions] = {
        scale.code: {code: items[code] for code in scale.item_codes} for scale in content.scales
    }
    return scales | {f"{ITEM_PREFIX}{code}": {code: item} for code, item in items.items()}


def _is_same(old: Questions, new: Questions) -> bool:
    return old.keys() == new.keys() and all(reads_alike(old[code], new[code]) for code in old)

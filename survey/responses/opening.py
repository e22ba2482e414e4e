"""Open the waiting boxes of a wave and keep what fits its questionnaire."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType
from uuid import UUID

from survey.campaigns.cuts import fit_values
from survey.campaigns.keys import read_private_key
from survey.campaigns.models import Group, Wave
from survey.campaigns.selectors import content_of
from survey.questionnaires.answers import is_answer, list_words
from survey.questionnaires.content import Answer, ItemContent, QuestionnaireContent
from survey.questionnaires.models import ItemKind
from survey.responses.boxes import BoxContent, BoxError, BoxOpener
from survey.responses.models import Intake

BOXES_AT_ONCE = 1000
ANSWER_TYPES = (int, NoneType)  # true and 1.0 equal 1, but nobody ticked them
DIGEST_LENGTH = 64

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenedBox:
    """A box that was opened, and the row it lay in."""

    intake_id: UUID
    content: BoxContent


@dataclass(frozen=True, slots=True)
class OpenedBoxes:
    """All boxes of a wave that could be read, and the rows of those that could not."""

    boxes: list[OpenedBox]
    unreadable: list[UUID]

    def counts(self) -> Counter[int]:
        """Return how many boxes were read of each group."""
        return Counter(box.content.group_id for box in self.boxes)


def open_boxes(*, wave: Wave) -> OpenedBoxes:
    """Open every waiting box of a wave; a log line says how many could not be read."""
    opener = BoxOpener(read_private_key(wave=wave), size=wave.box_size or 0)
    groups = Group.objects.filter(wave=wave).values_list("pk", flat=True)
    reader = BoxReader(content_of(wave=wave), groups)
    opened = OpenedBoxes([], [])
    for intake_id, box, cut_box in _waiting(wave):
        try:
            content = reader.fit(opener.open(bytes(box)))
        except BoxError:
            opened.unreadable.append(intake_id)
            continue
        if wave.cuts:
            content = replace(content, cuts=_open_cuts(wave, opener, cut_box))
        opened.boxes.append(OpenedBox(intake_id, content))
    if opened.unreadable:
        logger.warning(
            "Wave %s: %s boxes cannot be read; they count as discarded",
            wave.pk,
            len(opened.unreadable),
        )
    return opened


def _open_cuts(wave: Wave, opener: BoxOpener, cut_box: bytes | memoryview | None) -> dict[str, str]:
    """Return somebody's cut values; what cannot be read is not known, and the answers count."""
    try:
        values = opener.open_cuts(bytes(cut_box or b""), size=wave.cut_box_size or 0)
    except BoxError:
        values = {}
    return fit_values(wave=wave, values=values)


def _waiting(wave: Wave) -> Iterator[tuple[UUID, bytes | memoryview, bytes | memoryview | None]]:
    rows = Intake.objects.filter(wave=wave).values_list("pk", "box", "cut_box")
    return rows.iterator(chunk_size=BOXES_AT_ONCE)


class BoxReader:
    """Knows which groups, items and values can stand in a box of one wave."""

    def __init__(self, content: QuestionnaireContent, groups: Iterable[int]) -> None:
        self._groups = frozenset(groups)
        self._values = _values_by_item(content)
        self._others = {item.code: item for item in content.items if _is_other(item)}
        self._codes = [item.code for item in content.items if item.has_answer]
        self._words = list_words(content).keys()

    def fit(self, content: BoxContent) -> BoxContent:
        """Return the content if it fits the wave; raise BoxError if not."""
        try:
            is_known = content.group_id in self._groups and all(
                self._can_be(code, value) for code, value in content.answers.items()
            )
            are_words = content.texts.keys() <= self._words and all(
                isinstance(text, str) and _is_storable(text) for text in content.texts.values()
            )
        except (KeyError, TypeError) as error:
            raise BoxError("the box holds something else than answers") from error
        if not (is_known and are_words):
            raise BoxError("the box does not fit its wave")
        answers = self._in_order(content.answers)
        digest = content.return_digest
        return replace(content, answers=answers, return_digest=digest if _is_sum(digest) else "")

    def _in_order(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """Return answers and ticks in an order that says nothing of what a page drew at random."""
        return {  # one text in memory for the codes of all boxes
            code: self._settle(code, answers[code]) for code in self._codes if code in answers
        }

    def _settle(self, code: str, value: Answer) -> Answer:
        item = self._others.get(code)
        is_ticked = item is not None and item.kind == ItemKind.MULTIPLE
        return sorted(value) if is_ticked and isinstance(value, list) else value

    def _can_be(self, code: str, value: Answer) -> bool:
        """Say whether an answer can be one to an item; raise KeyError where there is no such."""
        values = self._values.get(code)
        if values is None:
            return is_answer(self._others[code], value)
        return type(value) in ANSWER_TYPES and value in values


def _is_sum(digest: str) -> bool:
    """Say whether this is what a box takes along of a key; anything else is as good as nothing."""
    return len(digest) == DIGEST_LENGTH and digest.isalnum()


def _is_storable(text: str) -> bool:
    """Say whether both databases take a text: no NUL, and no half of a character."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_other(item: ItemContent) -> bool:
    """Say whether an item is answered neither with one of its numbers nor with words alone."""
    return item.has_answer and not item.is_closed and not item.is_of_words


def _values_by_item(content: QuestionnaireContent) -> dict[str, frozenset[int | None]]:
    return {item.code: frozenset((*item.values, None)) for item in content.items if item.is_closed}

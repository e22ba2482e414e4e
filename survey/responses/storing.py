"""Write opened answers down: shuffled, under their stored groups, words apart from numbers."""

import random
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.db.models import Max

from survey.campaigns.models import Group, Wave
from survey.campaigns.rows import insert_rows
from survey.campaigns.selectors import content_of
from survey.core.batches import in_batches
from survey.questionnaires.answers import wrap_answers
from survey.questionnaires.models import Audience, PlaybackLeave
from survey.responses.boxes import BoxContent
from survey.responses.models import Cell, Comment, Response
from survey.responses.return_keys import comment_digest
from survey.responses.thinning import leave_out, list_gates, list_telling

FIELDS = ("id", "wave", "group", "cell", "answers")
ROWS_AT_ONCE = 1000
DIGEST_BYTES = 32  # as long as those of keys
system_random = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer sets that were stored, and the items whose answers could not be everywhere.

    cells are those of customers, by the group they are stored under.
    """

    contents: Sequence[BoxContent]
    unkept_items: frozenset[str]
    cells: Mapping[int, int] = field(default_factory=dict)

    @property
    def n_responses(self) -> int:
        """Return how many answer sets were stored."""
        return len(self.contents)


def store_responses(
    *, wave: Wave, contents: Sequence[BoxContent], stored_at: Mapping[int, int], day: date
) -> Stored:
    """Store the answers of the groups that have a place.

    Nothing of the order in which they came is left, nor anything that joins words to numbers, nor
    answers to questions that only a few of those stored together were asked.
    """
    placed, unkept = _thin_out(wave, contents, stored_at)
    if wave.campaign.audience == Audience.CUSTOMER:
        cells = _make_cells(wave, set(stored_at.values()), day)
    else:
        cells = {}
    system_random.shuffle(placed)
    insert_rows(model=Response, names=FIELDS, rows=_rows(wave, placed, stored_at, cells))
    comments = list(_comments(placed, stored_at))
    _forget_copied_keys(comments)
    system_random.shuffle(comments)
    for words in in_batches(comments, ROWS_AT_ONCE):
        Comment.objects.bulk_create(words)
    return Stored(placed, unkept, cells)


def _thin_out(
    wave: Wave, contents: Iterable[BoxContent], stored_at: Mapping[int, int]
) -> tuple[list[BoxContent], frozenset[str]]:
    """Return what has a place without the answers that tell whose they are, and those items."""
    gates = list_gates(content_of(wave=wave))
    attributes = dict(Group.objects.filter(wave=wave).values_list("pk", "attributes"))
    together: dict[int, list[BoxContent]] = defaultdict(list)
    for content in contents:
        if content.group_id in stored_at:
            together[stored_at[content.group_id]].append(content)
    kept: list[BoxContent] = []
    unkept: frozenset[str] = frozenset()
    for found in together.values():
        telling = list_telling(gates=gates, contents=found, attributes=attributes, k=wave.threshold)
        kept += [leave_out(content, telling) for content in found] if telling else found
        unkept |= telling
    return kept, unkept


def _make_cells(wave: Wave, groups: Iterable[int], day: date) -> dict[int, int]:
    """Make a cell for each stored group and return their ids by group."""
    numbered = Cell.objects.filter(wave=wave).values_list("group").annotate(last=Max("number"))
    last = dict(numbered.order_by())
    cells = Cell.objects.bulk_create(
        Cell(wave=wave, group_id=group, number=last.get(group, 0) + 1, sealed_date=day)
        for group in sorted(groups)
    )
    return {cell.group_id: cell.pk for cell in cells}


def _rows(
    wave: Wave,
    contents: Iterable[BoxContent],
    stored_at: Mapping[int, int],
    cells: Mapping[int, int],
) -> Iterator[tuple[UUID, int, int, int | None, dict[str, object]]]:
    questionnaire = content_of(wave=wave)
    for content in contents:
        group_id = stored_at[content.group_id]
        answers = wrap_answers(content=questionnaire, answers=content.answers)
        yield uuid4(), wave.pk, group_id, cells.get(group_id), answers


def _comments(contents: Iterable[BoxContent], stored_at: Mapping[int, int]) -> Iterator[Comment]:
    for content in contents:
        for item_code, text in content.texts.items():
            leave = content.leaves.get(item_code)
            yield Comment(
                group_id=stored_at[content.group_id],
                item_code=item_code,
                text=text,
                leave=leave if leave in PlaybackLeave.values else PlaybackLeave.NONE,
                return_digest=_digest_of(content, item_code),
            )


def _digest_of(content: BoxContent, item_code: str) -> str:
    """Return a digest of any comment: where no key came, one that no key finds.

    Without one, its absence would tell by which way the words came.
    """
    if not content.return_digest:
        return _make_digest()
    return comment_digest(digest=content.return_digest, item_code=item_code)


def _make_digest() -> str:
    return secrets.token_hex(DIGEST_BYTES)


def _forget_copied_keys(comments: Iterable[Comment]) -> None:
    """Let a key that came more than once find only what it found before, or nothing.

    No page makes such a key; somebody who copies forms must not keep a wave from its seal.
    """
    told = Counter(one.return_digest for one in comments)
    taken = {digest for digest, n in told.items() if n > 1}
    for digests in in_batches(told, ROWS_AT_ONCE):
        known = Comment.objects.filter(return_digest__in=digests)
        taken.update(known.values_list("return_digest", flat=True))
    for one in comments:
        if one.return_digest in taken:
            one.return_digest = _make_digest()


def read_parents(*, wave: Wave) -> dict[int, int | None]:
    """Return the group above each group of a wave."""
    return dict(Group.objects.filter(wave=wave).values_list("pk", "parent_id"))

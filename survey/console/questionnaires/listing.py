"""The list of questionnaires: plain facts, so that a template asks the database nothing."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise

from survey.campaigns.models import Wave
from survey.console.questionnaires.words import (
    AUDIENCE_CHIPS,
    AUDIENCES,
    STATE_CHIPS,
    STATES,
    say_seconds,
)
from survey.questionnaires.languages import Language, describe_language
from survey.questionnaires.models import Questionnaire, QuestionnaireItem, QuestionnaireStatus
from survey.questionnaires.pages import SECONDS


@dataclass(frozen=True, slots=True)
class Row:
    """One version of a questionnaire."""

    pk: int
    name: str
    code: str
    version: int
    status: str
    state: Promise
    state_chip: str
    audience: Promise
    audience_chip: str
    languages: tuple[Language, ...]
    n_items: int
    takes: str
    n_waves: int
    n_open_waves: int


@dataclass(frozen=True, slots=True)
class Listing:
    """What is shown of one state, and how many there are of each."""

    rows: tuple[Row, ...]
    counts: tuple[tuple[str, Promise, int], ...]
    chosen: str


def list_questionnaires(*, audiences: Collection[str], status: str) -> Listing:
    """Return the questionnaires of some audiences in one state, by name and version.

    Without a state: all that is not retired.
    """
    mine = Questionnaire.objects.filter(audience__in=audiences)
    counts = Counter(mine.values_list("status", flat=True))
    wanted = mine.filter(status=status) if status else mine.exclude(status="RETIRED")
    rows = list(wanted.annotate(n_waves=Count("waves")).order_by("name", "code", "-version"))
    ids = [row.pk for row in rows]
    seconds, items = _times(ids)
    launched = _launched(ids)
    return Listing(
        rows=tuple(_row(row, row.n_waves, items, seconds, launched) for row in rows),
        counts=tuple((code, STATES[code], counts[code]) for code in QuestionnaireStatus.values),
        chosen=status,
    )


def _times(ids: list[int]) -> tuple[Counter[int], Counter[int]]:
    """Return the seconds and the number of items of each questionnaire."""
    seconds: Counter[int] = Counter()
    items: Counter[int] = Counter()
    placed = QuestionnaireItem.objects.filter(questionnaire__in=ids)
    counted = placed.values_list("questionnaire_id", "item__kind").annotate(n=Count("pk"))
    for pk, kind, n in counted.order_by("questionnaire_id"):
        seconds[pk] += SECONDS[kind] * n
        items[pk] += n
    return seconds, items


def _launched(ids: list[int]) -> Counter[int]:
    launched = Wave.objects.filter(Q(launched_at__isnull=False), questionnaire__in=ids)
    return Counter(launched.values_list("questionnaire_id", flat=True))


def _row(
    row: Questionnaire,
    n_waves: int,
    items: Counter[int],
    seconds: Counter[int],
    launched: Counter[int],
) -> Row:
    return Row(
        pk=row.pk,
        name=row.name,
        code=row.code,
        version=row.version,
        status=row.status,
        state=STATES[row.status],
        state_chip=STATE_CHIPS.get(row.status, ""),
        audience=AUDIENCES[row.audience],
        audience_chip=AUDIENCE_CHIPS.get(row.audience, "in"),
        languages=tuple(map(describe_language, row.languages)),
        n_items=items[row.pk],
        takes=say_seconds(seconds[row.pk]),
        n_waves=n_waves,
        n_open_waves=launched[row.pk],
    )

"""A questionnaire as a file: what importers produce, exports write and drafts are made from.

The schema is docs/questionnaire.schema.json; conditions are read by `routing`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from typing import Any

from survey.questionnaires.models import ItemKind, ScoringMethod

SCHEMA = "hearthline-questionnaire/1"
MOST_ITEMS = 300

Texts = Mapping[str, str]  # wording by language tag
Condition = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentOption:
    """One answer to choose; without a score it counts nowhere."""

    value: int
    texts: Texts
    score: float | None = None
    is_other: bool = False  # own words beside it
    is_exclusive: bool = False  # not together with others
    is_fixed: bool = False  # keeps its place when options are shuffled


@dataclass(frozen=True, slots=True)
class DocumentItem:
    """One question and its place.

    settings: minimum, maximum (numbers, or days as "2026-01-31"), decimals, min_choices,
    max_choices, shuffles_options, is_fixed, messages {"missing": {"en": "..."}}.
    """

    code: str
    texts: Texts
    kind: str = ItemKind.CHOICE.value
    version: int = 1
    hints: Texts = field(default_factory=dict)
    options: tuple[DocumentOption, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    allows_cant_say: bool = True
    is_required: bool = False
    shown_when: Condition | None = None
    asks_for_playback: bool = False


@dataclass(frozen=True, slots=True)
class DocumentSection:
    """Items under a heading, asked where its condition holds."""

    code: str
    items: tuple[DocumentItem, ...]
    texts: Texts = field(default_factory=dict)
    shown_when: Condition | None = None


@dataclass(frozen=True, slots=True)
class DocumentScale:
    """A scale over items of the document, and how it is scored."""

    code: str
    construct: str
    name: str
    phrase: str
    minimum: float
    maximum: float
    items: tuple[str, ...]
    reversed: tuple[str, ...] = ()
    favourable_from: float | None = None
    method: str = ScoringMethod.MEAN.value
    is_short_form: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole questionnaire.

    settings: page (SCROLL, SECTIONS or ONE_BY_ONE), shuffles_items, sample {"pool": [...], "n": 2}.
    """

    code: str
    name: str
    audience: str
    languages: tuple[str, ...]
    sections: tuple[DocumentSection, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)
    scales: tuple[DocumentScale, ...] = ()

    @property
    def items(self) -> tuple[DocumentItem, ...]:
        """Return all items in the order asked."""
        return tuple(item for section in self.sections for item in section.items)


def document_to_json(document: Document) -> dict[str, Any]:
    """Return a document as JSON, leaving out what is as it usually is."""
    return {"schema": SCHEMA, **_plain(document)}


def item_to_json(item: DocumentItem) -> dict[str, Any]:
    """Return one item as JSON, leaving out what is as it usually is."""
    plain: dict[str, Any] = _plain(item)
    return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        told = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: _plain(one) for each, one in told if not _is_usual(each, one)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return dict(value) if isinstance(value, Mapping) else value


def _is_usual(each: Field[Any], value: Any) -> bool:
    if each.default is not MISSING:
        return bool(value == each.default)
    return each.default_factory is not MISSING and not value

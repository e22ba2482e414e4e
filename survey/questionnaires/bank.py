"""Instruments as written: constructs, items, scales and questionnaires before they are stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from survey.questionnaires.models import ItemKind, ScoringMethod

INSTRUMENTS = Path(__file__).parent / "instruments"


@dataclass(frozen=True, slots=True)
class ConstructEntry:
    """A construct and where its idea comes from."""

    code: str
    name: str
    description: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ItemEntry:
    """One question as worded, without a version: a new wording gets the next one."""

    code: str
    texts: dict[str, str]
    kind: str = ItemKind.CHOICE.value
    hints: dict[str, str] = field(default_factory=dict)
    options: list[dict[str, Any]] = field(default_factory=list)
    allows_cant_say: bool = True
    asks_for_playback: bool = False

    @property
    def wording(self) -> dict[str, Any]:
        """Return everything whose change makes a new version."""
        return {
            "kind": self.kind,
            "texts": self.texts,
            "hints": self.hints,
            "options": self.options,
            "allows_cant_say": self.allows_cant_say,
            "asks_for_playback": self.asks_for_playback,
        }


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """A scale over items, given by their codes."""

    code: str
    construct: str
    name: str
    phrase: str
    minimum: float
    maximum: float
    items: tuple[str, ...]
    reversed: frozenset[str] = frozenset()
    favourable_from: float | None = None
    method: str = ScoringMethod.MEAN.value
    is_short_form: bool = False
    facet_of: str | None = None
    mirrors: str | None = None
    profiles: list[dict[str, Any]] = field(default_factory=list)
    shows_items: bool = False
    is_linked: bool = True


@dataclass(frozen=True, slots=True)
class QuestionnaireEntry:
    """A questionnaire over items, given by their codes in order."""

    code: str
    name: str
    audience: str
    items: tuple[str, ...]
    required: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ("en",)


@dataclass(frozen=True, slots=True)
class Bank:
    """Everything that is to be stored together."""

    constructs: tuple[ConstructEntry, ...] = ()
    items: tuple[ItemEntry, ...] = ()
    scales: tuple[ScaleEntry, ...] = ()
    questionnaires: tuple[QuestionnaireEntry, ...] = ()


def read_bank(folder: Path = INSTRUMENTS) -> Bank:
    """Read every YAML instrument of a folder."""
    documents = [yaml.safe_load(file.read_text()) for file in sorted(folder.glob("*.yaml"))]
    answer_sets = {
        name: options
        for document in documents
        for name, options in document.get("answer_sets", {}).items()
    }
    instruments = [document for document in documents if "construct" in document]
    return Bank(
        constructs=tuple(ConstructEntry(**document["construct"]) for document in instruments),
        items=tuple(
            _item(entry, default=document["options"], answer_sets=answer_sets)
            for document in instruments
            for entry in document["items"]
        ),
        scales=tuple(
            _scale(entry, construct=document["construct"]["code"])
            for document in instruments
            for entry in document["scales"]
        ),
        questionnaires=tuple(
            QuestionnaireEntry(**entry | {"items": tuple(entry["items"])})
            for document in documents
            for entry in document.get("questionnaires", [])
        ),
    )


def _item(entry: dict[str, Any], *, default: str, answer_sets: Mapping[str, Any]) -> ItemEntry:
    return ItemEntry(**entry | {"options": answer_sets[entry.get("options", default)]})


def _scale(entry: dict[str, Any], *, construct: str) -> ScaleEntry:
    lists = {
        "items": tuple(entry["items"]),
        "reversed": frozenset(entry.get("reversed", ())),
    }
    return ScaleEntry(**entry | lists, construct=construct)

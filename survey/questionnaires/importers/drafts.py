"""What a file says before it is known what its conditions and repeated answers stand for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.conditions import Names, Target, Verdict
from survey.questionnaires.models import Audience


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition as the file says it, and how it is translated once all names are known."""

    said: str
    translate: Callable[[Names], Verdict]


@dataclass(slots=True)
class DraftItem:
    """An item, how the file calls it, and when it is asked: all of the rules."""

    item: DocumentItem
    where: str
    rules: tuple[Rule, ...] = ()


@dataclass(slots=True)
class DraftSection:
    """Items under a heading, and when they are asked."""

    code: str
    where: str
    texts: dict[str, str] = field(default_factory=dict)
    items: list[DraftItem] = field(default_factory=list)
    rules: tuple[Rule, ...] = ()


@dataclass(slots=True)
class Draft:
    """A questionnaire on the way; names tells what became of each question of the file."""

    code: str
    name: str
    languages: tuple[str, ...]
    sections: list[DraftSection] = field(default_factory=list)
    names: dict[str, Target] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)
    audience: str = Audience.EMPLOYEE.value

"""Hints while a questionnaire is written: what makes questions hard, and why."""

from dataclasses import dataclass

from survey.questionnaires.documents import Document
from survey.questionnaires.pages import SECONDS


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing that may be said better: where is an item's code, empty for the whole."""

    code: str
    where: str
    language: str
    sentence: str


def lint_document(document: Document, *, language: str) -> tuple[Hint, ...]:
    """Return what could be said better in one language, in the order asked."""
    return ()


def estimate_seconds(document: Document) -> int:
    """Return how long answering takes, in seconds."""
    return sum(SECONDS[item.kind] for item in document.items)

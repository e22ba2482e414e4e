"""A questionnaire with every kind of text, for the tests of translations."""

from collections.abc import Sequence

from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.translations import Translation

PIPED = "You said {{item:ease}}. Why?"


def visit(**changes: object) -> Document:
    """Return a questionnaire in English, Spanish and Arabic with gaps."""
    ease = DocumentItem(
        "ease",
        {"en": "How easy was it?", "es": "¿Qué tan fácil fue?"},
        hints={"en": "Think of the last visit."},
        options=(
            DocumentOption(1, {"en": "Hard", "es": "Difícil"}),
            DocumentOption(2, {"en": "Easy", "es": "Fácil", "ar": "سهل"}),
        ),
        settings={"messages": {"missing": {"en": "Choose one."}}},
    )
    why = DocumentItem("why", {"en": PIPED}, kind="TEXT")
    sections = (DocumentSection("visit", (ease, why), {"en": "Your visit"}),)
    told = {"languages": ("en", "es", "ar"), "sections": sections, **changes}
    return Document(**{"code": "visit", "name": "Visit", "audience": "CUSTOMER", **told})  # type: ignore[arg-type]


def said(
    text: str, where: str = "item/why/text", source: str = PIPED, language: str = "es"
) -> Translation:
    """Return one translation as a file would hold it."""
    return Translation("row 2", where, source, language, text)


def texts_of(found: Sequence[Translation]) -> dict[tuple[str, str], str]:
    """Return translations by place and language, the empty ones left out."""
    return {(one.where, one.language): one.text for one in found if one.text}

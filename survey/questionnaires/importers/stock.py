"""Words of answers that programs bring along themselves and do not write into their files."""

from collections.abc import Iterable

from survey.questionnaires.documents import DocumentOption

STOCK = {
    "other": {"en": "Other", "es": "Otro", "de": "Sonstiges", "ar": "غير ذلك"},
    "yes": {"en": "Yes", "es": "Sí", "de": "Ja", "ar": "نعم"},
    "no": {"en": "No", "es": "No", "de": "Nein", "ar": "لا"},
    "uncertain": {"en": "Uncertain", "es": "No estoy seguro", "de": "Unsicher", "ar": "غير متأكد"},
    "increase": {"en": "Increase", "es": "Aumentar", "de": "Mehr", "ar": "زيادة"},
    "same": {"en": "Same", "es": "Igual", "de": "Gleich", "ar": "كما هو"},
    "decrease": {"en": "Decrease", "es": "Disminuir", "de": "Weniger", "ar": "نقصان"},
    "female": {"en": "Female", "es": "Mujer", "de": "Weiblich", "ar": "أنثى"},
    "male": {"en": "Male", "es": "Hombre", "de": "Männlich", "ar": "ذكر"},
    "comment": {"en": "Comment", "es": "Comentario", "de": "Kommentar", "ar": "تعليق"},
}


def stock_texts(name: str, languages: Iterable[str]) -> dict[str, str]:
    """Return stock words in those of the languages that have them; English where none has."""
    known = STOCK[name]
    texts = {tag: known[tag.split("-")[0]] for tag in languages if tag.split("-")[0] in known}
    return texts or dict.fromkeys(languages, known["en"])


def number_options(
    lowest: int, highest: int, languages: Iterable[str]
) -> tuple[DocumentOption, ...]:
    """Return the numbers of a scale as answers that count as themselves."""
    tags = tuple(languages)
    return tuple(
        DocumentOption(value, {tag: str(value) for tag in tags}, score=float(value))
        for value in range(lowest, highest + 1)
    )


def rating_options() -> tuple[DocumentOption, ...]:
    """Return 0 to 10, which need no words."""
    return tuple(DocumentOption(value, {}, score=float(value)) for value in range(11))

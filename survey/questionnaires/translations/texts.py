"""The texts of a questionnaire one by one, each under the name of its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from survey.questionnaires.documents import Document, DocumentItem, DocumentSection, Texts


@dataclass(frozen=True, slots=True)
class PlacedText:
    """One text in all its languages; where: section/pay, item/fair_1/text, item/fair_1/answer/2."""

    where: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of a questionnaire's texts are worded in a language."""

    tag: str
    n_worded: int
    n_all: int


def list_texts(document: Document) -> tuple[PlacedText, ...]:
    """Return every text that has words in some language, in the order asked."""
    texts = (text for section in document.sections for text in _of_section(section))
    return tuple(text for text in texts if any(text.texts.values()))


def source_of(texts: Texts, languages: Sequence[str]) -> str:
    """Return what a text is translated from: the questionnaire's own wording, or what there is."""
    found = (texts[tag] for tag in (*languages, *texts) if texts.get(tag))
    return next(found)


def list_targets(document: Document) -> tuple[str, ...]:
    """Return the languages to translate into: all but the own one, unless that has gaps."""
    own, *others = document.languages
    is_whole = all(text.texts.get(own) for text in list_texts(document))
    return tuple(others) if is_whole else (own, *others)


def measure_progress(document: Document) -> tuple[Progress, ...]:
    """Return how much is worded in each language, the own one first."""
    texts = [each.texts for each in list_texts(document)]
    return tuple(
        Progress(tag, sum(bool(each.get(tag)) for each in texts), len(texts))
        for tag in document.languages
    )


def reword_item(item: DocumentItem, new: Mapping[str, Texts]) -> DocumentItem:
    """Return an item with new wordings, by where each belongs, beside those it has."""

    def reword(texts: Texts, *place: object) -> Texts:
        return {**texts, **new.get(_name(item, *place), {})}

    settings = dict(item.settings)
    if "messages" in settings:
        settings["messages"] = {
            error: reword(texts, "message", error) for error, texts in settings["messages"].items()
        }
    return replace(
        item,
        texts=reword(item.texts, "text"),
        hints=reword(item.hints, "hint"),
        options=tuple(
            replace(option, texts=reword(option.texts, "answer", number))
            for number, option in enumerate(item.options, start=1)
        ),
        settings=settings,
    )


def name_section(code: str) -> str:
    """Return where the heading of a section stands."""
    return f"section/{code}"


def _of_section(section: DocumentSection) -> Iterator[PlacedText]:
    yield PlacedText(name_section(section.code), section.texts)
    for item in section.items:
        yield from _of_item(item)


def _of_item(item: DocumentItem) -> Iterator[PlacedText]:
    yield PlacedText(_name(item, "text"), item.texts)
    yield PlacedText(_name(item, "hint"), item.hints)
    for number, option in enumerate(item.options, start=1):
        yield PlacedText(_name(item, "answer", number), option.texts)
    for error, texts in item.settings.get("messages", {}).items():
        yield PlacedText(_name(item, "message", error), texts)


def _name(item: DocumentItem, *place: object) -> str:
    return "/".join(map(str, ("item", item.code, *place)))

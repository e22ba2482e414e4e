"""Random documents made of all that an XLSForm can say."""

from typing import Any

from hypothesis import strategies as st

from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentSection,
)
from survey.questionnaires.importers.stock import rating_options
from survey.questionnaires.models import ItemKind

LANGUAGES = ("en", "ar", "pt-BR", "zh-Hant", "de")
KINDS = ("CHOICE", "MULTIPLE", "RANKING", "RATING", "NUMBER", "DATE", "LINE", "TEXT", "NOTE")
LETTERS = st.characters(
    exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="{}_\ufeff"
) | st.sampled_from("\n<>&'\"{}")
DAYS = ("2020-01-31", "2026-02-01")


def _is_plain(text: str) -> bool:
    """Say whether a text has no placeholder by chance, which would stand for an answer."""
    return bool(text) and "{{" not in text and "${" not in text


WORDS = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(
    _is_plain
) | st.sampled_from(
    ["a < b & c", "<b>bold</b>", "&amp; so", "x &lt; y", "<script>", "1", "=1+1", "كم؟\nنعم"]
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Draw a questionnaire with logic, languages, bounds and repeated answers."""
    languages = tuple(
        draw(st.lists(st.sampled_from(LANGUAGES), min_size=1, max_size=3, unique=True))
    )
    items: list[DocumentItem] = []
    sections = []
    for number in range(draw(st.integers(1, 3))):
        condition = draw(conditions(items)) if items and draw(st.booleans()) else None
        inside = []
        for _each in range(draw(st.integers(1, 4))):
            inside.append(draw(_item(f"q{len(items)}", languages, items)))
            items.append(inside[-1])
        heading = draw(_texts(languages)) if draw(st.booleans()) else {}
        sections.append(DocumentSection(f"s{number}", tuple(inside), heading, condition))
    return Document(
        code=draw(st.sampled_from(["visit", "a_1"])),
        name="A visit",
        audience="EMPLOYEE",
        languages=languages,
        sections=tuple(sections),
        settings=draw(st.sampled_from([{}, {"page": "SECTIONS"}])),
    )


def _texts(languages: tuple[str, ...]) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries(
        {languages[0]: WORDS}, optional=dict.fromkeys(languages[1:], WORDS)
    )


@st.composite
def _item(
    draw: st.DrawFn, code: str, languages: tuple[str, ...], before: list[DocumentItem]
) -> DocumentItem:
    kind = draw(st.sampled_from(KINDS))
    texts = draw(_texts(languages))
    answered = [item.code for item in before if item.kind != ItemKind.NOTE]
    if answered and draw(st.booleans()):
        texts = {tag: f"{text} {{{{item:{answered[-1]}}}}}" for tag, text in texts.items()}
    options = draw(_options(kind, languages))
    return DocumentItem(
        code=code,
        texts=texts,
        kind=kind,
        hints=draw(_texts(languages)) if draw(st.booleans()) else {},
        options=options,
        settings=draw(_settings(kind, len(options), languages)),
        allows_cant_say=False,
        is_required=kind != "NOTE" and draw(st.booleans()),
        shown_when=draw(conditions(before)) if before and draw(st.booleans()) else None,
    )


@st.composite
def _options(draw: st.DrawFn, kind: str, languages: tuple[str, ...]) -> tuple[DocumentOption, ...]:
    if kind == "RATING":
        ends = draw(_texts(languages))
        first, *rest = rating_options()
        return (DocumentOption(0, ends, 0.0), *rest) if draw(st.booleans()) else (first, *rest)
    if kind not in ("CHOICE", "MULTIPLE", "RANKING"):
        return ()
    values = draw(st.lists(st.integers(-999, 32767), min_size=2, max_size=5, unique=True))
    other = draw(st.sampled_from([None, *values])) if kind != "RANKING" else None
    alone = draw(st.sampled_from([None, *values])) if kind == "MULTIPLE" else None
    scores = st.none() | st.floats(-100, 100).map(lambda score: round(score, 2))
    return tuple(
        DocumentOption(
            value,
            draw(_texts(languages)),
            draw(scores),
            is_other=value == other,
            is_exclusive=value == alone,
        )
        for value in values
    )


@st.composite
def _settings(
    draw: st.DrawFn, kind: str, n_options: int, languages: tuple[str, ...]
) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if kind in ("CHOICE", "MULTIPLE", "RANKING") and draw(st.booleans()):
        settings["shuffles_options"] = True
    if kind == "MULTIPLE" and draw(st.booleans()):
        settings |= {"min_choices": 1, "max_choices": n_options}
    if kind == "NUMBER":
        has_decimals = draw(st.booleans())
        settings |= {"decimals": 6, "maximum": 7.25} if has_decimals else {}
        settings |= {"minimum": draw(st.integers(-50, 5))} if draw(st.booleans()) else {}
    if kind == "DATE" and draw(st.booleans()):
        settings |= dict(zip(("minimum", "maximum"), DAYS, strict=True))
    messages = (
        {"missing": draw(_texts(languages))} if draw(st.booleans()) and kind != "NOTE" else {}
    )
    refused = {"NUMBER": ["out_of_range"], "MULTIPLE": ["too_few", "too_many"]}.get(kind, [])
    if refused and draw(st.booleans()):
        messages |= dict.fromkeys(refused, draw(_texts(languages)))
    return settings | ({"messages": messages} if messages else {})


@st.composite
def conditions(draw: st.DrawFn, before: list[DocumentItem], depth: int = 2) -> Any:
    """Draw a condition over earlier items, or None where nothing was asked."""
    answered = [item for item in before if item.kind != ItemKind.NOTE]
    if not answered:
        return None
    if depth and draw(st.booleans()):
        parts = [draw(conditions(before, depth - 1)) for _each in range(draw(st.integers(2, 3)))]
        if not _reads_as_unequal(parts):
            return {draw(st.sampled_from(["all", "any"])): parts}
    item = draw(st.sampled_from(answered))
    op, value = draw(st.sampled_from(_comparisons(item)))
    leaf = {"item": item.code, "op": op} | ({} if value is None else {"value": value})
    is_negated = op not in ("answered", "not_answered") and draw(st.booleans())
    return {"not": leaf} if is_negated else leaf


def _reads_as_unequal(parts: list[Any]) -> bool:
    """“Answered and not this” is read back as one comparison, “!=”, which means the same."""
    return len(parts) == 2 and parts[0].get("op") == "answered" and "not" in parts[1]


def _comparisons(item: DocumentItem) -> list[tuple[str, Any]]:
    first = item.options[0].value if item.options else 0
    told: dict[str, list[tuple[str, Any]]] = {
        "CHOICE": [("=", first), ("!=", first), ("<", first), ("in", [first])],
        "RATING": [("=", 3), ("!=", 3), (">=", 9)],
        "MULTIPLE": [("contains", first)],
        "NUMBER": [("=", 3), ("<", 2.5), (">", -1)],
        "DATE": [("=", DAYS[0]), ("<=", DAYS[1])],
        "LINE": [("=", "it's"), ("contains", 'a "b"'), ("!=", "x")],
    }
    told["TEXT"] = told["LINE"]
    return [("answered", None), ("not_answered", None), *told.get(item.kind, [])]

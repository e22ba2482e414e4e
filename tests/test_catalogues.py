"""The interface can be read in four languages, and nothing on it is left in English."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.utils import translation

from config.catalogues import (
    LANGUAGES,
    compile_catalogues,
    find_messages,
    path_of,
    read_catalogue,
    update_catalogues,
)

ROOT = Path(__file__).resolve().parent.parent
marked_messages = cache(find_messages)  # seconds each time
kept_catalogue = cache(read_catalogue)
PAGES = sorted(
    path
    for path in (ROOT / "templates").rglob("*.*")
    if path.relative_to(ROOT / "templates").parts[0] != "letters"  # worded by letters.phrases
)
FRONT_ENDS = ("answering", "console", "dashboards")
IN_ENGLISH = {  # what is taken along as a file is the same file for everybody
    *("files.py", "exports.py", "tables.py", "bundle.py", "method.py", "recompute.py"),
}
FOR_MACHINES = {"answering/headers.py", "answering/health.py", "answering/metrics.py"}
MODULES = sorted(
    path
    for name in FRONT_ENDS
    for path in (ROOT / "survey" / name).rglob("*.py")
    if name != "dashboards" or path.name not in IN_ENGLISH
    if str(path.relative_to(ROOT / "survey")) not in FOR_MACHINES
)
OF_TWO_MEANINGS = {"Look", "inside", "stopped"}
STORED = {"fewer than   teams"}  # looked up by its English words when it is shown
PROPER = {
    *("Hearthline", "EX", "CX", "SMS", "QR", "URL", "PIN"),
    *("CSV", "PNG", "ZIP", "XLSX", "JSON", "PO"),
}

TRANSLATED = re.compile(
    r"{%-?\s*blocktrans(?:late)?\b.*?{%-?\s*endblocktrans(?:late)?\s*-?%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->|<style.*?</style>",
    re.DOTALL,
)
SHOWN_ATTRIBUTE = re.compile(r'\b(?:aria-label|title|alt|placeholder|aria-description)="([^"]*)"')
LITERAL_ARGUMENT = re.compile(r'{%\s*(?:include|with)\b[^%]*?\w+="([^"]*[a-z] [^"]*)"')
MARKERS = {
    *("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"),
    *("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"),
}


def words_outside(template: str) -> list[str]:
    """Return the words of a template that no translate tag holds."""
    left = TRANSLATED.sub(" ", template)
    shown = [*SHOWN_ATTRIBUTE.findall(left), *LITERAL_ARGUMENT.findall(left)]
    text = re.sub(r"{%.*?%}|{{.*?}}", " ", left, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    pieces = [text, *(re.sub(r"{%.*?%}|{{.*?}}", " ", each) for each in shown)]
    text = re.sub(r"&\w+;", " ", " ".join(pieces))
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in PROPER]


def sentences_unmarked(source: str) -> Iterator[str]:
    """Yield the sentences of a module that no gettext call holds and that somebody may read."""
    tree = ast.parse(source)
    unread = {id(node) for node in _unread(tree)}
    marked = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and _name(node.func) in MARKERS
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.JoinedStr):
            text = " ".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if _is_sentence(re.sub("<[^>]*>", "", text)) and text not in STORED | marked:
            yield text


def _unread(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield what is marked, and what nobody reads: docstrings, errors, notes to the log, types."""
    for node in ast.walk(tree):
        hidden: list[ast.AST] = []
        if isinstance(node, ast.Call) and _name(node.func) in MARKERS | {"cast", "TypeVar"}:
            hidden = [*node.args]
        elif isinstance(node, ast.Call) and _name(node.func) in ("info", "warning", "exception"):
            hidden = [*node.args] if _is_log(node.func) else []
        elif isinstance(node, (ast.Raise, ast.Assert, ast.AnnAssign)):
            hidden = [node.annotation] if isinstance(node, ast.AnnAssign) else [node]
        elif isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            first = node.body[0] if node.body else None
            hidden = [first] if isinstance(first, ast.Expr) else []
        elif isinstance(node, ast.JoinedStr):
            hidden = [*node.values]
        for each in hidden:
            yield from (inner for inner in ast.walk(each) if inner is not node or node is each)


def _name(node: ast.AST) -> str:
    return getattr(node, "id", "") or getattr(node, "attr", "")


def _is_log(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and _name(node.value) in ("logger", "log")


def _is_sentence(text: str) -> bool:
    words = re.findall(r"(?<![\w/.:%-])[A-Za-z’]{2,}(?![\w/:-])", text)
    return (
        len(words) > 1
        and " " in text.strip()
        and (text.lstrip()[:1].isupper() or len(words) > 2 or "’" in text)
    )


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|{\w*}", text))


def told(message: Message) -> tuple[list[str], list[str]]:
    """Return what a message says in the source, and in the language of its catalogue."""
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    return ids, strings


class TestTemplates:
    @pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_leave_no_word_untranslated(self, path: Path) -> None:
        assert words_outside(path.read_text()) == []

    def test_are_searched_by_a_test_that_can_fail(self) -> None:
        assert words_outside("<p>Who sees this?</p>") == ["Who", "sees", "this"]
        assert words_outside('<a title="{{ n }} more">{% translate "x" %}</a>') == ["more"]


class TestFrontEnds:
    @pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
    def test_leave_no_sentence_unmarked(self, path: Path) -> None:
        assert list(sentences_unmarked(path.read_text())) == []

    def test_are_searched_by_a_test_that_can_fail(self) -> None:
        assert list(sentences_unmarked('x = f"Sent to {n} people"')) == ["Sent to   people"]
        assert list(sentences_unmarked('x = _("Sent to %(n)s people") % {"n": n}')) == []


class TestCatalogues:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_translate_everything(self, language: str) -> None:
        kept = kept_catalogue(language)
        missing = []
        for message in marked_messages():
            known = kept.get(message.id, message.context) if message.id else message
            if known is None or known.fuzzy or (message.id and not all(told(known)[1])):
                missing.append(message.id)
        assert missing == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_name_the_same_things_as_the_source(self, language: str) -> None:
        wrong = []
        for message in kept_catalogue(language):
            if message.id:
                ids, strings = told(message)
                known = set().union(*map(placeholders, ids))
                needed = placeholders(ids[-1])
                if any(placeholders(each) - known for each in strings) or not needed <= set().union(
                    *map(placeholders, strings)
                ):
                    wrong.append(message.id)
        assert wrong == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_hold_nothing_that_is_not_said_any_more(self, language: str) -> None:
        found = {(message.id, message.context) for message in marked_messages()}
        assert [
            message.id
            for message in kept_catalogue(language)
            if message.id and (message.id, message.context) not in found
        ] == []

    def test_are_offered_as_the_languages_of_the_interface(self) -> None:
        assert [tag for tag, _ in settings.LANGUAGES] == ["en-gb", *LANGUAGES]


class TestUpdateCatalogues:
    def test_writes_what_is_marked_and_compiles_to_what_django_reads(self, tmp_path: Path) -> None:
        update_catalogues(tmp_path, ["de"])
        compile_catalogues(tmp_path, ["de"])

        assert 'msgid "' in path_of("de", tmp_path).read_text()
        assert path_of("de", tmp_path).with_suffix(".mo").exists()

    def test_changes_nothing_a_second_time(self, tmp_path: Path) -> None:
        update_catalogues(tmp_path, ["ar"])
        first = path_of("ar", tmp_path).read_text()
        update_catalogues(tmp_path, ["ar"])
        assert path_of("ar", tmp_path).read_text() == first


class TestCompileCatalogues:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_lets_the_interface_speak(self, language: str) -> None:
        with translation.override(language):
            assert translation.gettext("Skip to content") != "Skip to content"


def test_a_word_of_two_meanings_says_which_is_meant() -> None:
    meant: dict[str, set[str | None]] = {word: set() for word in OF_TWO_MEANINGS}
    for message in marked_messages():
        if message.id in meant:
            meant[message.id].add(message.context)

    assert {word for word, contexts in meant.items() if None in contexts} == set()
    assert {word for word, contexts in meant.items() if len(contexts) < 2} == set()


DAY_AND_MONTH = r'"[^"_]*[jd][^"_]*[FMNEm][^"_]*"'
FIXED_DAY = re.compile(rf"\|date:{DAY_AND_MONTH}|date_format\([^\"]*[^(\"]{DAY_AND_MONTH}")
WRITTEN_DAY = re.compile(r'\|date:_\("([^"]+)"\)')


def test_no_page_writes_days_in_one_order_for_all_languages() -> None:
    pages = [path for path in PAGES if path.parent.name != "letters"]
    fixed = {
        str(path.relative_to(ROOT)): FIXED_DAY.findall(path.read_text())
        for path in (*pages, *MODULES)
    }

    assert {path: found for path, found in fixed.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_in_other_languages_tell_the_same(language: str) -> None:
    orders = {order for path in PAGES for order in WRITTEN_DAY.findall(path.read_text())}
    catalogue = kept_catalogue(language)
    said = {order: catalogue.get(order) for order in sorted(orders)}

    assert "j F Y" in said
    assert {
        order: message.string
        for order, message in said.items()
        if message and message.string and told_by(str(message.string)) != told_by(order)
    } == {}


def told_by(order: str) -> set[str]:
    """Return which parts of a moment a format of Django's tells, whatever their order."""
    parts = {"d": "j", "M": "F", "N": "F", "E": "F", "m": "F", "n": "F", "D": "l"}
    letters = re.findall(r"[A-Za-z]", re.sub(r"\\.", "", order))
    return {parts.get(letter, letter) for letter in letters}

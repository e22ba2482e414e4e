"""Hold translations that came in against a questionnaire: what they change, and what is wrong."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass

from django.utils.translation import gettext as _

from survey.questionnaires.documents import Document, Texts
from survey.questionnaires.importers import LeftOut
from survey.questionnaires.importers.telling import shorten
from survey.questionnaires.piping import PLACEHOLDER
from survey.questionnaires.reading import LONGEST_WORDING, UNWRITABLE
from survey.questionnaires.translations.texts import list_texts, source_of

LONGEST_HEADING = 300
NO_XML = re.compile("[\ufffe\uffff]")  # a spreadsheet cannot hold them


@dataclass(frozen=True, slots=True)
class Translation:
    """One text as a file words it; row: where it stands in the file, source: what it translates."""

    row: str
    where: str
    source: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One wording that becomes another; old is empty where there was none."""

    row: str
    where: str
    language: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What translations come to.

    left_aside: what is skipped; faults: what has to be mended before anything is taken over.
    """

    changes: tuple[Change, ...]
    n_same: int
    left_aside: tuple[LeftOut, ...]
    faults: tuple[LeftOut, ...]

    @property
    def digest(self) -> str:
        """Return what tells this comparison from every other one."""
        told = json.dumps([astuple(change) for change in self.changes])
        return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()

    @property
    def wordings(self) -> dict[str, Texts]:
        """Return the new wordings by where they belong."""
        found: dict[str, dict[str, str]] = {}
        for change in self.changes:
            found.setdefault(change.where, {})[change.language] = change.new
        return dict(found)


def compare(document: Document, translations: Iterable[Translation]) -> Comparison:
    """Return what translations would change in a questionnaire; empty ones change nothing."""
    comparing = _Comparing(document)
    for translation in translations:
        if translation.text.strip():
            comparing.add(translation)
    return comparing.result()


def plain(text: str) -> str:
    """Return a text as files of every kind can hold it."""
    return NO_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


class _Comparing:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._texts: Mapping[str, Texts] = {text.where: text.texts for text in list_texts(document)}
        self._seen: dict[tuple[str, str], str] = {}
        self._changes: list[Change] = []
        self._left_aside: list[LeftOut] = []
        self._faults: list[LeftOut] = []
        self._n_same = 0

    def add(self, said: Translation) -> None:
        """Sort one translation in."""
        why = self._why_aside(said)
        if why:
            self._left_aside.append(_told(said, why))
            return
        old, new = self._texts[said.where].get(said.language, ""), plain(said.text)
        if new == plain(old):
            self._n_same += 1
            return
        why = self._why_wrong(said, new)
        if why:
            self._faults.append(_told(said, why))
        elif (said.where, said.language) not in self._seen:
            self._seen[said.where, said.language] = new
            self._changes.append(Change(said.row, said.where, said.language, old, new))

    def result(self) -> Comparison:
        """Return what was found."""
        return Comparison(
            tuple(self._changes), self._n_same, tuple(self._left_aside), tuple(self._faults)
        )

    def _why_aside(self, said: Translation) -> str:
        """Return why a translation belongs to nothing here, if so."""
        texts = self._texts.get(said.where)
        if texts is None:
            return _("this questionnaire has no text of this name")
        if said.language not in self._document.languages:
            return _("%(tag)s is no language of this questionnaire") % {"tag": said.language}
        source = source_of(texts, self._document.languages)
        if plain(said.source) != plain(source):
            return _("it translates other words; now they are “%(text)s”") % {
                "text": shorten(source)
            }
        return ""

    def _why_wrong(self, said: Translation, new: str) -> str:
        """Return what has to be mended in a translation, if anything."""
        is_heading = said.where.startswith("section/")
        most = LONGEST_HEADING if is_heading else LONGEST_WORDING
        if len(new) > most:
            told = {"n": len(new), "most": most}
            return _("it has %(n)s characters; %(most)s is the most") % told
        if UNWRITABLE.search(new):
            return _("it holds characters that cannot be shown")
        if self._seen.get((said.where, said.language), new) != new:
            return _("it stands twice, in other words each time")
        lost, added = _placeholders(said.source, new)
        if lost or added:
            return _("what is filled in must stay: missing %(lost)s, too much %(added)s") % {
                "lost": ", ".join(lost) or "–",
                "added": ", ".join(added) or "–",
            }
        return ""


def _placeholders(source: str, new: str) -> tuple[list[str], list[str]]:
    """Return which placeholders a translation lost, and which it added."""
    before, after = (Counter(PLACEHOLDER.findall(text)) for text in (source, new))
    return _written(before - after), _written(after - before)


def _written(found: Counter[tuple[str, str]]) -> list[str]:
    return [f"{{{{{source}:{name}}}}}" for source, name in found.elements()]


def _told(said: Translation, why: str) -> LeftOut:
    what = f"{said.where} ({said.language}): {said.text}" if said.where else said.text
    return LeftOut(shorten(said.row), shorten(what), why)

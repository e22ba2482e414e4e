"""Texts of strangers by language: plain, within our limits, with marks for repeated answers."""

import re
from collections.abc import Callable, Mapping

from django.utils.formats import number_format

from survey.questionnaires.importers.markup import read_markup
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.telling import shorten
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.reading import LONGEST_NAME, LONGEST_WORDING

OPENS, CLOSES = "\ue000", "\ue001"  # around the name of the answer repeated, until it is known
MARK = re.compile(f"{OPENS}([^{OPENS}{CLOSES}]*){CLOSES}")

Repeats = Callable[[str], str]


def mark(name: str) -> str:
    """Return what stands in a text for the answer to a question."""
    return f"{OPENS}{name}{CLOSES}"


class Wording:
    """Reads texts of one file; repeats puts marks where they repeat an answer."""

    def __init__(self, report: Report, repeats: Repeats = str) -> None:
        self._report = report
        self._repeats = repeats

    def read(self, raw: Mapping[str, str], where: str) -> dict[str, str]:
        """Return the texts that are not empty, by language."""
        texts = {tag: self.read_one(text, where) for tag, text in raw.items()}
        return {tag: text for tag, text in texts.items() if text}

    def read_one(self, raw: str, where: str) -> str:
        """Return one text in plain words, telling what was taken out of it."""
        marked = self._repeats(raw.replace(OPENS, "").replace(CLOSES, ""))
        plain = read_markup(marked)
        for what in plain.lost:
            reason = _("only plain text is taken over from “%(text)s”")
            self._report.add(where, what, reason % {"text": shorten(plain.text)[:60]})
        return self._cut(plain.text, where)

    def read_or(
        self, raw: Mapping[str, str], stand_in: str, language: str, where: str
    ) -> dict[str, str]:
        """Return texts; where there are none at all, a stand-in in one language, and tell it."""
        texts = self.read(raw, where)
        if texts:
            return texts
        reason = _("is missing; “%(text)s” stands in for it") % {"text": shorten(stand_in)}
        self._report.add(where, _("the wording"), reason)
        return {language: read_markup(stand_in).text or "–"}

    def read_name(self, raw: str, stand_in: str, where: str) -> str:
        """Return a name on one line, within its limit; the stand-in where there is none."""
        name = " ".join(MARK.sub("…", self.read_one(raw, where)).split())
        if len(name) > LONGEST_NAME:
            self._tell_cut(where, LONGEST_NAME)
        return name[:LONGEST_NAME].strip() or stand_in

    def _cut(self, text: str, where: str) -> str:
        if len(text) <= LONGEST_WORDING:
            return text
        self._tell_cut(where, LONGEST_WORDING)
        cut = text[:LONGEST_WORDING]
        if cut.count(OPENS) > cut.count(CLOSES):  # not in the middle of a mark
            cut = cut[: cut.rindex(OPENS)]
        return cut.strip()

    def _tell_cut(self, where: str, most: int) -> None:
        reason = _("it is longer than %(most)s characters and was cut there") % {
            "most": number_format(most, force_grouping=True)
        }
        self._report.add(where, _("the end of a text"), reason)

"""Translations as gettext's PO: one file per language, each entry's context where it stands."""

import codecs
import io
import re
from collections import Counter
from collections.abc import Sequence

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from django.utils.translation import gettext as _

from survey.questionnaires.documents import Document
from survey.questionnaires.importers import ImportRefusedError, LeftOut
from survey.questionnaires.importers.telling import shorten
from survey.questionnaires.translations.comparing import Translation, plain
from survey.questionnaires.translations.tags import find_tag
from survey.questionnaires.translations.texts import list_texts, source_of

CHARSET = re.compile(rb"charset=([A-Za-z0-9_-]{1,30})")
LANGUAGE = re.compile(r'^"Language:[ \t]*([^\\"]{1,60})', re.MULTILINE)
LINE = re.compile(
    r'(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[[0-9]\])[ \t]+)?"(?:[^"\\]|\\.)*"'
)
CONTEXT = re.compile(r'^msgctxt[ \t]+"(.*)"', re.MULTILINE)
BROKEN = (PoFileError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


def write_catalogue(document: Document, language: str) -> bytes:
    """Return the texts of a questionnaire in one language as a PO file."""
    locale = language.replace("-", "_")
    catalogue = Catalog(locale=locale, project=document.code, charset="utf-8", fuzzy=False)
    for text in list_texts(document):
        source = plain(source_of(text.texts, document.languages))
        catalogue.add(source, plain(text.texts.get(language, "")), context=text.where)
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=0)
    return buffer.getvalue()


def read_catalogue(
    data: bytes, languages: Sequence[str]
) -> tuple[tuple[Translation, ...], tuple[LeftOut, ...]]:
    """Return the translations in a PO file and what in it is none; raise ImportRefusedError."""
    text = _decode(data)
    _check(text)
    language = _language(text, languages)
    head = f'"Language: {language.replace("-", "_")}'  # the reader stumbles over other names
    try:
        catalogue = read_po(LANGUAGE.sub(head, text, count=1).split("\n"), abort_invalid=True)
    except BROKEN as error:  # whatever trips the reader is a fault of the file
        raise _refusal(_("is no PO file, or a broken one")) from error
    translations, left_out = [], []
    for message in filter(lambda message: message.id, catalogue):
        row = _("line %(n)s") % {"n": message.lineno}
        why = _why_left_out(message)
        if why:
            left_out.append(LeftOut(row, _say(message), why))
        else:
            where = message.context or ""
            translations.append(
                Translation(row, where, str(message.id), language, str(message.string or ""))
            )
    for message in catalogue.obsolete.values():
        row = _("line %(n)s") % {"n": message.lineno}
        left_out.append(LeftOut(row, _say(message), _("it is crossed out (#~)")))
    return tuple(translations), tuple(left_out)


def _why_left_out(message: Message) -> str:
    if message.pluralizable:
        return _("it has plural forms; texts of questionnaires have none")
    if message.fuzzy and message.string:
        return _("it is marked as not checked (fuzzy)")
    return ""


def _say(message: Message) -> str:
    source = message.id if isinstance(message.id, str) else message.id[0]
    return shorten(message.context or source)


def _decode(data: bytes) -> str:
    """Return the file as text with plain ends of lines, in the encoding that it names."""
    named = CHARSET.search(data)
    encoding = named[1].decode() if named and named[1] != b"CHARSET" else "utf-8"
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode(encoding)
    except (LookupError, ValueError):
        text = None
    if text is None or "\x00" in text:
        raise _refusal(_("is no text in the encoding %(name)s") % {"name": encoding})
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check(text: str) -> None:
    """Refuse lines that are none of a PO file, and entries that stand twice."""
    for number, line in enumerate(text.split("\n"), start=1):
        said = line.strip()
        if said and not said.startswith("#") and not LINE.fullmatch(said):
            where = _("line %(n)s") % {"n": number}
            why = _("is no line of a PO file: %(line)s") % {"line": shorten(said)}
            raise ImportRefusedError(where, why)
    twice = [where for where, n in Counter(CONTEXT.findall(text)).items() if n > 1]
    if twice:
        raise ImportRefusedError(shorten(twice[0]), _("stands twice in the file"))


def _language(text: str, languages: Sequence[str]) -> str:
    """Return the language of a file by its head."""
    said = LANGUAGE.search(text)
    if said is None:
        raise ImportRefusedError(_("the head"), _("does not say “Language:”"))
    tag = find_tag(said[1], languages)
    if tag is None:
        why = _("“%(said)s” is none of this questionnaire’s languages: %(tags)s")
        told = {"said": shorten(said[1]), "tags": ", ".join(languages)}
        raise ImportRefusedError(_("the head"), why % told)
    return tag


def _refusal(why: str) -> ImportRefusedError:
    return ImportRefusedError(_("the file"), why)

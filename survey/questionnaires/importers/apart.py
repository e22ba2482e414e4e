"""Keep codes of strangers apart from those of items that are stored already.

Every program calls its questions q1, q2 and q3: stored as they are, they would be taken for new
wordings of somebody else's items, whose trends would break.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from survey.questionnaires.documents import Document, DocumentItem
from survey.questionnaires.importers.coding import LONGEST_CODE
from survey.questionnaires.importers.own import KIND as OWN
from survey.questionnaires.importers.reports import ImportedQuestionnaire, LeftOut
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import Item
from survey.questionnaires.piping import PLACEHOLDER


def list_taken_codes(document: Document) -> frozenset[str]:
    """Return the codes of a document that belong to items of other questionnaires."""
    stored = Item.objects.filter(code__in=[item.code for item in document.items])
    own = stored.filter(questionnaire_items__questionnaire__code=document.code)
    codes = stored.exclude(code__in=own.values("code")).values_list("code", flat=True)
    return frozenset(codes)


def keep_apart(imported: ImportedQuestionnaire, taken: Collection[str]) -> ImportedQuestionnaire:
    """Return a questionnaire of strangers with codes of its own where others have them already.

    Our own files mean the items that they name, and stay as they are.
    """
    document = imported.document
    codes = {item.code for item in document.items}
    clashing = sorted(codes & set(taken))
    if imported.kind == OWN or not clashing:
        return imported
    renamed: dict[str, str] = {}
    for code in clashing:
        renamed[code] = _free(f"{document.code}_{code}", codes | set(taken) | set(renamed.values()))
    told = tuple(
        LeftOut(
            code,
            _("its code"),
            _("another questionnaire asks it; here it is “%(new)s”") % {"new": new},
        )
        for code, new in renamed.items()
    )
    mends = tuple(replace(one, where=renamed.get(one.where, one.where)) for one in imported.mends)
    left_out = (*imported.left_out, *told)
    return replace(imported, document=rename(document, renamed), left_out=left_out, mends=mends)


def rename(document: Document, codes: Mapping[str, str]) -> Document:
    """Return a document whose items have other codes, in conditions and wording too."""
    sections = tuple(
        replace(
            section,
            shown_when=_in_condition(section.shown_when, codes),
            items=tuple(_renamed(item, codes) for item in section.items),
        )
        for section in document.sections
    )
    return replace(document, sections=sections)


def _free(wanted: str, used: Collection[str]) -> str:
    wanted = wanted[-LONGEST_CODE:].lstrip("_0123456789") or "q"
    code, number = wanted, 2
    while code in used:
        code, number = f"{wanted[:64]}_{number}", number + 1
    return code


def _renamed(item: DocumentItem, codes: Mapping[str, str]) -> DocumentItem:
    def in_texts(texts: Mapping[str, str]) -> dict[str, str]:
        return {tag: PLACEHOLDER.sub(in_place, text) for tag, text in texts.items()}

    def in_place(found: re.Match[str]) -> str:
        is_item = found[1] == "item"
        return f"{{{{item:{codes.get(found[2], found[2])}}}}}" if is_item else found[0]

    return replace(
        item,
        code=codes.get(item.code, item.code),
        texts=in_texts(item.texts),
        hints=in_texts(item.hints),
        options=tuple(replace(each, texts=in_texts(each.texts)) for each in item.options),
        shown_when=_in_condition(item.shown_when, codes),
    )


def _in_condition(condition: Any, codes: Mapping[str, str]) -> Any:
    if isinstance(condition, Mapping):
        told = {name: _in_condition(each, codes) for name, each in condition.items()}
        return told | ({"item": codes.get(told["item"], told["item"])} if "item" in told else {})
    if isinstance(condition, list) and any(isinstance(each, Mapping) for each in condition):
        return [_in_condition(each, codes) for each in condition]
    return condition

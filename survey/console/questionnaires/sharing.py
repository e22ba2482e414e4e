"""A questionnaire as a file, and what two versions of it differ in."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from survey.console.questionnaires.access import on_questionnaire
from survey.console.questionnaires.words import AUDIENCES, KINDS, PAGES, word
from survey.questionnaires.content import OptionContent, QuestionnaireContent, SectionContent
from survey.questionnaires.differences import Difference, difference
from survey.questionnaires.documents import document_to_json
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import get_content, list_versions

WHAT = {
    "name": gettext_lazy("Name"),
    "audience": gettext_lazy("Who is asked"),
    "languages": gettext_lazy("Languages"),
    "settings": gettext_lazy("How it is laid out"),
    "section": gettext_lazy("Section"),
    "added": gettext_lazy("New question"),
    "removed": gettext_lazy("Question left out"),
    "moved": gettext_lazy("Order"),
    "heading": gettext_lazy("Heading"),
    "kind": gettext_lazy("How it is answered"),
    "texts": gettext_lazy("Wording"),
    "hints": gettext_lazy("Hint"),
    "options": gettext_lazy("Answers"),
    "allows_cant_say": gettext_lazy("“I can’t say”"),
    "asks_for_playback": gettext_lazy("Leave to play back"),
    "is_required": gettext_lazy("Must be answered"),
    "shown_when": gettext_lazy("When it is asked"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One difference in words."""

    where: str
    what: str
    old: str
    new: str
    breaks_trend: bool


@on_questionnaire
@require_safe
def share(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Hand a questionnaire over as a file that another installation can bring in."""
    document = document_to_json(export_document(questionnaire_id=questionnaire.pk))
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    name = f"{questionnaire.code}-v{questionnaire.version}.json"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@on_questionnaire
@require_safe
def differences(request: HttpRequest, questionnaire: Questionnaire) -> HttpResponse:
    """Show what a version changes against another one, by default the one before."""
    versions = [row for row in list_versions(questionnaire) if row != questionnaire]
    others = {str(row.version): row for row in versions}
    before = [number for number in others if int(number) < questionnaire.version]
    chosen = others.get(request.GET.get("with", "") or next(iter(before), ""))
    context: dict[str, Any] = {
        "questionnaire": questionnaire,
        "others": list(others.values()),
        "chosen": chosen,
    }
    if chosen is not None:
        old = get_content(questionnaire_id=chosen.pk)
        new = get_content(questionnaire_id=questionnaire.pk)
        context["lines"] = [_line(one, old, new) for one in difference(old, new)]
    return render(request, "console/questionnaires/differences.html", context)


def _line(one: Difference, old: QuestionnaireContent, new: QuestionnaireContent) -> Line:
    language = new.languages[0]
    items = {item.code: item for item in (*old.items, *new.items)}
    item = items.get(one.where)
    return Line(
        where=word(item.texts, language)[0] if item else one.where,
        what=str(WHAT.get(one.what, one.what)),
        old=_say(one.what, one.old, language),
        new=_say(one.what, one.new, language),
        breaks_trend=one.breaks_trend,
    )


def _say(what: str, value: Any, language: str) -> str:
    """Return one side of a difference in words; JSON where there are none."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if what == "options":
        return _say_options(value, language)
    if what in SAYERS:
        return SAYERS[what](value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _say_texts(texts: Mapping[str, str]) -> str:
    if len(texts) < 2:
        return next(iter(texts.values()), "–")
    return "; ".join(f"{tag}: {text}" for tag, text in texts.items())


def _say_options(options: Iterable[OptionContent], language: str) -> str:
    said = ((option.value, word(option.texts, language)[0]) for option in options)
    return "; ".join(f"{value} {text}" for value, text in said)


def _say_section(section: SectionContent | str) -> str:
    """Return a section that came or went by its heading, and where an item stands by its code."""
    if isinstance(section, str):
        return section or "–"
    return _say_texts(section.texts) if section.texts else section.code


def _say_settings(settings: Mapping[str, Any]) -> str:
    parts = [str(PAGES[settings.get("page", "")])]
    if settings.get("shuffles_items"):
        parts.append(_("in a random order"))
    if sample := settings.get("sample"):
        drawn = {"n": sample["n"], "pool": len(sample["pool"])}
        parts.append(_("%(n)d of %(pool)d questions drawn at random") % drawn)
    return "; ".join(parts)


SAYERS: dict[str, Callable[[Any], str]] = {
    "audience": lambda code: str(AUDIENCES[code]),
    "kind": lambda code: str(KINDS[code]),
    "languages": ", ".join,
    "section": _say_section,
    "settings": _say_settings,
    **dict.fromkeys(("texts", "hints", "heading", "added", "removed"), _say_texts),
}

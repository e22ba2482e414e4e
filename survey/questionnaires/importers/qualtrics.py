"""A Qualtrics survey (.qsf) as a questionnaire."""

from typing import Any

from survey.questionnaires.importers.coding import make_code
from survey.questionnaires.importers.drafts import Draft
from survey.questionnaires.importers.finishing import finish
from survey.questionnaires.importers.plain_json import as_list, as_map, as_text
from survey.questionnaires.importers.qualtrics_flow import Flow
from survey.questionnaires.importers.qualtrics_items import Survey
from survey.questionnaires.importers.reports import (
    ImportedQuestionnaire,
    ImportRefusedError,
    Report,
)
from survey.questionnaires.importers.tags import MOST_LANGUAGES, read_tag
from survey.questionnaires.importers.telling import tell as _

KIND = "qualtrics"
MOST_ELEMENTS = 5_000
OF_NO_ACCOUNT = ("BL", "FL", "SQ", "QC", "RS", "STAT", "PROJ", "QO")


def read_qualtrics(stored: Any) -> ImportedQuestionnaire:
    """Return the questionnaire in the JSON of Qualtrics; raise ImportRefusedError."""
    entry = as_map(as_map(stored).get("SurveyEntry"))
    elements = [as_map(each) for each in as_list(as_map(stored).get("SurveyElements"))]
    if not entry or not elements:
        reason = _("is no survey of Qualtrics; export it there as “Survey (.qsf)”")
        raise ImportRefusedError(_("the file"), reason)
    if len(elements) > MOST_ELEMENTS:
        raise ImportRefusedError(_("the file"), _("has more than 5,000 elements"))
    report = Report()
    questions = [as_map(each.get("Payload")) for each in elements if each.get("Element") == "SQ"]
    survey = Survey(_languages(entry, questions, report), report)
    flow = Flow(survey, questions, _first(elements, "BL"), _first(elements, "FL"))
    name = survey.wording.read_name(as_text(entry.get("SurveyName")), "Qualtrics", _("the title"))
    draft = Draft(
        code=make_code(name, "qualtrics")[:60],
        name=name,
        languages=survey.tags,
        sections=flow.read(),
        names=survey.names,
    )
    if flow.shuffles_items:
        draft.settings["shuffles_items"] = True
    _tell_rest(elements, report)
    return finish(draft, report, KIND)


def _first(elements: list[dict[str, Any]], kind: str) -> Any:
    return next((each.get("Payload") for each in elements if each.get("Element") == kind), None)


def _languages(
    entry: dict[str, Any], questions: list[dict[str, Any]], report: Report
) -> dict[str, str]:
    names = [as_text(entry.get("SurveyLanguage")) or "EN"]
    names += [name for each in questions for name in _translations(each)]
    tags: dict[str, str] = {}
    for name in dict.fromkeys(names):
        tag = read_tag(name)
        if tag is None or tag in tags.values() or len(tags) >= MOST_LANGUAGES:
            reason = _("is no language known here, stands twice, or is one too many")
            report.add(_("the languages"), name, reason)
        else:
            tags[name] = tag
    return tags or {"EN": "en"}


def _translations(question: dict[str, Any]) -> list[str]:
    told = question.get("Language")
    return list(told) if isinstance(told, dict) else []


def _tell_rest(elements: list[dict[str, Any]], report: Report) -> None:
    for each in elements:
        kind = as_text(each.get("Element"))
        if kind not in OF_NO_ACCOUNT:
            what = as_text(each.get("SecondaryAttribute")) or as_text(each.get("PrimaryAttribute"))
            reason = _("only questions, blocks and their flow are taken over")
            report.add(_("element “%(kind)s”") % {"kind": kind}, what or _("all of it"), reason)

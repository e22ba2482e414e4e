"""A LimeSurvey survey (.lss) as a questionnaire."""

from collections.abc import Iterator

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.importers.coding import Codes, make_code
from survey.questionnaires.importers.drafts import Draft, DraftItem, DraftSection, Rule
from survey.questionnaires.importers.finishing import finish
from survey.questionnaires.importers.limesurvey_items import Asked, Places
from survey.questionnaires.importers.limesurvey_rules import (
    condition_rules,
    relevance_rules,
    repeat_answers,
)
from survey.questionnaires.importers.limesurvey_source import (
    Group,
    Question,
    list_groups,
    list_questions,
)
from survey.questionnaires.importers.limesurvey_tables import Row, Tables, read_tables
from survey.questionnaires.importers.limesurvey_types import make_items
from survey.questionnaires.importers.reports import (
    ImportedQuestionnaire,
    ImportRefusedError,
    Report,
)
from survey.questionnaires.importers.tags import MOST_LANGUAGES, read_tag
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import Wording
from survey.questionnaires.models import ItemKind

KIND = "limesurvey"
PAGES = {"A": "SCROLL", "G": "SECTIONS", "S": "ONE_BY_ONE"}
TEXTS_BESIDE = (
    "surveyls_description",
    "surveyls_welcometext",
    "surveyls_endtext",
    "surveyls_policy_notice",
)
LETTERS = ("surveyls_email_invite", "surveyls_email_remind", "surveyls_email_confirm")
OF_NO_ACCOUNT = ("", "0", "N", "-1")
KNOWN_TWICE = ("relevance",)  # older files repeat the question's own field


def read_limesurvey(data: bytes) -> ImportedQuestionnaire:
    """Return the questionnaire in a LimeSurvey file; raise ImportRefusedError."""
    tables = read_tables(data)
    survey = next(iter(tables.get("surveys", [])), None)
    if survey is None:
        raise ImportRefusedError(_("the file"), _("holds no survey"))
    report = Report()
    places = Places(
        survey.get("sid", ""),
        _languages(survey, report),
        report,
        Wording(report, repeat_answers),
    )
    places.offers_no_answer = survey.get("shownoanswer", "Y") != "N"
    draft = _draft(survey, tables, places)
    draft.sections = list(_sections(tables, places))
    draft.names = places.names
    _tell_rest(tables, places)
    return finish(draft, report, KIND)


def _languages(survey: Row, report: Report) -> dict[str, str]:
    said = [survey.get("language", ""), *survey.get("additional_languages", "").split()]
    tags: dict[str, str] = {}
    for one in dict.fromkeys(filter(None, said)):
        tag = read_tag(one)
        if tag is None or tag in tags.values() or len(tags) >= MOST_LANGUAGES:
            reason = _("is no language known here, stands twice, or is one too many")
            report.add(_("the languages"), one, reason)
        else:
            tags[one] = tag
    return tags or {"en": "en"}


def _draft(survey: Row, tables: Tables, places: Places) -> Draft:
    titles = {
        row.get("surveyls_language", ""): row.get("surveyls_title", "")
        for row in tables.get("surveys_languagesettings", [])
    }
    own = next(iter(places.languages))
    stand_in = f"LimeSurvey {places.sid}".strip()
    where = _("the title")
    name = places.wording.read_name(titles.get(own, ""), stand_in, where)
    page = PAGES.get(survey.get("format", ""))
    return Draft(
        code=make_code(name, f"limesurvey_{make_code(places.sid, 'survey')}")[:60],
        name=name,
        languages=places.tags,
        settings={"page": page} if page else {},
    )


def _sections(tables: Tables, places: Places) -> Iterator[DraftSection]:
    questions: dict[str, list[Question]] = {}
    for question in list_questions(tables):
        questions.setdefault(question.gid, []).append(question)
    codes = Codes(places.report)
    for group in list_groups(tables):
        section = _section(group, places, codes)
        for question in questions.pop(group.gid, []):
            section.items += _items(question, places)
        if all(entry.where == section.where for entry in section.items):
            section.items = []  # a text about questions that are not there
        yield section
    lost = [question for several in questions.values() for question in several]
    if lost:
        where = _("the questions of no group")
        section = DraftSection(codes.take("part", "part", where), where)
        section.items = [item for question in lost for item in _items(question, places)]
        yield section


def _section(group: Group, places: Places, codes: Codes) -> DraftSection:
    texts = group.texts
    where = _("group “%(name)s”") % {"name": next(iter(texts.values()), group.gid)}
    if group.row.get("randomization_group"):
        places.report.add(where, _("groups in random order"), _("sections keep their order here"))
    section = DraftSection(
        code=codes.take(f"group_{group.gid}", "part", where),
        where=where,
        texts=places.wording.read(places.tagged(texts), where),
        rules=relevance_rules(group.row.get("grelevance", "")),
    )
    described = places.wording.read(places.tagged(group.descriptions), where)
    if described:
        code = places.codes.take(f"group_{group.gid}_text", "part", where)
        note = DocumentItem(code, described, ItemKind.NOTE.value, allows_cant_say=False)
        section.items.append(DraftItem(note, where))
    return section


def _items(question: Question, places: Places) -> list[DraftItem]:
    asked = Asked(question, places, _rules(question))
    if asked.attribute("hidden") in ("1", "Y"):
        asked.lose(_("all of it"), _("it is hidden from everybody"))
        return []
    if not make_items(asked):
        reason = _("its type “%(type)s” is not known here") % {"type": question.type}
        asked.lose(_("all of it"), reason)
    elif not asked.items and question.type not in "|*I":
        asked.lose(_("all of it"), _("it has no rows to ask"))
    _tell_settings(asked)
    return asked.items


def _rules(question: Question) -> tuple[Rule, ...]:
    relevance = relevance_rules(question.row.get("relevance", ""))
    return relevance or condition_rules(question.conditions)


def _tell_settings(asked: Asked) -> None:
    row = asked.question.row
    if row.get("preg"):
        what = _("the pattern “%(pattern)s”") % {"pattern": row["preg"]}
        asked.lose(what, _("answers are not checked by patterns here"))
    if row.get("mandatory") == "S":
        asked.lose(_("softly required"), _("it is required here"))
    rest = {
        f"{name} = {asked.question.attribute(name)}"
        for name in asked.question.attributes.keys() - asked.used - set(KNOWN_TWICE)
        if asked.question.attribute(name).strip() not in OF_NO_ACCOUNT
    }
    if rest:
        asked.lose("; ".join(sorted(rest)), _("these settings have no counterpart here"))


def _tell_rest(tables: Tables, places: Places) -> None:
    """Tell what stands beside the questions: texts, letters, quotas, points, usual answers."""
    lose = places.report.add
    for row in tables.get("surveys_languagesettings", []):
        _tell_texts(row, places)
    for row in tables.get("quota", []):
        where = _("quota “%(name)s”") % {"name": row.get("name", "")}
        lose(where, _("all of it"), _("there are no quotas here"))
    for row in tables.get("assessments", []):
        where = _("assessment “%(name)s”") % {"name": row.get("name", "")}
        lose(where, _("all of it"), _("scales are counted by the item bank here"))
    if tables.get("defaultvalues"):
        what = _("%(count)s answers given beforehand") % {"count": len(tables["defaultvalues"])}
        lose(_("the survey"), what, _("no answer is given beforehand here"))
    known = {row.get("qid") for row in tables.get("questions", [])}
    for row in tables.get("subquestions", []):
        if row.get("parent_qid") not in known:
            where = _("subquestion “%(code)s”") % {"code": row.get("title", "")}
            lose(where, _("all of it"), _("its question is not in the file"))


def _tell_texts(row: Row, places: Places) -> None:
    where = _("the survey in “%(language)s”") % {"language": row.get("surveyls_language", "")}
    for name in TEXTS_BESIDE:
        if row.get(name):
            reason = _("pages here have their own first and last words")
            places.report.add(where, name, reason)
    if any(row.get(name) for name in LETTERS):
        places.report.add(where, _("its letters"), _("letters are written with the campaign"))

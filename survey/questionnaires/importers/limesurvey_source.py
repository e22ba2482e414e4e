"""Groups and questions of a LimeSurvey file, put together from its tables of any age."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from survey.questionnaires.importers.limesurvey_tables import Row, Tables

ByLanguage = dict[str, str]  # as written, by language as the file names it


@dataclass(slots=True)
class Answer:
    """One answer offered, on the first or second scale."""

    code: str
    order: int
    scale: str
    texts: ByLanguage


@dataclass(slots=True)
class Question:
    """A question or subquestion with all that hangs on it."""

    qid: str
    gid: str
    parent: str
    code: str
    type: str
    order: int
    scale: str
    row: Row
    texts: ByLanguage = field(default_factory=dict)
    helps: ByLanguage = field(default_factory=dict)
    attributes: dict[str, ByLanguage] = field(default_factory=dict)
    subquestions: list["Question"] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    conditions: list[Row] = field(default_factory=list)

    def attribute(self, name: str) -> str:
        """Return an attribute in whatever language it is told first, empty where it is not."""
        return next((value for value in self.attributes.get(name, {}).values() if value), "")

    def rows(self, scale: str = "0") -> list["Question"]:
        """Return the subquestions on one side of an array."""
        return [one for one in self.subquestions if one.scale == scale]


@dataclass(slots=True)
class Group:
    """A page of questions."""

    gid: str
    order: int
    row: Row
    texts: ByLanguage = field(default_factory=dict)
    descriptions: ByLanguage = field(default_factory=dict)


def list_groups(tables: Tables) -> list[Group]:
    """Return the groups in order."""
    groups: dict[str, Group] = {}
    for row in tables.get("groups", []):
        gid = row.get("gid", "")
        group = groups.setdefault(gid, Group(gid, _whole(row.get("group_order")), row))
        _note(group.texts, row, "group_name")
        _note(group.descriptions, row, "description")
    for row in tables.get("group_l10ns", []):
        if row.get("gid", "") in groups:
            _note(groups[row["gid"]].texts, row, "group_name")
            _note(groups[row["gid"]].descriptions, row, "description")
    return sorted(groups.values(), key=attrgetter("order"))


def list_questions(tables: Tables) -> list[Question]:
    """Return the questions in order, with their subquestions, answers and attributes."""
    found: dict[str, Question] = {}
    for row in (*tables.get("questions", []), *tables.get("subquestions", [])):
        question = found.setdefault(row.get("qid", ""), _question(row))
        _note(question.texts, row, "question")
        _note(question.helps, row, "help")
    for row in tables.get("question_l10ns", []):
        if row.get("qid", "") in found:
            _note(found[row["qid"]].texts, row, "question")
            _note(found[row["qid"]].helps, row, "help")
    for row in tables.get("question_attributes", []):
        if row.get("qid", "") in found:
            told = found[row["qid"]].attributes.setdefault(row.get("attribute", ""), {})
            told[row.get("language", "")] = row.get("value", "")
    for row in tables.get("conditions", []):
        if row.get("qid", "") in found:
            found[row["qid"]].conditions.append(row)
    _add_answers(tables, found)
    return _nested(found.values())


def _question(row: Row) -> Question:
    return Question(
        qid=row.get("qid", ""),
        gid=row.get("gid", ""),
        parent=row.get("parent_qid", "0") or "0",
        code=row.get("title", "").strip(),
        type=row.get("type", ""),
        order=_whole(row.get("question_order")),
        scale=row.get("scale_id", "0") or "0",
        row=row,
    )


def _add_answers(tables: Tables, questions: dict[str, Question]) -> None:
    texts: dict[str, ByLanguage] = defaultdict(dict)
    for row in tables.get("answer_l10ns", []):
        _note(texts[row.get("aid", "")], row, "answer")
    known: dict[tuple[str, str, str], Answer] = {}
    for row in tables.get("answers", []):
        qid, code, scale = row.get("qid", ""), row.get("code", ""), row.get("scale_id", "0") or "0"
        if qid not in questions:
            continue
        answer = known.get((qid, scale, code))
        if answer is None or "language" not in row or row["language"] in answer.texts:
            answer = Answer(
                code, _whole(row.get("sortorder")), scale, dict(texts[row.get("aid", "")])
            )
            known[qid, scale, code] = answer
            questions[qid].answers.append(answer)
        _note(answer.texts, row, "answer")


def _nested(questions: Iterable[Question]) -> list[Question]:
    whole = {one.qid: one for one in questions if one.parent == "0"}
    for one in sorted(questions, key=attrgetter("order")):
        if one.parent in whole:
            whole[one.parent].subquestions.append(one)
    for one in whole.values():
        one.answers.sort(key=attrgetter("order"))
    return sorted(whole.values(), key=attrgetter("order"))


def _note(texts: ByLanguage, row: Row, name: str) -> None:
    """Note a text in its language, the first where one language stands twice."""
    if row.get(name):
        texts.setdefault(row.get("language", ""), row[name])


def _whole(said: str | None) -> int:
    try:
        return int(said or 0)
    except ValueError:
        return 0

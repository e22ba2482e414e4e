"""Matrices of Qualtrics: one item for each row, or each cell, shown one by one."""

from collections.abc import Mapping
from typing import Any

from survey.questionnaires.documents import DocumentOption
from survey.questionnaires.importers.plain_json import as_map, as_text
from survey.questionnaires.importers.qualtrics_items import MOST_PARTS, Asked
from survey.questionnaires.importers.qualtrics_logic import logic_rules
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.models import ItemKind

MOST_COLUMNS = 20
ONE_EACH = ("Likert", "Bipolar", "Profile")


def make_matrix(asked: Asked) -> None:
    """Make the items of a matrix."""
    selector, sub = asked.sort[1:]
    if selector == "TE":
        _make_cells(asked, ItemKind.LINE)
    elif selector == "CS":
        asked.lose(_("the sum of the numbers"), _("sums are not checked here"))
        _make_cells(asked, ItemKind.NUMBER)
    elif selector not in ONE_EACH:
        reason = _("its type “%(type)s” is not known here") % {"type": f"Matrix/{selector}"}
        asked.lose(_("all of it"), reason)
    elif selector == "Profile" or asked.payload.get("AnswersByRow"):
        asked.lose(_("all of it"), _("its rows have answers of their own"))
    else:
        _make_rows(asked, is_several=sub == "MultipleAnswer")


def _make_rows(asked: Asked, *, is_several: bool) -> None:
    options = asked.options("Answers", "AnswerOrder", is_plain=True)
    if len(options) == 1:
        _make_boxes(asked, options)
        return
    kind = ItemKind.MULTIPLE if is_several else ItemKind.CHOICE
    for code, part in asked.parts("Choices", "ChoiceOrder"):
        _tell_own_words(asked, part)
        asked.add(
            f"_{code}",
            kind=kind,
            texts=asked.beside(asked.say("Choices", code, "Display")),
            options=options,
            rules=logic_rules(part.get("DisplayLogic")),
            name=f"/{code}",
        )


def _make_boxes(asked: Asked, columns: Mapping[str, DocumentOption]) -> None:
    """Ask a matrix of one column for its rows, of which any number can be ticked."""
    text = next(iter(next(iter(columns.values())).texts.values()), "")
    asked.lose(text, _("a matrix of one column is asked as one question, its rows being answers"))
    asked.add(kind=ItemKind.MULTIPLE, options=asked.options("Choices", "ChoiceOrder"))


def _make_cells(asked: Asked, kind: str) -> None:
    rows, columns = asked.parts("Choices", "ChoiceOrder"), asked.parts("Answers", "AnswerOrder")
    if len(rows) * len(columns) > MOST_PARTS:
        asked.lose(_("all of it"), _("it has too many cells"))
        return
    for row, part in rows:
        _tell_own_words(asked, part)
        words = asked.say("Choices", row, "Display")
        for column, _part in columns:
            head = asked.say("Answers", column, "Display")
            both = {
                tag: f"{text} – {head[tag]}" if tag in head else text for tag, text in words.items()
            }
            asked.add(
                f"_{row}_{column}",
                kind=kind,
                texts=asked.beside(both),
                rules=logic_rules(part.get("DisplayLogic")),
                name=f"/{row}/{column}",
            )


def _tell_own_words(asked: Asked, part: Mapping[str, Any]) -> None:
    if as_text(part.get("TextEntry")) or part.get("TextEntry") is True:
        asked.lose(_("own words beside a row"), _("own words stand beside answers only"))


def make_side_by_side(asked: Asked) -> None:
    """Make the items of each column of a side by side as those of a matrix of its own."""
    columns = as_map(asked.payload.get("AdditionalQuestions"))
    if len(columns) > MOST_COLUMNS:
        asked.lose(_("all of it"), _("it has too many cells"))
        return
    for number, column in columns.items():
        payload = dict(as_map(column))
        payload.setdefault("QuestionID", f"{asked.qid}#{number}")
        payload["DataExportTag"] = f"{asked.tag}_{number}"
        payload.setdefault("Choices", asked.payload.get("Choices"))
        payload.setdefault("ChoiceOrder", asked.payload.get("ChoiceOrder"))
        payload.setdefault("Validation", asked.payload.get("Validation"))
        payload["Language"] = _translated(asked, number)
        inner = Asked(payload, asked.survey, asked.rules)
        inner.where = asked.where
        heading = inner.texts
        inner.texts = asked.beside(heading)
        make_matrix(inner)
        asked.items += inner.items


def _translated(asked: Asked, number: str) -> dict[str, Any]:
    """Return the translations of one column, with those of the rows that all columns share."""
    told = {}
    for language, words in as_map(asked.payload.get("Language")).items():
        column = as_map(as_map(as_map(words).get("AdditionalQuestions")).get(number))
        told[language] = {"Choices": as_map(words).get("Choices"), **column}
    return told

"""What all lines of one XLSForm share, and how they say conditions and repeat answers."""

import re
from collections.abc import Mapping

from survey.questionnaires.importers.coding import Codes
from survey.questionnaires.importers.conditions import Target, Verdict, translate
from survey.questionnaires.importers.drafts import Rule
from survey.questionnaires.importers.expressions import XPATH, parse
from survey.questionnaires.importers.reports import Report
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import Wording, mark
from survey.questionnaires.importers.xlsform_sheets import Line
from survey.questionnaires.importers.xlsform_source import WORDED, Choices, Languages

REPEATED = re.compile(r"\$\{\s*([^{}\s]{1,200})\s*\}")
HANDLED = (
    "type",
    "name",
    "required",
    "relevant",
    "relevance",
    "constraint",
    "parameters",
    "appearance",
)


class Form:
    """One form while its items are made."""

    def __init__(self, languages: Languages, choices: Choices, report: Report) -> None:
        self.languages = languages
        self.choices = choices
        self.report = report
        self.wording = Wording(report, repeat_answers)
        self.codes = Codes(report)
        self.names: dict[str, Target] = {}

    def say(self, line: Line, word: str, where: str) -> dict[str, str]:
        """Return the texts of a column of a line."""
        return self.wording.read(self.languages.texts(line.cells, word), where)

    def where(self, line: Line) -> str:
        """Say where a line stands."""
        told = {"line": line.number, "name": line.cells.get("name", "").strip()}
        return _("sheet “survey”, line %(line)s “%(name)s”") % told

    def tell_rest(self, line: Line, where: str, handled: tuple[str, ...] = HANDLED) -> None:
        """Tell the columns of a line that have no counterpart."""
        rest = sorted(
            f"{heading} = {said}"
            for heading, said in line.cells.items()
            if heading not in handled and heading.partition("::")[0] not in WORDED
        )
        appearance = line.cells.get("appearance", "").strip()
        if appearance and appearance != "multiline":
            rest.append(f"appearance = {appearance}")
        if rest:
            self.report.add(where, "; ".join(rest), _("these settings have no counterpart here"))


def repeat_answers(text: str) -> str:
    """Return a text with marks where it repeats an answer as ${name}."""
    return REPEATED.sub(lambda found: mark(re.sub(r"[<>&]", " ", found[1])), text)


def relevance_rules(said: str) -> tuple[Rule, ...]:
    """Return what an expression says; nothing where there is none."""
    plain = REPEATED.sub(r"${\1}", said.strip())
    if not plain:
        return ()

    def of_expression(names: Mapping[str, Target]) -> Verdict:
        wrapped = {f"${{{name}}}": target for name, target in names.items()}
        return translate(parse(plain, XPATH), wrapped)

    return (Rule(plain, of_expression),)

"""Conditions of LimeSurvey: expressions, the older table of conditions, {repeated} answers."""

import re
from collections import defaultdict
from collections.abc import Sequence

from survey.questionnaires.importers.conditions import (
    Names,
    Verdict,
    compare,
    find,
    join,
    translate,
)
from survey.questionnaires.importers.drafts import Rule
from survey.questionnaires.importers.expressions import LIMESURVEY, CannotSayError, parse
from survey.questionnaires.importers.limesurvey_tables import Row
from survey.questionnaires.importers.telling import tell as _
from survey.questionnaires.importers.wording import mark

ALWAYS = ("", "1")
VALUE_OF = re.compile(r"\b([A-Za-z0-9_]+)\.(?:NAOK|valueNAOK|value|code|shown)\b")
EXPRESSION = re.compile(r"\{([^{}\s][^{}]{0,2000})\}")
SIMPLE = re.compile(r"(?:INSERTANS:)?([A-Za-z0-9_]+)(?:\.(?:NAOK|shown|value|valueNAOK|code))?")
SIGNS = {"==": "=", "=": "=", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def relevance_rules(source: str) -> tuple[Rule, ...]:
    """Return what an expression says; nothing where it always holds."""
    said = source.strip()
    if said in ALWAYS:
        return ()

    def of_expression(names: Names) -> Verdict:
        return translate(parse(VALUE_OF.sub(r"\1", said), LIMESURVEY), names)

    return (Rule(said, of_expression),)


def condition_rules(rows: Sequence[Row]) -> tuple[Rule, ...]:
    """Return older conditions: any scenario, in it all questions, of each any of its values."""
    if not rows:
        return ()
    said = "; ".join(
        f"{row.get('cfieldname', '')} {row.get('method', '')} {row.get('value', '')}"
        for row in rows
    )

    def of_table(names: Names) -> Verdict:
        scenarios: dict[str, dict[str, list[Verdict]]] = defaultdict(lambda: defaultdict(list))
        for row in rows:
            field = row.get("cfieldname", "")
            scenarios[row.get("scenario", "")][field].append(_of_row(row, names))
        return join(
            "any",
            [
                join("all", [join("any", each) for each in one.values()])
                for one in scenarios.values()
            ],
        )

    return (Rule(said, of_table),)


def _of_row(row: Row, names: Names) -> Verdict:
    sign = SIGNS.get(row.get("method", "").strip())
    if sign is None:
        reason = _("it compares by “%(sign)s”, which is not known here")
        raise CannotSayError(reason % {"sign": row.get("method", "")})
    target = find(row.get("cfieldname", "").lstrip("+"), names)
    return compare(target, sign, row.get("value", "").strip())


def repeat_answers(text: str) -> str:
    """Return a text with marks where it repeats an answer in curly brackets."""

    def of_expression(found: re.Match[str]) -> str:
        simple = SIMPLE.fullmatch(found[1].strip())
        return mark(simple[1] if simple else re.sub(r"[<>&]", " ", found[1])[:100])

    return EXPRESSION.sub(of_expression, text)

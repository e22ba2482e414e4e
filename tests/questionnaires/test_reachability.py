"""Whether a question can ever come up."""

from typing import Any

import pytest

from survey.questionnaires.content import SectionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reachability import can_come_up
from tests.factories.questionnaires import item_content, questionnaire_content


def a(op: str, value: Any = None) -> dict[str, Any]:
    return {"item": "a", "op": op, "value": value}


KINDS = {
    "choice": item_content("a"),
    "multiple": item_content("a", kind=ItemKind.MULTIPLE),
    "ranking": item_content("a", kind=ItemKind.RANKING),
    "number": item_content("a", kind=ItemKind.NUMBER, settings={"minimum": 0, "maximum": 9}),
    "date": item_content("a", kind=ItemKind.DATE),
    "line": item_content("a", kind=ItemKind.LINE),
}
POSSIBLE = [
    ("choice", a("in", [1, 2])),
    ("choice", {"not": a("=", 1)}),
    ("choice", a("not_answered")),
    ("multiple", {"all": [a("contains", 1), a("contains", 4)]}),
    ("ranking", a("answered")),
    ("number", {"all": [a(">", 3), a("<", 5)]}),
    ("number", a(">=", 9)),
    ("date", a("<", "2020-01-01")),
    ("line", {"all": [a("contains", "x"), a("contains", "y")]}),
    ("line", a("!=", "x")),
    ("line", {"all": [{"language": ["es"]}, {"attribute": "r", "op": "=", "value": "n"}]}),
    ("line", {"attribute": "r", "op": "!=", "value": "n"}),
]
IMPOSSIBLE = [
    ("choice", {"all": [a("=", 1), a("=", 2)]}),
    ("choice", a(">", 5)),
    ("choice", {"all": [a("answered"), a("not_answered")]}),
    ("multiple", {"all": [a("contains", 1), {"not": a("answered")}]}),
    ("number", a(">", 9)),
    ("number", {"all": [a(">", 3), a("<", 4)]}),
    ("date", {"all": [a("<", "2020-01-01"), a(">", "2020-01-01")]}),
    ("line", {"all": [{"language": ["en"]}, {"language": ["es"]}]}),
    ("line", {"any": []}),
]


class TestCanComeUp:
    @pytest.mark.parametrize(("kind", "condition"), POSSIBLE)
    def test_finds_a_way(self, kind: str, condition: dict[str, Any]) -> None:
        item = item_content("b", shown_when=condition)

        assert can_come_up(questionnaire_content(KINDS[kind], item, languages=("en", "es")), item)

    @pytest.mark.parametrize(("kind", "condition"), IMPOSSIBLE)
    def test_finds_none(self, kind: str, condition: dict[str, Any]) -> None:
        item = item_content("b", shown_when=condition)
        content = questionnaire_content(KINDS[kind], item, languages=("en", "es"))

        assert not can_come_up(content, item)

    def test_looks_through_others_and_sections(self) -> None:
        last = item_content("c", shown_when={"item": "b", "op": "answered"}, section="s")
        content = questionnaire_content(
            item_content("a"),
            item_content("b", shown_when=a("=", 1)),
            last,
            sections=(SectionContent("s", {}, a("=", 2)),),
        )

        assert not can_come_up(content, last)

    def test_claims_nothing_beyond_what_it_can_try(self) -> None:
        codes = [f"i{at}" for at in range(9)]
        parts = [{"item": code, "op": "=", "value": 1} for code in codes]
        item = item_content("last", shown_when={"all": [*parts, a("=", 1), a("=", 2)]})
        content = questionnaire_content(
            *(item_content(code) for code in codes), item_content("a"), item
        )

        assert can_come_up(content, item)

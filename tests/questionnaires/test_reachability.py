"""Which questions can never come up."""

import time
from itertools import pairwise
from typing import Any

import pytest

from survey.questionnaires.content import OptionContent, QuestionnaireContent, SectionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.reachability import find_unreachable
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
RATING = tuple(OptionContent(value, value, {}) for value in range(11))
MANY = item_content(
    "a",
    kind=ItemKind.MULTIPLE,
    options=tuple(OptionContent(value, value, {"en": str(value)}) for value in range(12)),
)
NOT_ONE = {"not": {"item": "r0", "op": "=", "value": 1}}


def on(code: str, value: int) -> dict[str, Any]:
    return {"item": code, "op": "=", "value": value}


def of_ratings(n_asked: int, n_gated: int) -> QuestionnaireContent:
    """Return questions that hang on all of some ratings at once, and on what excludes them."""
    codes = [f"r{at}" for at in range(n_asked)]
    condition = {"all": [*(on(code, 10) for code in codes), on("r0", 9)]}
    asked = (item_content(code, kind=ItemKind.RATING, options=RATING) for code in codes)
    gated = (item_content(f"m{at}", shown_when=condition) for at in range(n_gated))
    return questionnaire_content(*asked, *gated)


def chain_of(n: int) -> QuestionnaireContent:
    """Return questions of which each hangs on the one before."""
    codes = [f"i{at}" for at in range(n)]
    later = (item_content(code, shown_when=on(before, 2)) for before, code in pairwise(codes))
    return questionnaire_content(item_content("i0"), *later)


class TestFindUnreachable:
    @pytest.mark.parametrize(("kind", "condition"), POSSIBLE)
    def test_finds_a_way(self, kind: str, condition: dict[str, Any]) -> None:
        item = item_content("b", shown_when=condition)
        content = questionnaire_content(KINDS[kind], item, languages=("en", "es"))

        assert not find_unreachable(content)

    @pytest.mark.parametrize(("kind", "condition"), IMPOSSIBLE)
    def test_finds_none(self, kind: str, condition: dict[str, Any]) -> None:
        item = item_content("b", shown_when=condition)
        content = questionnaire_content(KINDS[kind], item, languages=("en", "es"))

        assert find_unreachable(content) == ("b",)

    def test_looks_through_others_and_sections(self) -> None:
        last = item_content("c", shown_when={"item": "b", "op": "answered"}, section="s")
        content = questionnaire_content(
            item_content("a"),
            item_content("b", shown_when=a("=", 1)),
            last,
            sections=(SectionContent("s", {}, a("=", 2)),),
        )

        assert find_unreachable(content) == ("c",)

    def test_claims_nothing_beyond_what_it_can_try(self) -> None:
        assert find_unreachable(of_ratings(5, 1)) == ("m0",)
        assert not find_unreachable(of_ratings(12, 1))

    def test_leaves_something_to_try_for_those_that_come_after_a_hard_one(self) -> None:
        hard = of_ratings(12, 1)
        easy = item_content("easy", shown_when={"not": {"any": [on("r0", 1), NOT_ONE]}})
        content = questionnaire_content(*hard.items, easy)

        assert find_unreachable(content) == ("easy",)

    def test_claims_nothing_where_it_has_not_tried_all_answers(self) -> None:
        codes = [option.value for option in MANY.options][:9]
        wanted = [{"item": "a", "op": "contains", "value": code} for code in codes[:7]]
        unwanted = [{"not": {"item": "a", "op": "contains", "value": code}} for code in codes[7:]]
        item = item_content("b", shown_when={"all": [*wanted, *unwanted]})

        assert not find_unreachable(questionnaire_content(MANY, item))

    def test_is_done_soon_whatever_hangs_on_what(self) -> None:
        for content in (of_ratings(40, 260), chain_of(300)):
            began = time.process_time()
            find_unreachable(content)

            assert time.process_time() - began < 1  # a third of that, where nothing else runs

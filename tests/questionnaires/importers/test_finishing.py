"""Drafts as documents: only conditions that our rules allow."""

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.importers.conditions import Verdict
from survey.questionnaires.importers.drafts import Draft, DraftItem, DraftSection, Rule
from survey.questionnaires.importers.expressions import CannotSayError
from survey.questionnaires.importers.finishing import finish, list_mends
from survey.questionnaires.importers.reports import (
    ImportedQuestionnaire,
    ImportRefusedError,
    Report,
)


def looks_at(code: str) -> Rule:
    return Rule(code, lambda names: {"item": code, "op": "answered"})


def always(verdict: Verdict) -> Rule:
    return Rule("said", lambda names: verdict)


def entry(code: str, *rules: Rule, kind: str = "LINE") -> DraftItem:
    return DraftItem(DocumentItem(code, {"en": code}, kind), f"question {code}", rules)


def finished(*sections: DraftSection) -> ImportedQuestionnaire:
    return finish(Draft("a", "A", ("en",), list(sections)), Report(), "xlsform")


def section(*items: DraftItem, rules: tuple[Rule, ...] = (), code: str = "s") -> DraftSection:
    return DraftSection(code, f"section {code}", items=list(items), rules=rules)


class TestFinish:
    def test_keeps_conditions_over_what_was_asked_before(self) -> None:
        imported = finished(section(entry("a"), entry("b", looks_at("a"), always(True))))

        assert imported.document.items[1].shown_when == {"item": "a", "op": "answered"}
        assert imported.left_out == ()

    @pytest.mark.parametrize(
        ("items", "reason"),
        [
            ((entry("a", looks_at("b")), entry("b")), "“b”, which is not asked before it"),
            ((entry("a", looks_at("a")),), "“a”, which is not asked before it"),
            ((entry("n", kind="NOTE"), entry("b", looks_at("n"))), "“n”, which has no answer"),
            ((entry("x"), entry("a", always(False)), entry("b", looks_at("a"))), "“a”"),
        ],
    )
    def test_tells_conditions_that_cannot_be_kept(
        self, items: tuple[DraftItem, ...], reason: str
    ) -> None:
        imported = finished(section(*items))

        assert reason in imported.left_out[-1].reason
        assert all(item.shown_when is None for item in imported.document.items)

    def test_tells_what_cannot_be_translated(self) -> None:
        def refuse(names: object) -> Verdict:
            raise CannotSayError("it rains")

        imported = finished(section(entry("a", Rule("rain", refuse))))

        assert imported.left_out[0].reason == "it rains"

    def test_leaves_out_what_is_never_asked(self) -> None:
        imported = finished(
            section(entry("a"), entry("b", always(False))),
            section(entry("c"), rules=(always(False),), code="t"),
        )

        assert [item.code for item in imported.document.items] == ["a"]
        assert [one.where for one in imported.left_out] == ["question b", "section t"]

    def test_leaves_out_conditions_that_are_too_deep(self) -> None:
        deep: Verdict = {"item": "a", "op": "answered"}
        for _each in range(20):
            deep = {"not": deep}

        imported = finished(section(entry("a"), entry("b", always(deep))))

        assert imported.document.items[1].shown_when is None
        assert "too deeply" in imported.left_out[0].reason

    def test_stops_at_three_hundred_and_tells_the_rest(self) -> None:
        imported = finished(section(*(entry(f"q{number}") for number in range(302))))

        assert len(imported.document.items) == 300
        assert [one.what for one in imported.left_out] == ["q300", "q301"]

    def test_refuses_what_asks_nothing(self) -> None:
        with pytest.raises(ImportRefusedError, match="no question"):
            finished(section())


class TestListMends:
    def test_names_missing_words_and_answers(self) -> None:
        single = (DocumentOption(1, {"en": "Yes"}),)
        item = DocumentItem("a", {"en": "A"}, "MULTIPLE", options=single)
        draft = Draft("a", "A", ("en", "ar"), [section(DraftItem(item, "a"))])

        imported = finish(draft, Report(), "xlsform")

        assert list(map(str, list_mends(imported.document))) == [
            "a is not worded in ar",
            "a has too few answers to choose from",
        ]
        assert imported.mends == tuple(list_mends(imported.document))

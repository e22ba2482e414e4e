"""Answers that would tell in which circumstances somebody was asked."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.content import SectionContent
from survey.questionnaires.models import ItemKind
from survey.responses.boxes import BoxContent
from survey.responses.thinning import Gate, leave_out, list_gates, list_telling
from tests.factories.questionnaires import item_content, questionnaire_content

K = 5
ARABIC = {"language": ["ar"]}
HARBOUR = {"attribute": "site", "op": "=", "value": "harbour"}
OF_LANGUAGE = Gate(frozenset({"q"}), frozenset(), hangs_on_language=True)
OF_SITE = Gate(frozenset({"q"}), frozenset({"site"}), hangs_on_language=False)
SITES: Mapping[int, Mapping[str, str]] = {1: {"site": "harbour"}, 2: {"site": "hill"}, 3: {}}


def asked(condition: Any, *, of_section: Any = None, code: str = "q") -> tuple[Gate, ...]:
    """Return the gates of three items: one for all, one under a condition, one after that one."""
    items = (
        item_content("all"),
        item_content(code, shown_when=condition, section="some"),
        item_content("after", shown_when={"item": code, "op": "not_answered"}),
    )
    sections = (SectionContent("some", {}, of_section),)
    return list_gates(questionnaire_content(*items, sections=sections))


def people(n: int, *codes: str, group: int = 1) -> list[BoxContent]:
    return [BoxContent(group, dict.fromkeys(("all", *codes), 1))] * n


def telling(*gates: Gate, of: list[BoxContent]) -> frozenset[str]:
    return list_telling(gates=gates, contents=of, attributes=SITES, k=K)


class TestListGates:
    @pytest.mark.parametrize(
        "condition", [ARABIC, {"not": ARABIC}, {"all": [ARABIC, {"item": "all", "op": "answered"}]}]
    )
    def test_finds_language_in_conditions_and_behind_items(self, condition: Any) -> None:
        assert [(sorted(gate.codes), gate.hangs_on_language) for gate in asked(condition)] == [
            (["q"], True),
            (["after"], True),
        ]

    def test_finds_attributes_in_conditions_of_sections(self) -> None:
        assert [
            (sorted(gate.codes), gate.attributes) for gate in asked(None, of_section=HARBOUR)
        ] == [
            (["q"], {"site"}),
            (["after"], {"site"}),
        ]

    def test_puts_items_under_one_condition_together(self) -> None:
        items = [item_content(code, shown_when=ARABIC) for code in ("a", "b")]
        (gate,) = list_gates(questionnaire_content(*items))

        assert gate.codes == {"a", "b"}

    def test_finds_none_where_only_answers_decide(self) -> None:
        assert asked({"item": "all", "op": "=", "value": 1}) == ()

    def test_leaves_notes_out(self) -> None:
        note = item_content("n", kind=ItemKind.NOTE, shown_when=ARABIC)

        assert list_gates(questionnaire_content(note)) == ()


class TestListTelling:
    @pytest.mark.parametrize("n_asked", [1, K - 1])
    def test_names_items_of_which_few_have_an_answer(self, n_asked: int) -> None:
        assert telling(OF_LANGUAGE, of=people(n_asked, "q") + people(20)) == {"q"}

    @pytest.mark.parametrize("n_not_asked", [1, K - 1])
    def test_names_items_of_which_all_but_few_have_one(self, n_not_asked: int) -> None:
        assert telling(OF_LANGUAGE, of=people(20, "q") + people(n_not_asked)) == {"q"}

    def test_names_none_where_enough_have_one_and_enough_have_none(self) -> None:
        assert telling(OF_LANGUAGE, of=people(K, "q") + people(K)) == frozenset()

    @pytest.mark.parametrize("codes", [(), ("q",)])
    def test_names_none_where_all_are_alike(self, codes: tuple[str, ...]) -> None:
        assert telling(OF_LANGUAGE, of=people(K, *codes)) == frozenset()

    def test_counts_words_as_answers(self) -> None:
        words = BoxContent(1, {"all": 1}, {"q": "Warm."})

        assert telling(OF_LANGUAGE, of=[words, *people(20)]) == {"q"}

    def test_looks_at_attributes_only_where_they_differ(self) -> None:
        few = people(2, "q")

        assert telling(OF_SITE, of=few + people(20)) == frozenset()
        assert telling(OF_SITE, of=few + people(20, group=2)) == {"q"}
        assert telling(OF_SITE, of=few + people(20, group=3)) == {"q"}

    def test_looks_at_conditions_together(self) -> None:
        other = Gate(frozenset({"r"}), frozenset(), hangs_on_language=True)
        apart = people(6, "q") + people(7, "r") + people(6)

        assert telling(OF_LANGUAGE, other, of=apart) == frozenset()
        assert telling(OF_LANGUAGE, other, of=[*apart, *people(1, "q", "r")]) == {"q"}

    @given(
        st.lists(st.frozensets(st.sampled_from("abcd")), min_size=K, max_size=40),
    )
    def test_leaves_every_pattern_to_at_least_k(self, patterns: list[frozenset[str]]) -> None:
        gates = [Gate(frozenset({code}), frozenset(), hangs_on_language=True) for code in "abcd"]
        contents = [BoxContent(1, dict.fromkeys(pattern, 1)) for pattern in patterns]

        found = telling(*gates, of=contents)
        left = [frozenset(leave_out(content, found).answers) for content in contents]

        assert all(left.count(pattern) >= K for pattern in left)
        assert bool(found) == any(patterns.count(pattern) < K for pattern in patterns)


class TestLeaveOut:
    def test_takes_numbers_words_and_leaves_of_an_item_along(self) -> None:
        content = BoxContent(
            1, {"all": 1, "q": 2}, {"q.other": "a", "t": "b", "s": "c"}, {"t": "ALL", "s": "NONE"}
        )

        assert leave_out(content, {"q", "t"}) == BoxContent(
            1, {"all": 1}, {"s": "c"}, {"s": "NONE"}
        )

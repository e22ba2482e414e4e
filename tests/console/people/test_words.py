"""Lists and their changes in words."""

import pytest

from survey.console.people.words import KINDS, SOURCES, say_detail, say_heads, say_source
from survey.organization import summaries
from survey.organization.selectors import HeadCounts


class TestSayHeads:
    @pytest.mark.parametrize(
        ("heads", "words"),
        [
            (HeadCounts(1, 1, 0), "1 person in 1 team today."),
            (
                HeadCounts(1200, 40, 3),
                "1,200 people in 40 teams today; 3 without an e-mail address or phone.",
            ),
        ],
    )
    def test_counts_in_a_sentence(self, heads: HeadCounts, words: str) -> None:
        assert say_heads(heads) == words


class TestSaySource:
    def test_names_the_ways_by_which_lists_come(self) -> None:
        assert {"upload", "api", "pick-up", "command"} == set(SOURCES)
        assert say_source("upload") == "upload"
        assert say_source("pigeon") == "pigeon"


class TestSayDetail:
    @pytest.mark.parametrize(
        "detail", ["leader: yes -> no", "phone: none -> +44 20", "tenure: 2 -> 3", "just so"]
    )
    def test_says_in_english_what_was_kept(self, detail: str) -> None:
        assert say_detail(detail) == detail.replace("phone", "phone number")


class TestKinds:
    def test_name_all_there_are(self) -> None:
        assert set(KINDS) == set(summaries.KINDS)

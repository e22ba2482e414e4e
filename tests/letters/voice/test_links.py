"""Links, pictures and markup."""

import pytest

from survey.letters.voice.findings import Place
from survey.letters.voice.links import find_links


def rules(text: str) -> set[str]:
    found = find_links(place=Place.BODY, text=text, reply_to="priya@cafe.example.org")
    return {finding.rule for _, finding in found}


class TestFindLinks:
    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            ("bit[.]ly/abc", "link_shortener"),
            ("see go.bit.ly/x", "link_shortener"),
            ("https://zz.io/aB3x", "link_shortener"),
            ("https://example.org/?utm_source=x", "tracking"),
            ("https://cafe.example.org/?mc_eid=17", "tracking"),
            ("![](https://example.org/a.png)", "tracking"),
            ("<IMG src=x>", "tracking"),
            ("<a href='x'>y</a>", "markup"),
            ("a&nbsp;b", "markup"),
            ("https://elsewhere.example/page", "foreign_link"),
        ],
    )
    def test_names_what_is_wrong(self, text: str, rule: str) -> None:
        assert rule in rules(text)

    @pytest.mark.parametrize(
        "text",
        [
            "https://cafe.example.org/heard",
            "https://www.example.org/heard/2026",
            "I <3 this, and 3 < 4 > 2",
            "Write to priya@example.org or ring 040.1234.",
            "At 9.30 in room B.2, as in e.g. May.",
        ],
    )
    def test_leaves_ordinary_words_alone(self, text: str) -> None:
        assert rules(text) == set()

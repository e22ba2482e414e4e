"""Letters that tell of something."""

import re
from dataclasses import replace
from html import unescape

import pytest

from survey.letters.notices import NoticeFacts, Section, render_notice
from tests.factories.letters import LetterFactory

FACTS = NoticeFacts(
    recipient_name="Ruth Okafor",
    url="https://hearthline.example/dashboards/calls/1?x=1&y=2",
    link_label="Open the call",
    paragraphs=("Please call before Tuesday, 17:00.",),
    sections=(Section("What waits", ("One call", "Two promises <soon>")),),
    stop_url="https://hearthline.example/digest/stop/abc/",
    stop_label="No more of these letters",
)
SAID = (
    "Hello Ruth Okafor,",
    "I would like to know if it got better.",
    "Please call before Tuesday, 17:00.",
    "What waits",
    "Two promises <soon>",
    "Open the call",
    "No more of these letters",
    "Priya Nair, People team",
    "priya@example.org",
)


class TestRenderNotice:
    @pytest.mark.parametrize("words", SAID)
    def test_says_everything_twice(self, words: str) -> None:
        composed = render_notice(letter=LetterFactory.build(), facts=FACTS)

        assert words in composed.text
        assert words in unescape(re.sub(r"<[^>]+>", "", composed.html))

    def test_links_plainly(self) -> None:
        composed = render_notice(letter=LetterFactory.build(), facts=FACTS)

        assert f"\n{FACTS.url}\n" in composed.text
        assert re.findall(r'href="([^"]+)"', composed.html) == [
            "https://hearthline.example/dashboards/calls/1?x=1&amp;y=2",
            "mailto:priya@example.org",
            FACTS.stop_url,
        ]
        assert composed.stop_url == FACTS.stop_url

    def test_says_nothing_of_stopping_where_nothing_can_be_stopped(self) -> None:
        facts = replace(FACTS, stop_url="", stop_label="")

        composed = render_notice(letter=LetterFactory.build(), facts=facts)

        assert "stop" not in composed.text + composed.html
        assert composed.stop_url == ""

    def test_lets_only_a_person_say_that_they_read_replies(self) -> None:
        facts = replace(FACTS, is_from_person=False)

        composed = render_notice(letter=LetterFactory.build(), facts=facts)

        assert "priya@example.org" not in composed.text + composed.html
        assert "Priya Nair" in composed.text

    def test_fetches_nothing_and_escapes_what_it_tells(self) -> None:
        html = render_notice(letter=LetterFactory.build(), facts=FACTS).html

        assert "&lt;soon&gt;" in html
        assert not re.search(r"<(img|script|link|iframe|object|video)\b|src=|url\(|@import", html)

    def test_keeps_lines_short_enough_to_read(self) -> None:
        facts = replace(FACTS, paragraphs=("word " * 60,))

        text = render_notice(letter=LetterFactory.build(), facts=facts).text

        assert max(len(line) for line in text.splitlines() if "://" not in line) <= 70

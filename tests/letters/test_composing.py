"""The words of a letter."""

import re

from survey.letters.composing import LetterFacts, render_letter
from tests.factories.letters import LetterFactory

FACTS = LetterFacts(
    recipient_name="Sam Whitlock",
    answer_url="https://hearthline.example/r/Ab-_12?x=1&y=2",
    stop_url="https://hearthline.example/stop/Cd34/",
    minutes=1,
    who_sees="nobody sees your answers next to your name. Results appear once 5 have answered.",
    hears_back="I write back by 21 December with what we will change and what we won't.",
    why_you="You get this because everybody in Bakery is asked.",
    until="You can answer until Friday 11 December, 17:00.",
)
PROMISES = (
    "Hello Sam Whitlock,",
    "It takes about 1 minute:",
    "You get this because everybody in Bakery is asked.",
    "Who sees this:",
    "I write back by 21 December",
    "You can answer until Friday 11 December, 17:00.",
    "Priya Nair, People team",
    "priya@example.org",
)


class TestRenderLetter:
    def test_says_everything_twice(self) -> None:
        composed = render_letter(letter=LetterFactory.build(), facts=FACTS)

        for promise in PROMISES:
            assert promise in composed.text
            assert promise in re.sub(r"</?strong>", "", composed.html).replace("&#x27;", "'")

    def test_links_plainly(self) -> None:
        composed = render_letter(letter=LetterFactory.build(), facts=FACTS)

        assert f"\n{FACTS.answer_url}\n" in composed.text
        assert 'href="https://hearthline.example/r/Ab-_12?x=1&amp;y=2"' in composed.html
        assert f"Don't ask me again: {FACTS.stop_url}" in composed.text
        assert composed.stop_url == FACTS.stop_url

    def test_carries_no_picture_style_or_script(self) -> None:
        composed = render_letter(letter=LetterFactory.build(), facts=FACTS)

        assert not re.search(r"<(img|style|script|link|iframe)|style=|src=", composed.html)

    def test_does_not_let_words_become_markup(self) -> None:
        letter = LetterFactory.build(body="<img src=x> & more", signer_name="<b>P</b>")
        composed = render_letter(letter=letter, facts=FACTS)

        assert "<img src=x> & more" in composed.text
        assert "&lt;img src=x&gt; &amp; more" in composed.html
        assert "<b>P" not in composed.html

    def test_keeps_paragraphs_and_short_lines(self) -> None:
        letter = LetterFactory.build(body="one word " * 30 + "\r\n\r\nsecond\r\nline")
        composed = render_letter(letter=letter, facts=FACTS)
        lines = [line for line in composed.text.splitlines() if "http" not in line]

        assert max(map(len, lines)) <= 75
        assert "\n\nsecond\nline\n\n" in composed.text
        assert "<p>second<br>line</p>" in composed.html
        assert "\n\n\n" not in composed.text

    def test_keeps_the_subject_on_one_line(self) -> None:
        letter = LetterFactory.build(subject="One\r\nBcc: x@example.org")

        assert render_letter(letter=letter, facts=FACTS).subject == "One Bcc: x@example.org"

    def test_greets_whoever_gave_no_name(self) -> None:
        facts = LetterFacts("", "https://x/r/a/", "https://x/stop/a/", 2, "", "")
        text = render_letter(letter=LetterFactory.build(), facts=facts).text

        assert text.startswith("Hello,\n\n")
        assert "2 minutes" in text
        assert "Who sees" not in text

"""The words of a letter."""

import re
from dataclasses import replace
from html import unescape

import pytest

from survey.letters.composing import FirstItem, FirstOption, LetterFacts, render_letter
from survey.letters.models import Letter, LetterTranslation
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
MARKUP = re.compile(r"<(style|title)>.*?</\1>|<[^>]+>", re.DOTALL)
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


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", re.sub(r"https?://\S+", "", text)))


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
        assert f"Don’t ask me again: {FACTS.stop_url}" in composed.text
        assert composed.stop_url == FACTS.stop_url

    def test_fetches_nothing_and_runs_nothing(self) -> None:
        html = render_letter(letter=LetterFactory.build(), facts=FACTS).html

        assert not re.search(r"<(img|script|link|iframe|object|video)\b|src=|url\(|@import", html)

    def test_leads_only_to_the_page_its_promise_the_signer_and_the_way_out(self) -> None:
        html = render_letter(letter=LetterFactory.build(), facts=FACTS).html

        assert re.findall(r'href="([^"]+)"', html) == [
            "https://hearthline.example/r/Ab-_12?x=1&amp;y=2",
            "http://testserver/privacy/",
            "mailto:priya@example.org",
            FACTS.stop_url,
        ]

    def test_says_in_html_what_it_says_in_words(self) -> None:
        """Only the label of the link is one more: the words show the address itself."""
        composed = render_letter(
            letter=LetterFactory.build(), facts=replace(FACTS, first_item=FIRST)
        )
        in_words = words_of(composed.text)
        in_html = words_of(unescape(MARKUP.sub(" ", composed.html.replace("<wbr>", ""))))

        assert in_words - in_html == set()
        assert in_html - in_words == {"Open", "questions"}

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


FIRST = FirstItem(
    question="I am treated fairly here.",
    options=(
        FirstOption("Strongly agree", "https://hearthline.example/r/Ab/?a=5"),
        FirstOption("I can’t say", "https://hearthline.example/r/Ab/?a=cant_say"),
    ),
    language="en",
)


class TestFirstItem:
    def test_stands_in_both_with_a_link_for_each_answer(self) -> None:
        composed = render_letter(
            letter=LetterFactory.build(), facts=replace(FACTS, first_item=FIRST)
        )

        assert "  Strongly agree  https://hearthline.example/r/Ab/?a=5\n" in composed.text
        assert "  I can’t say     https://hearthline.example/r/Ab/?a=cant_say\n" in composed.text
        assert 'href="https://hearthline.example/r/Ab/?a=5"' in composed.html
        assert ">Strongly agree</a>" in composed.html
        assert "Opening the page saves nothing" not in composed.text
        for promise in ("I am treated fairly here.", "A tap opens the page with your choice"):
            assert promise in composed.text
            assert promise in composed.html

    def test_puts_links_below_long_answers(self) -> None:
        long = replace(
            FIRST, options=(FirstOption("As often as I would like it to be so", "u://x"),)
        )
        text = render_letter(
            letter=LetterFactory.build(), facts=replace(FACTS, first_item=long)
        ).text

        assert "  As often as I would like it to be so\n  u://x\n" in text

    def test_is_marked_where_it_is_in_another_language(self) -> None:
        arabic = replace(FIRST, language="ar")
        html = render_letter(
            letter=LetterFactory.build(), facts=replace(FACTS, first_item=arabic)
        ).html

        assert '<div lang="ar" dir="rtl">' in html


@pytest.mark.django_db
class TestLanguages:
    def written(self) -> Letter:
        letter: Letter = LetterFactory()
        for language, body in (("de", "Guten Tag"), ("ar", "مرحبا"), ("fa", "سلام")):
            LetterTranslation.objects.create(
                letter=letter, language=language, subject=f"in {language}", body=body
            )
        return letter

    def test_frame_a_translation_in_its_own_language(self) -> None:
        composed = render_letter(letter=self.written(), facts=FACTS, language="de-AT")

        assert composed.subject == "in de"
        assert "Guten Tag Sam Whitlock,\n\nGuten Tag\n\nEs dauert etwa 1 Minute:" in composed.text
        assert "Fragen Sie mich nicht mehr" in composed.text
        assert '<html lang="de" dir="ltr">' in composed.html

    def test_run_from_right_to_left(self) -> None:
        composed = render_letter(letter=self.written(), facts=FACTS, language="ar")

        assert '<html lang="ar" dir="rtl">' in composed.html
        assert composed.text.startswith("مرحبًا Sam Whitlock،\n\n")
        assert '<a href="mailto:priya@example.org" dir="ltr"' in composed.html

    def test_mark_words_whose_language_has_no_frame(self) -> None:
        html = render_letter(letter=self.written(), facts=FACTS, language="fa").html

        assert '<html lang="en" dir="ltr">' in html
        assert '<div lang="fa" dir="rtl">\n<p>سلام</p>' in html

    def test_fall_back_to_the_letters_own_words(self) -> None:
        assert render_letter(letter=self.written(), facts=FACTS, language="pl").subject.startswith(
            "One minute"
        )

"""Marketers' letters are refused with the right reason; people's letters go through."""

import string
import time
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.letters.voice import Finding, Place, lint_letter
from survey.letters.voice.lexicons import LANGUAGES
from survey.letters.voice.rules import WHY

HERE = Path(__file__).parent
INTERFACE = ("en", "es", "de", "ar")
SIGNED = {"signer_name": "Priya Nair", "reply_to": "priya@example.org"}


REPEATED = (
    *("a ", "!", "win ", "<b ", "no not never ", "x.", "1.", "-", "\n", "\n \t", "[.]", "A ", "@"),
    *("aaaa", "http://", "we you ", "%", "<img", "![", "&#1", "a'", "www.a.", "survey gift "),
    "\u200b",
)


def read(name: str) -> list[dict[str, str]]:
    letters: list[dict[str, str]] = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return letters


def lint(**letter: Any) -> tuple[Finding, ...]:
    words = {"subject": "A question", "body": "How was it?", "language": "en"} | SIGNED | letter
    return lint_letter(**words)


def title(letter: dict[str, str]) -> str:
    return f"{letter['language']}: {letter['subject']}"


class TestMarketersLetters:
    @pytest.mark.parametrize("letter", read("refused"), ids=title)
    def test_are_refused_for_the_right_reason(self, letter: dict[str, str]) -> None:
        rule = letter["rule"]
        found = lint(**{key: value for key, value in letter.items() if key != "rule"})

        assert rule in {finding.rule for finding in found if finding.is_blocking}

    def test_are_many_and_break_every_rule_in_every_language(self) -> None:
        letters = read("refused")

        assert len(letters) >= 60
        assert {letter["rule"] for letter in letters} == set(WHY) - {"foreign_link"}
        assert {letter["language"] for letter in letters} >= set(LANGUAGES)

    @pytest.mark.parametrize("language", INTERFACE)
    def test_are_many_in_every_language_of_the_interface(self, language: str) -> None:
        for name in ("refused", "accepted"):
            assert sum(letter["language"] == language for letter in read(name)) >= 10


class TestPeoplesLetters:
    @pytest.mark.parametrize("letter", read("accepted"), ids=title)
    def test_go_through_without_a_word(self, letter: dict[str, str]) -> None:
        assert lint(**letter) == ()

    def test_are_many_in_every_language(self) -> None:
        assert len(read("accepted")) >= 60
        assert {letter["language"] for letter in read("accepted")} >= set(LANGUAGES)


class TestFindings:
    def test_say_where_why_and_what_to_write_instead(self) -> None:
        (finding,) = lint(body="Five questions.\nWe’ve  missed\nyou, Sam.")

        assert (finding.place, finding.quote) == (Place.BODY, "We’ve missed you")
        assert finding.rule == "marketing_language"
        assert finding.why.count(".") >= 2
        assert finding.is_blocking

    def test_come_in_the_order_of_the_letter(self) -> None:
        found = lint(
            subject="Last chance",
            body="Win an iPad. Your feedback matters.",
            signer_name="The Team",
            reply_to="noreply@example.org",
        )

        assert [finding.rule for finding in found] == [
            "false_urgency",
            "prize",
            "marketing_language",
            "department_signer",
            "no_reply",
        ]

    def test_warn_of_a_link_that_leads_away_and_do_not_forbid_it(self) -> None:
        (finding,) = lint(body="What we did: https://elsewhere.example/heard/2026")

        assert (finding.rule, finding.is_blocking) == ("foreign_link", False)
        assert lint(body="What we did: https://www.example.org/heard") == ()

    def test_do_not_repeat_one_phrase(self) -> None:
        found = lint(body="Your feedback is very important to us.")

        assert [finding.rule for finding in found] == ["marketing_language"]


class TestDisguises:
    @pytest.mark.parametrize(
        "words",
        [
            "ACT n0w",
            "act\u200b n\u00adow",
            "a.c.t n.o.w",
            "a c t now",
            "аct nоw",  # noqa: RUF001 - Cyrillic letters are the point
            "Ａｃｔ ｎｏｗ",  # noqa: RUF001 - so are wide ones
            "áct nöw",
            "actttt nowwww",
        ],
    )
    def test_hide_nothing(self, words: str) -> None:
        assert "false_urgency" in {
            finding.rule for finding in lint(body=f"Please {words} if you can")
        }

    @pytest.mark.parametrize("quote", ["'", "’", "‘", "´", "`", ""])  # noqa: RUF001
    def test_are_not_quotation_marks(self, quote: str) -> None:
        assert "false_urgency" in {f.rule for f in lint(body=f"Don{quote}t miss it")}


class TestAnyText:
    @settings(max_examples=60, deadline=None)
    @given(st.text(), st.text(), st.text(), st.text(), st.text(max_size=16))
    def test_is_read_without_an_error(
        self, subject: str, body: str, signer: str, reply_to: str, language: str
    ) -> None:
        for finding in lint_letter(
            subject=subject, body=body, signer_name=signer, reply_to=reply_to, language=language
        ):
            assert finding.rule in WHY

    @pytest.mark.parametrize("piece", REPEATED)
    def test_takes_time_in_proportion_to_its_length(self, piece: str) -> None:
        assert seconds(piece, 4_000) < 12 * seconds(piece, 1_000) + 0.5


def seconds(piece: str, length: int) -> float:
    text = (piece * length)[:length] + string.ascii_letters
    started = time.perf_counter()
    lint(body=text)
    return time.perf_counter() - started

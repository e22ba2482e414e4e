"""What importers say can be kept and told again in another language."""

import json

from django.utils.translation import gettext, override

from survey.questionnaires.importers.telling import (
    LONGEST_QUOTE,
    Told,
    keep,
    shorten,
    tell,
    tell_again,
)

CODE = "the code “%(code)s”"
WHERE = "element “%(kind)s”"


def kept(text: str) -> object:
    """Return a text as it comes back from where it is kept."""
    return json.loads(json.dumps(keep(text)))


class TestTell:
    def test_says_it_in_the_language_that_is_spoken(self) -> None:
        assert tell(CODE) % {"code": "a"} == "the code “a”"
        with override("de"):
            assert tell(CODE) % {"code": "a"} == gettext(CODE) % {"code": "a"} != "the code “a”"


class TestTellAgain:
    def test_tells_what_was_kept_in_any_language(self) -> None:
        with override("de"):
            text = kept(tell(CODE) % {"code": "50%"})

        assert tell_again(text) == "the code “50%”"
        with override("es"):
            assert tell_again(text) == gettext(CODE) % {"code": "50%"}

    def test_tells_sentences_within_sentences(self) -> None:
        text = kept(tell(WHERE) % {"kind": tell(CODE) % {"code": "a"}})

        with override("de"):
            assert tell_again(text) == gettext(WHERE) % {"kind": gettext(CODE) % {"code": "a"}}

    def test_tells_what_was_kept_as_a_sentence_as_it_was(self) -> None:
        with override("de"):
            assert tell_again("is 100 % odd") == "is 100 % odd"


class TestShorten:
    def test_cuts_what_is_quoted_and_keeps_the_sentence(self) -> None:
        short = shorten(tell(CODE) % {"code": "x\n" * 500})

        assert isinstance(short, Told)
        assert len(short) <= LONGEST_QUOTE
        assert short.startswith("the code “x x x")
        assert short.endswith("…”")

    def test_keeps_one_line_that_can_be_shown(self) -> None:
        assert shorten("a\n\0b \u202e c") == "a b c"
        assert len(shorten("x" * 500)) == LONGEST_QUOTE

    def test_leaves_what_is_short_as_it_is(self) -> None:
        assert shorten(tell(CODE) % {"code": "a"}) == "the code “a”"
        assert shorten("a \n b") == "a b"

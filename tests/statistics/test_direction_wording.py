"""The sentences about what came first, one by one."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from survey.statistics import direction_wording as wording
from survey.statistics.direction_evidence import Arrow, Order
from tests.statistics.test_direction_evidence import ONE_WAY, SAID, negative

Sentence = Callable[[Order], str]
SENTENCES: tuple[Sentence, ...] = (
    wording.too_short,
    wording.ex_first,
    wording.cx_first,
    wording.both,
    wording.ex_before,
    wording.cx_before,
    wording.cannot_tell,
)
FORBIDDEN = re.compile(
    r"\b(driv\w+|caus\w+|impact\w*|because|leads? to|effects?|influenc\w+|predict\w*)\b", re.I
)
ORDERS = (
    ONE_WAY,
    replace(ONE_WAY, from_ex=negative(SAID), from_cx=SAID, is_early=True, n_left_out=3),
    replace(ONE_WAY, from_cx=Arrow(0.3, 0.2, 0.4, 0.3), reason="too few", n_teams=3, n_left_out=1),
)


class TestEverySentence:
    @pytest.mark.parametrize("say", SENTENCES, ids=lambda say: say.__name__)
    @pytest.mark.parametrize("order", ORDERS)
    def test_is_one_and_never_speaks_of_causes(self, say: Sentence, order: Order) -> None:
        for text in (say(order), *wording.caveats(order), wording.CAUTION, wording.silence()):
            assert re.fullmatch(r"[A-Z0-9].*\.", text)
            assert "  " not in text
            assert "None" not in text
            assert not FORBIDDEN.search(text)
        assert "fairness" in say(order)
        assert "treatment" in say(order)

    @pytest.mark.parametrize("word", ["drives", "causes", "Impact", "because", "leads to"])
    def test_would_be_caught(self, word: str) -> None:
        assert FORBIDDEN.search(f"Fairness {word} treatment")


class TestTooShort:
    @pytest.mark.parametrize(
        ("n_teams", "n_waves", "words"),
        [
            (0, 0, "there are no teams with no waves"),
            (1, 1, "there is 1 team with 1 wave."),
            (12, 4, "there are 12 teams with 4 waves"),
            (12, 9, "at least 20 teams with 6 waves are needed"),
            (30, 9, "do not change in a way that could show which comes first"),
        ],
    )
    def test_says_what_is_missing(self, n_teams: int, n_waves: int, words: str) -> None:
        order = replace(ONE_WAY, n_teams=n_teams, n_waves=n_waves, reason="needs more")

        assert words in wording.too_short(order)


class TestClaims:
    @pytest.mark.parametrize(
        ("say", "words"),
        [
            (wording.ex_first, "Inside teams, higher scores on fairness came before higher scores "
             "on treatment in the next wave. The reverse does not show"),
            (wording.ex_before, "came before higher scores on treatment in the next wave. Whether "
             "the reverse holds too cannot be told."),
            (wording.cx_first, "higher scores on treatment came before higher scores on fairness "
             "in the next wave. The reverse does not show"),
            (wording.cx_before, "higher scores on treatment came before higher scores on fairness "
             "in the next wave. Whether the reverse"),
            (wording.both, "higher scores on fairness came before higher scores on treatment in "
             "the next wave, and higher scores on treatment came before higher scores on fairness "
             "likewise."),
        ],
    )  # fmt: skip
    def test_say_what_came_before_what(self, say: Sentence, words: str) -> None:
        assert words in say(ONE_WAY)

    def test_respect_the_sign_of_each_arrow(self) -> None:
        mixed = replace(ONE_WAY, from_cx=negative(SAID))

        assert (
            "higher scores on fairness came before lower scores on treatment"
            in wording.ex_first(replace(ONE_WAY, from_ex=negative(SAID)))
        )
        assert (
            "higher scores on treatment came before lower scores on fairness"
            in wording.cx_before(mixed)
        )
        assert "came before higher scores on treatment" in wording.both(mixed)
        assert "came before lower scores on fairness" in wording.both(mixed)

    @pytest.mark.parametrize("say", SENTENCES[1:6], ids=lambda say: say.__name__)
    def test_are_hints_where_waves_are_few(self, say: Sentence) -> None:
        assert say(replace(ONE_WAY, is_early=True)).startswith("An early hint: inside teams, ")
        assert say(ONE_WAY).startswith("Inside teams, ")


class TestCannotTell:
    def test_counts_what_was_looked_at(self) -> None:
        assert wording.cannot_tell(ONE_WAY) == (
            "From these 38 teams with 14 waves we cannot tell which came first, fairness or "
            "treatment."
        )


class TestCaveats:
    def test_say_how_far_was_looked(self) -> None:
        assert len(wording.caveats(ONE_WAY)) == 1
        assert "next wave" in wording.caveats(ONE_WAY)[0]
        assert wording.caveats(replace(ONE_WAY, reason="too few")) == ()

    def test_warn_of_few_waves(self) -> None:
        found = wording.caveats(replace(ONE_WAY, is_early=True, n_waves=8))

        assert "8 waves are few: with 12 or more this may turn out otherwise." in found

    def test_say_which_arrow_was_lost_among_many(self) -> None:
        lost = Arrow(0.3, 0.2, 0.4, 0.21)

        forward = wording.caveats(replace(ONE_WAY, from_ex=lost))
        backward = wording.caveats(replace(ONE_WAY, from_cx=lost))

        assert "Taken alone, fairness before treatment would show." in forward[1]
        assert "Taken alone, treatment before fairness would show." in backward[1]
        assert "(q 0.21)" in forward[1]

    @pytest.mark.parametrize(
        ("n_left_out", "words"),
        [(1, "1 team that misses a wave is left out."), (3, "3 teams that miss a wave are left")],
    )
    def test_count_who_is_left_out(self, n_left_out: int, words: str) -> None:
        for reason in ("", "too few"):
            found = wording.caveats(replace(ONE_WAY, n_left_out=n_left_out, reason=reason))
            assert found[-1].startswith(words)

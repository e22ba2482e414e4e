"""Capitals and exclamation marks."""

import pytest

from survey.letters.voice.findings import Place
from survey.letters.voice.shouting import find_many_exclamations, find_shouting


def shouts(text: str) -> bool:
    return bool(find_shouting(place=Place.BODY, text=text))


class TestFindShouting:
    @pytest.mark.parametrize(
        "text", ["READ THIS NOW", "It is FREE", "Please!!", "Really?!", "BITTE LESEN", "🎁🎉🔥"]
    )
    def test_hears_it(self, text: str) -> None:
        assert shouts(text)

    @pytest.mark.parametrize(
        "text",
        ["HR and IT", "The NHS asks", "do NOT forward this", "Hello Sam!", "¡Hola! ¿Qué tal?"],
    )
    def test_takes_a_lively_voice_for_what_it_is(self, text: str) -> None:
        assert not shouts(text)


class TestFindManyExclamations:
    def test_counts_over_the_whole_letter(self) -> None:
        assert find_many_exclamations(subject="Hello!", body="Good! Thanks!")
        assert not find_many_exclamations(subject="Hello!", body="Thanks!")

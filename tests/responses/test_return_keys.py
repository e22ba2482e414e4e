"""Keys by which writers find their words again."""

import base64
from typing import Any

import pytest

from survey.responses.return_keys import (
    UnknownKeyError,
    box_digest,
    comment_digest,
    is_made_here,
    list_digests,
    make_return_key,
    wave_of_key,
)


class TestMakeReturnKey:
    def test_is_another_each_time(self) -> None:
        assert len({make_return_key(wave_id=7) for _ in range(100)}) == 100

    def test_has_128_random_bits_that_no_link_decides(self) -> None:
        keys = [base64.urlsafe_b64decode(make_return_key(wave_id=7) + "=") for _ in range(200)]

        for bit in range(128):
            ones = sum(key[bit // 8] >> bit % 8 & 1 for key in keys)
            assert 50 < ones < 150

    def test_names_its_wave(self) -> None:
        assert wave_of_key(key=make_return_key(wave_id=70_000)) == 70_000


class TestIsMadeHere:
    def test_knows_its_own(self) -> None:
        assert is_made_here(key=make_return_key(wave_id=7))

    def test_knows_no_other_wave_and_no_other_spelling(self) -> None:
        key = make_return_key(wave_id=7)
        raw = bytearray(base64.urlsafe_b64decode(key + "="))
        raw[19] ^= 1

        assert not is_made_here(key=base64.urlsafe_b64encode(raw).decode().rstrip("="))
        for other in (key[:-1], key + "=", key + "A", key.swapcase(), "", "é", "!" * 35, "\0"):
            assert not is_made_here(key=other)

    def test_knows_no_key_of_another_secret(self, settings: Any) -> None:
        key = make_return_key(wave_id=7)
        settings.SECRET_KEY = "another"

        assert not is_made_here(key=key)
        assert wave_of_key(key=key) == 7  # what was written is found all the same


class TestWaveOfKey:
    @pytest.mark.parametrize("key", ["", "x", "é" * 35, "\ud800", "a" * 36])
    def test_refuses_what_is_none(self, key: str) -> None:
        with pytest.raises(UnknownKeyError):
            wave_of_key(key=key)


class TestCommentDigest:
    def test_joins_no_two_comments_of_a_writer(self) -> None:
        digest = box_digest(key=make_return_key(wave_id=7))

        first, second = (comment_digest(digest=digest, item_code=code) for code in "ab")

        assert len({digest, first, second}) == 3
        assert (len(first), len(second)) == (64, 64)

    def test_is_found_by_the_key(self) -> None:
        key = make_return_key(wave_id=7)
        kept = comment_digest(digest=box_digest(key=key), item_code="b")

        assert kept in list_digests(key=key, item_codes=("a", "b"))
        assert kept not in list_digests(key=make_return_key(wave_id=7), item_codes=("a", "b"))

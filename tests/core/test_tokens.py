"""Secrets in addresses."""

import re

from hypothesis import given
from hypothesis import strategies as st

from survey.core.tokens import derive_token, digest_token

SECRET = b"a secret of thirty-two bytes or so"


class TestDeriveToken:
    def test_is_made_again_by_whoever_holds_the_secret(self) -> None:
        assert derive_token(SECRET, "7", "answer") == derive_token(SECRET, "7", "answer")

    @given(secret=st.binary(min_size=1), parts=st.lists(st.text()))
    def test_fits_into_an_address_whole(self, secret: bytes, parts: list[str]) -> None:
        assert re.fullmatch(r"[A-Za-z0-9_-]{32}", derive_token(secret, *parts))

    def test_differs_with_the_secret_and_with_every_part(self) -> None:
        made = [
            derive_token(SECRET, "7", "answer"),
            derive_token(SECRET + b"!", "7", "answer"),
            derive_token(SECRET, "8", "answer"),
            derive_token(SECRET, "7", "stop"),
            derive_token(SECRET, "answer", "7"),
        ]

        assert len(set(made)) == len(made)

    def test_keeps_the_parts_apart(self) -> None:
        assert derive_token(SECRET, "12", "3") != derive_token(SECRET, "1", "23")


class TestDigestToken:
    def test_is_the_known_sha_256(self) -> None:
        known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2

        assert digest_token("abc") == known

    def test_holds_nothing_of_the_token(self) -> None:
        token = derive_token(SECRET, "7")

        assert token not in digest_token(token)

from datetime import timedelta

import pytest

from survey.campaigns.nonces import LIFETIME, StaleNonceError, make_nonce, read_nonce
from tests.factories.campaigns import NOW

SECOND = timedelta(seconds=1)


class TestReadNonce:
    def test_gives_one_digest_for_one_page(self) -> None:
        one, other = (make_nonce(code="wall", now=NOW) for _ in range(2))

        digests = {read_nonce(code="wall", nonce=nonce, now=NOW) for nonce in (one, one, other)}

        assert len(digests) == 2
        assert all(len(digest) == 64 for digest in digests)

    def test_takes_a_page_for_24_hours(self) -> None:
        nonce = make_nonce(code="wall", now=NOW)

        assert read_nonce(code="wall", nonce=nonce, now=NOW + LIFETIME - SECOND)
        with pytest.raises(StaleNonceError):
            read_nonce(code="wall", nonce=nonce, now=NOW + LIFETIME)

    def test_refuses_the_page_of_another_link(self) -> None:
        with pytest.raises(StaleNonceError):
            read_nonce(code="counter", nonce=make_nonce(code="wall", now=NOW), now=NOW)

    @pytest.mark.parametrize("nonce", ["", ":", "made.1767345600:up", "\0", "ü" * 9000])
    def test_refuses_what_was_not_made_here(self, nonce: str) -> None:
        with pytest.raises(StaleNonceError):
            read_nonce(code="wall", nonce=nonce, now=NOW)

    def test_cannot_be_made_younger(self) -> None:
        number, _, rest = make_nonce(code="wall", now=NOW).partition(".")
        later = int((NOW + LIFETIME).timestamp())
        younger = f"{number}.{later}:{rest.partition(':')[2]}"

        with pytest.raises(StaleNonceError):
            read_nonce(code="wall", nonce=younger, now=NOW + LIFETIME)

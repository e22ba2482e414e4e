"""JSON bodies, small and in UTF-8."""

import io

import pytest
from rest_framework.exceptions import ParseError

from survey.api.errors import TooLargeError
from survey.api.parsers import LARGEST_BODY, LARGEST_LIST, ListJSONParser, SmallJSONParser


def parse(body: bytes) -> object:
    return SmallJSONParser().parse(io.BytesIO(body))


class TestSmallJSONParser:
    def test_reads_json(self) -> None:
        assert parse('{"name": "Zoë", "n": [1, null]}'.encode()) == {"name": "Zoë", "n": [1, None]}

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b'{"name": "Zo\xeb"}',
            b"\xff\xfe{\x00}\x00",
            b"[NaN]",
            b"[Infinity]",
            b"[" * 30_000,
            b"1" * 5_000,
        ],
    )
    def test_refuses_what_is_not_json_in_utf_8(self, body: bytes) -> None:
        with pytest.raises(ParseError, match="not JSON in UTF-8"):
            parse(body)

    def test_takes_the_largest_body_and_not_one_byte_more(self) -> None:
        largest = b'"' + b"x" * (LARGEST_BODY - 2) + b'"'
        assert len(str(parse(largest))) == LARGEST_BODY - 2

        with pytest.raises(TooLargeError, match="65536"):
            parse(largest + b" ")

    def test_reads_no_more_than_it_needs_of_a_body_without_end(self) -> None:
        class Endless(io.RawIOBase):
            def read(self, size: int = -1) -> bytes:
                assert 0 < size <= LARGEST_BODY + 1
                return b" " * size

        with pytest.raises(TooLargeError):
            SmallJSONParser().parse(Endless())


class TestListJSONParser:
    def test_takes_long_lists_and_nothing_else_that_is_long(self) -> None:
        long = b'["' + b"x" * LARGEST_BODY + b'"]'

        assert ListJSONParser().parse(io.BytesIO(long)) == ["x" * LARGEST_BODY]
        with pytest.raises(TooLargeError):
            ListJSONParser().parse(io.BytesIO(long[1:-1]))
        with pytest.raises(TooLargeError):
            ListJSONParser().parse(io.BytesIO(b"[" + b" " * LARGEST_LIST + b"]"))

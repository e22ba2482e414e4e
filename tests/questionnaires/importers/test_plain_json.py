"""JSON of strangers."""

import pytest

from survey.questionnaires.importers.plain_json import (
    as_list,
    as_map,
    as_text,
    dig,
    load_json,
)
from survey.questionnaires.importers.reports import ImportRefusedError


class TestLoadJson:
    def test_reads_marks_of_encodings(self) -> None:
        assert load_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}
        assert load_json('{"a": "ä"}'.encode("utf-16")) == {"a": "ä"}

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b'{"a": 1, "a": 2}', "“a” twice"),
            (b"\xff", "UTF-8"),
            (b"{", "no JSON"),
            (b"[" * 61 + b"]" * 61, "deeply"),
            (b"[" * 500_000, "deeply"),
        ],
    )
    def test_refuses_with_the_reason(self, data: bytes, words: str) -> None:
        with pytest.raises(ImportRefusedError, match=words):
            load_json(data)

    def test_takes_what_is_just_not_too_deep(self) -> None:
        assert load_json(b"[" * 60 + b"]" * 60)


class TestValues:
    def test_of_the_wrong_kind_become_nothing(self) -> None:
        assert as_map([7]) == {"0": 7}
        assert as_map("x") == as_map(None) == {}
        assert as_list({"a": 7}) == [7]
        assert as_list(3) == []
        assert [as_text(value) for value in ("a", 3, 1.5, True, None, [])] == [
            "a",
            "3",
            "1.5",
            "",
            "",
            "",
        ]
        assert dig({"a": [{"b": 1}]}, "a", "0", "b") == 1
        assert dig({"a": 3}, "a", "b") is None

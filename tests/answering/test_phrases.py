"""Small numbers and lists in words."""

import pytest

from survey.answering.phrases import in_words, say_list, say_numbers


class TestSayList:
    @pytest.mark.parametrize(
        ("parts", "said"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
    )
    def test_lists_as_people_do(self, parts: list[str], said: str) -> None:
        assert say_list(parts) == said


class TestSayNumbers:
    @pytest.mark.parametrize(
        ("numbers", "said"),
        [
            ([3], "3"),
            ([1, 2], "1 and 2"),
            ([1, 2, 5, 6, 7], "1, 2 and 5 to 7"),
            ([2, 3, 4], "2 to 4"),
        ],
    )
    def test_lists_as_people_do(self, numbers: list[int], said: str) -> None:
        assert say_numbers(numbers) == said


class TestInWords:
    def test_spells_small_numbers(self) -> None:
        assert (in_words(5), in_words(12)) == ("five", "12")

"""How large the boxes of a wave are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.sizes import FRAME_BYTES, KIBIBYTE, box_size


class TestBoxSize:
    @pytest.mark.parametrize(
        ("longest", "size"), [(0, 1024), (893, 1024), (894, 2048), (1917, 2048), (1918, 3072)]
    )
    def test_is_a_whole_number_of_kibibytes(self, longest: int, size: int) -> None:
        assert box_size(longest=longest) == size

    @given(longest=st.integers(0, 10**7))
    def test_has_room_for_the_longest_answers_and_little_more(self, longest: int) -> None:
        spare = box_size(longest=longest) - longest - FRAME_BYTES

        assert 0 <= spare < KIBIBYTE

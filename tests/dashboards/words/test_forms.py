"""What is filled in to bring hidden words back."""

import pytest

from survey.dashboards.words.forms import BringBackForm


class TestBringBackForm:
    @pytest.mark.parametrize(
        ("reason", "is_taken"), [("Jo agreed", True), (" ", False), ("x" * 301, False)]
    )
    def test_asks_for_a_reason_of_at_most_300_characters(self, reason: str, is_taken: bool) -> None:
        assert BringBackForm({"reason": reason}).is_valid() == is_taken

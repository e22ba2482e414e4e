"""What the linter says of a letter."""

import pytest

from survey.letters.voice.findings import Finding, Place


class TestFinding:
    def test_blocks_unless_it_only_warns(self) -> None:
        assert Finding(Place.BODY, "q", "rule", "why").is_blocking

    def test_cannot_be_changed(self) -> None:
        with pytest.raises(AttributeError):
            Finding(Place.BODY, "q", "rule", "why").rule = "x"  # type: ignore[misc]


class TestPlace:
    def test_is_named_as_forms_name_their_fields(self) -> None:
        assert [str(place) for place in Place] == ["subject", "body", "signer", "reply_to"]

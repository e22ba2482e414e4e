"""What is filled in to play words back."""

import pytest

from survey.dashboards.stories.forms import HideForm, StoryForm


def fill(leave: str, *, has_everybody: bool = True, **data: str) -> StoryForm:
    return StoryForm(data, teams=[(7, "Bakery")], has_everybody=has_everybody, leave=leave)


class TestStoryForm:
    def test_has_no_field_for_the_words(self) -> None:
        assert not {"text", "words"} & fill("AS_TOLD").fields.keys()

    @pytest.mark.parametrize(
        ("leave", "ticked", "is_fine"),
        [("AS_TOLD", "", True), ("NO_NAMES", "", False), ("NO_NAMES", "on", True)],
    )
    def test_asks_whether_somebody_is_named(self, leave: str, ticked: str, is_fine: bool) -> None:
        assert fill(leave, has_no_names=ticked).is_valid() == is_fine

    @pytest.mark.parametrize(("team", "is_fine"), [("7", True), ("8", False), ("", False)])
    def test_keeps_leads_to_their_teams(self, team: str, is_fine: bool) -> None:
        assert fill("AS_TOLD", has_everybody=False, team=team).is_valid() == is_fine


class TestHideForm:
    def test_asks_why(self) -> None:
        assert HideForm({"reason": "A name"}).is_valid()
        assert not HideForm({"reason": " "}).is_valid()

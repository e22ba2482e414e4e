"""Sections of a draft move with their items."""

import pytest

from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import (
    SectionCodeTakenError,
    SectionUnknownError,
    add_section,
    change_section,
    move_section,
    remove_section,
)
from tests.factories.drafts import draft_in_sections, outline

pytestmark = pytest.mark.django_db

HANGS_ON_B = {"item": "b", "op": "answered"}


@pytest.fixture
def draft() -> Questionnaire:
    return draft_in_sections()


class TestSections:
    def test_are_added_last_under_a_code_of_their_own(self, draft: Questionnaire) -> None:
        codes = [
            add_section(questionnaire_id=draft.pk, code="", texts={"en": "More"}).code
            for _ in range(2)
        ]

        assert codes == ["section", "section_2"]
        assert outline(draft) == "a b | one: c d | two: e | section: | section_2:"
        with pytest.raises(SectionCodeTakenError):
            add_section(questionnaire_id=draft.pk, code="one", texts={})

    def test_change_their_heading_and_when_they_are_asked(self, draft: Questionnaire) -> None:
        change_section(
            questionnaire_id=draft.pk, code="two", texts={"en": "Why"}, shown_when=HANGS_ON_B
        )

        section = get_content(questionnaire_id=draft.pk).section("two")
        assert section is not None
        assert (section.texts, section.shown_when) == ({"en": "Why"}, HANGS_ON_B)

    @pytest.mark.parametrize(
        ("code", "step", "expected"),
        [
            ("two", -1, "a b | two: e | one: c d"),
            ("one", 1, "a b | two: e | one: c d"),
            ("one", -1, "a b | one: c d | two: e"),
            ("two", 1, "a b | one: c d | two: e"),
        ],
    )
    def test_move_with_their_items(
        self, draft: Questionnaire, code: str, step: int, expected: str
    ) -> None:
        move_section(questionnaire_id=draft.pk, code=code, step=step)

        assert outline(draft) == expected

    def test_leave_their_items_to_the_section_before(self, draft: Questionnaire) -> None:
        remove_section(questionnaire_id=draft.pk, code="two")
        assert outline(draft) == "a b | one: c d e"

        remove_section(questionnaire_id=draft.pk, code="one")
        assert outline(draft) == "a b c d e"

    @pytest.mark.parametrize("code", ["", "nine"])
    def test_refuse_to_change_what_is_none(self, draft: Questionnaire, code: str) -> None:
        for change in (
            lambda: remove_section(questionnaire_id=draft.pk, code=code),
            lambda: move_section(questionnaire_id=draft.pk, code=code, step=1),
            lambda: change_section(questionnaire_id=draft.pk, code=code, texts={}, shown_when=None),
        ):
            with pytest.raises(SectionUnknownError):
                change()

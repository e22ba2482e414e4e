"""What a questionnaire asks, as plain values."""

from dataclasses import FrozenInstanceError

import pytest

from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content


class TestItemContent:
    @pytest.mark.parametrize(
        ("kind", "is_closed", "values"),
        [
            (ItemKind.CHOICE, True, (1, 2, 3, 4, 5)),
            (ItemKind.RATING, True, tuple(range(11))),
            (ItemKind.TEXT, False, ()),
        ],
    )
    def test_knows_what_may_be_answered(
        self, kind: str, is_closed: bool, values: tuple[int, ...]
    ) -> None:
        item = item_content("one", kind=kind)

        assert (item.is_closed, item.values) == (is_closed, values)

    def test_never_changes(self) -> None:
        with pytest.raises(FrozenInstanceError):
            item_content("one").code = "two"  # type: ignore[misc]


class TestQuestionnaireContent:
    def test_finds_an_item_by_its_code(self) -> None:
        content = questionnaire_content(item_content("one"), item_content("two"))

        assert content.item("two") is content.items[1]

    def test_knows_no_other_item(self) -> None:
        with pytest.raises(KeyError, match="three"):
            questionnaire_content(item_content("one")).item("three")

"""What two versions differ in."""

from dataclasses import replace

from survey.questionnaires.content import SectionContent
from survey.questionnaires.differences import difference
from survey.questionnaires.models import ItemKind
from tests.factories.questionnaires import item_content, questionnaire_content

OLD = questionnaire_content(
    item_content("a"), item_content("b"), item_content("c", kind=ItemKind.LINE)
)


class TestDifference:
    def test_finds_none_between_the_same(self) -> None:
        assert difference(OLD, replace(OLD, version=9, id=9)) == ()

    def test_names_what_came_went_and_moved(self) -> None:
        new = questionnaire_content(OLD.items[2], OLD.items[0], item_content("d"))

        found = [(one.where, one.what, one.breaks_trend) for one in difference(OLD, new)]

        assert found == [
            ("d", "added", False),
            ("b", "removed", True),
            ("", "order", False),
        ]

    def test_says_where_a_trend_breaks(self) -> None:
        new = questionnaire_content(
            item_content("a", texts={"en": "Other?"}, version=2),
            item_content("b", is_required=True),
            item_content("c", kind=ItemKind.LINE, texts={"en": "Other?"}),
        )

        found = [(one.where, one.what, one.breaks_trend) for one in difference(OLD, new)]

        assert found == [
            ("a", "texts", True),
            ("b", "is_required", False),
            ("c", "texts", False),
        ]

    def test_names_sections_and_settings(self) -> None:
        section = SectionContent("s")
        new = replace(OLD, name="Other", sections=(section,), settings={"page": "SCROLL"})

        assert [(one.where, one.what, one.old) for one in difference(OLD, new)] == [
            ("", "name", "Pulse"),
            ("", "settings", {}),
            ("s", "section", None),
        ]

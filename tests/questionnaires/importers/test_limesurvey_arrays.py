"""Arrays of LimeSurvey: an item per row or cell."""

import pytest

from tests.questionnaires.importers.looking import items_of, told, words
from tests.questionnaires.importers.makers import answer, group, lss, question, row_of

ROWS = [row_of("2", "21", "r1"), row_of("2", "22", "r2")]
COLUMNS = [row_of("2", "25", "c1", scale_id="1"), row_of("2", "26", "c2", scale_id="1")]
ANSWERS = [answer("2", "a", "Low"), answer("2", "b", "High"), answer("2", "z", "Far", scale_id="1")]


def survey(kind: str, **attributes: str) -> bytes:
    """Return a survey of a multiple choice, and an array of the same two rows."""
    return lss(
        groups=[group()],
        questions=[question("1", "M", "m"), question("2", kind, "q")],
        subquestions=[row_of("1", "11", "r1"), row_of("1", "12", "other"), *ROWS, *COLUMNS],
        answers=ANSWERS,
        question_attributes=[
            {"qid": "2", "attribute": name, "value": said} for name, said in attributes.items()
        ],
    )


class TestArrays:
    @pytest.mark.parametrize(
        ("kind", "options"),
        [
            ("A", ["1", "2", "3", "4", "5"]),
            ("B", [str(number) for number in range(1, 11)]),
            ("C", ["Yes", "Uncertain", "No"]),
            ("E", ["Increase", "Same", "Decrease"]),
            ("H", ["Low", "High", "Far"]),
        ],
    )
    def test_ask_each_row_with_the_same_answers(self, kind: str, options: list[str]) -> None:
        items = items_of(survey(kind))

        assert list(items) == ["m", "q_r1", "q_r2"]
        assert items["q_r2"].texts == {"en": "About q? – Row r2"}
        assert words(items["q_r1"]) == words(items["q_r2"]) == options

    def test_of_two_scales_ask_each_row_twice(self) -> None:
        items = items_of(survey("1", dualscale_headerB="How far?"))

        assert list(items)[1:] == ["q_r1_0", "q_r1_1", "q_r2_0", "q_r2_1"]
        assert items["q_r1_1"].texts == {"en": "About q? – Row r1 – How far?"}
        assert words(items["q_r1_1"]) == ["Far"]

    @pytest.mark.parametrize(("kind", "made"), [(";", "LINE"), (":", "NUMBER")])
    def test_of_fields_ask_each_cell(self, kind: str, made: str) -> None:
        items = items_of(survey(kind))

        assert list(items)[1:] == ["q_r1_c1", "q_r1_c2", "q_r2_c1", "q_r2_c2"]
        assert items["q_r2_c1"].kind == made
        assert items["q_r2_c1"].texts == {"en": "About q? – Row r2 – Row c1"}

    def test_of_numbers_keep_their_bounds(self) -> None:
        settings = items_of(survey(":", multiflexible_max="15"))["q_r1_c1"].settings

        assert settings == {"minimum": 1, "maximum": 15, "decimals": 6}

    def test_of_boxes_ask_each_row_for_several(self) -> None:
        items = items_of(survey(":", multiflexible_checkbox="1"))

        assert items["q_r1"].kind == "MULTIPLE"
        assert words(items["q_r1"]) == ["Row c1", "Row c2"]

    def test_ask_filtered_rows_where_their_twin_was_chosen(self) -> None:
        items = items_of(survey("A", array_filter="m"))

        assert items["q_r1"].shown_when == {"item": "m", "op": "contains", "value": 1}
        assert "q_r2" not in items
        assert any("array_filter m_r2" in line for line in told(survey("A", array_filter="m")))

    def test_ask_excluded_rows_where_their_twin_was_not(self) -> None:
        items = items_of(survey("A", array_filter_exclude="m"))

        assert items["q_r1"].shown_when == {"not": {"item": "m", "op": "contains", "value": 1}}
        assert items["q_r2"].shown_when is None

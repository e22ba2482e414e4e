"""What is counted of one person by declared cuts."""

from dataclasses import FrozenInstanceError, fields

import pytest

from survey.responses.cut_answers import CutAnswers


class TestCutAnswers:
    def test_knows_the_group_the_answers_and_the_cuts_and_nothing_of_whose_they_are(self) -> None:
        assert [field.name for field in fields(CutAnswers)] == [
            "group_id",
            "answers",
            "cuts",
            "cell_id",
        ]

    def test_stays_as_it_was_stored_and_has_a_cell_only_of_customers(self) -> None:
        staff = CutAnswers(group_id=1, answers={"seen_1": 4}, cuts={"tenure": "1 to 3"})

        assert staff.cell_id is None
        with pytest.raises(FrozenInstanceError):
            staff.group_id = 2  # type: ignore[misc]

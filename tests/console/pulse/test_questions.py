"""What a draft asks, item by item."""

from datetime import datetime

import pytest

from survey.console.pulse.questions import ItemRow, QuestionList, list_questions
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.console.waves import make_draft


class TestListQuestions:
    @pytest.mark.usefixtures("bank")
    def test_names_each_question_with_its_scale(
        self, organisation: Organisation, now: datetime
    ) -> None:
        staff = list_questions(wave=make_draft(organisation, now))
        customers = list_questions(wave=make_draft(organisation, now, Audience.CUSTOMER))

        assert len(staff.items) == 8
        assert all(row.scale and row.seconds == 10 for row in staff.items)
        assert customers.items[-1].kind == "own words"
        assert customers.items[-1].seconds == 45


class TestQuestionList:
    @pytest.mark.parametrize(
        ("seconds", "takes"),
        [([10], "10 s"), ([10] * 6, "1 min"), ([10] * 8, "1 min 20 s"), ([45], "50 s")],
    )
    def test_rounds_up_to_ten_seconds(self, seconds: list[int], takes: str) -> None:
        rows = tuple(ItemRow("", "", "", n) for n in seconds)

        assert QuestionList("", rows, ("en",)).takes == takes

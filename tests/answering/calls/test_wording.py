"""By when somebody is called back, in words."""

import pytest

from survey.answering.calls.wording import say_within
from survey.followup.duties import set_callback_rule
from survey.questionnaires.models import Audience


class TestSayWithin:
    @pytest.mark.parametrize(
        ("hours", "counts_weekends", "sentence"),
        [
            (1, True, "We get in touch within 1 hour."),
            (36, True, "We get in touch within 36 hours."),
            (48, False, "We get in touch within 2 days; weekends do not count."),
        ],
    )
    def test_says_the_rule_that_holds(
        self, db: None, hours: int, counts_weekends: bool, sentence: str
    ) -> None:
        set_callback_rule(
            audience=Audience.CUSTOMER,
            answer_within_hours=hours,
            remind_before_hours=0,
            counts_weekends=counts_weekends,
        )

        assert say_within(Audience.CUSTOMER) == sentence

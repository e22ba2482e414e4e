from datetime import timedelta

import pytest

from survey.campaigns.customer_rules import Rules
from survey.campaigns.models import Campaign
from survey.console.customers.forms import RulesForm, initial_rules


class TestInitialRules:
    @pytest.mark.parametrize(
        "rules",
        [
            Rules(),
            Rules(timedelta(minutes=90), 30, timedelta(days=5), uses_sms=True),
            Rules(timedelta(days=2), uses_email=False, uses_sms=True),
        ],
    )
    def test_come_back_as_they_went_in(self, rules: Rules) -> None:
        initial = initial_rules(Campaign(), rules)
        form = RulesForm(
            {
                key: value
                for key, value in initial.items()
                if value is not None and value is not False
            }
        )

        assert form.is_valid(), form.errors
        assert form.rules == rules

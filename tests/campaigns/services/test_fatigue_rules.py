import pytest

from survey.campaigns.fatigue import DEFAULT_RULES, Rule
from survey.campaigns.ledger import read_rules
from survey.campaigns.services.fatigue_rules import (
    FatigueRuleError,
    reset_fatigue_rule,
    set_fatigue_rule,
)

pytestmark = pytest.mark.django_db


class TestSetFatigueRule:
    def test_holds_for_one_audience_until_it_is_set_again(self) -> None:
        for at_most in (3, 2):
            set_fatigue_rule(audience="CUSTOMER", rule=Rule(at_most, 90, 10))

        assert read_rules() == {**DEFAULT_RULES, "CUSTOMER": Rule(2, 90, 10)}

    @pytest.mark.parametrize(
        ("rule", "says"),
        [
            (Rule(0, 90, 10), "between once"),
            (Rule(1, 0, 10), "Count over"),
            (Rule(1, 731, 10), "Count over"),
            (Rule(1, 90, -1), "Leave"),
        ],
    )
    def test_refuses_what_makes_no_sense(self, rule: Rule, says: str) -> None:
        with pytest.raises(FatigueRuleError, match=says):
            set_fatigue_rule(audience="CUSTOMER", rule=rule)
        assert read_rules() == DEFAULT_RULES


class TestResetFatigueRule:
    def test_goes_back_to_the_usual_rule(self) -> None:
        set_fatigue_rule(audience="CUSTOMER", rule=Rule(1, 90, 10))

        reset_fatigue_rule(audience="CUSTOMER")

        assert read_rules() == DEFAULT_RULES

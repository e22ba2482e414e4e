from datetime import timedelta

import pytest

from survey.campaigns.customer_rules import Rules
from survey.campaigns.welcome import REASONS
from survey.console.customers.words import OUTCOMES, say_delay, say_outcomes, say_rules


class TestSayOutcomes:
    def test_knows_a_word_for_every_reason(self) -> None:
        assert set(REASONS) <= set(OUTCOMES)

    def test_keeps_one_order_and_leaves_out_what_did_not_happen(self) -> None:
        told = say_outcomes({"stopped": 2, "asked": 5})

        assert [n for n, _ in told] == [5, 2]


class TestSayRules:
    def test_says_them_in_one_sentence(self) -> None:
        rules = Rules(timedelta(days=1), 25, timedelta(days=7), uses_email=False, uses_sms=True)

        assert say_rules(rules) == (
            "25 % of contacts, 1 day later, by text message; the link works for 7 days."
        )


class TestSayDelay:
    @pytest.mark.parametrize(
        ("minutes", "words"),
        [(0, "at once"), (1, "1 minute later"), (90, "90 minutes later"), (120, "2 hours later")],
    )
    def test_uses_the_largest_whole_unit(self, minutes: int, words: str) -> None:
        assert say_delay(minutes) == words

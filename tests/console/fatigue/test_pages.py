from datetime import timedelta

import pytest

from survey.accounts.models import User
from survey.campaigns.fatigue import Rule
from survey.campaigns.models import FatigueRule, Invitation, Wave
from survey.console.fatigue.pages import audience_of, build_fatigue_page, say_rule
from tests.campaigns.services.test_ledger import make_next_wave
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams

DAY = timedelta(days=1)


@pytest.mark.django_db
class TestBuildFatiguePage:
    def test_tells_the_rules_and_which_are_the_usual(self, alice: User) -> None:
        FatigueRule.objects.create(audience="CUSTOMER", at_most=1, within_days=90, gap_days=1)

        staff, colleagues, customers = build_fatigue_page(user=alice, now=NOW).rules

        assert (staff.is_default, colleagues.is_default, customers.is_default) == (
            True,
            True,
            False,
        )
        assert customers.sentence.startswith("At most once in 90 days, and 1 day or more")

    def test_tells_by_wave_how_many_wait_for_which_day(self, alice: User) -> None:
        first = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))
        following: Wave = make_next_wave(first, days=1)
        last = Invitation.objects.filter(wave=following).latest("pk")
        Invitation.objects.filter(pk=last.pk).update(
            delivery=None, deferred_until=NOW.date() + 90 * DAY
        )

        (line,) = build_fatigue_page(user=alice, now=NOW + DAY).waves

        assert (line.wave_id, line.n_unasked) == (following.pk, 1)
        assert (line.is_customers, line.is_colleagues) == (False, False)
        assert [(day.until_date, day.n_waiting) for day in line.days] == [(NOW.date() + 3 * DAY, 6)]

    def test_asks_the_database_a_handful_of_times(
        self, alice: User, django_assert_max_num_queries: pytest.FixtureRequest
    ) -> None:
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            build_fatigue_page(user=alice, now=NOW)


class TestSayRule:
    def test_reads_as_a_sentence(self) -> None:
        assert say_rule(Rule(4, 365, 30)) == (
            "At most 4 times in 365 days, and 30 days or more from one letter to the next."
        )


class TestAudienceOf:
    def test_knows_the_addresses_of_audiences(self) -> None:
        assert (audience_of("customer"), audience_of("nobody")) == ("CUSTOMER", None)

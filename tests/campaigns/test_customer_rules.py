"""When, how and how often customers are asked after a contact."""

from datetime import UTC, datetime, time, timedelta

import pytest

from survey.campaigns.customer_rules import (
    Rules,
    addresses_of,
    contact_letter_due_at,
    is_expired,
    is_sampled,
    is_too_late,
    rules_of,
)
from survey.campaigns.models import CustomerRules, Interaction, Invitation, Wave
from survey.organization.models import Customer
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANNA = Customer(external_id="c1", email="anna@example.com", phone="+441134960000")


@stage
def wave() -> Wave:
    teams = make_teams({"top": None}, {})
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


def due(wave: Wave, occurred_at: datetime, *, zone: str = "", now: datetime = NOW) -> object:
    return contact_letter_due_at(
        wave=wave,
        interaction=Interaction(occurred_at=occurred_at),
        customer=Customer(time_zone=zone),
        now=now,
    )


def set_rules(wave: Wave, **fields: object) -> None:
    CustomerRules.objects.create(campaign=wave.campaign, **fields)
    wave.refresh_from_db()


class TestRulesOf:
    def test_asks_everybody_at_once_by_email_where_nobody_set_rules(self, wave: Wave) -> None:
        assert rules_of(wave.campaign) == Rules()

    def test_reads_what_was_set(self, wave: Wave) -> None:
        set_rules(wave, delay_minutes=90, sample_percent=30, expires_days=7, uses_sms=True)

        assert rules_of(wave.campaign) == Rules(
            timedelta(minutes=90), 30, 7 * DAY, uses_email=True, uses_sms=True
        )


class TestIsSampled:
    def test_draws_the_same_for_the_same_report(self) -> None:
        draws = [[is_sampled(idempotency_key=f"k{n}", percent=30) for n in range(50)]] * 2

        assert draws[0] == draws[1]

    @pytest.mark.parametrize("percent", [1, 30, 99])
    def test_draws_about_as_many_as_were_wanted(self, percent: int) -> None:
        n = sum(is_sampled(idempotency_key=f"k{n}", percent=percent) for n in range(4000))

        assert n / 40 == pytest.approx(percent, abs=3)

    def test_keeps_whoever_was_drawn_when_the_share_grows(self) -> None:
        small, large = (
            {n for n in range(300) if is_sampled(idempotency_key=f"k{n}", percent=percent)}
            for percent in (20, 60)
        )

        assert small < large

    def test_draws_everybody_at_a_hundred(self) -> None:
        assert all(is_sampled(idempotency_key=f"k{n}", percent=100) for n in range(300))


class TestAddressesOf:
    @pytest.mark.parametrize(
        ("rules", "channels"),
        [
            (Rules(), ["EMAIL"]),
            (Rules(uses_sms=True), ["EMAIL", "SMS"]),
            (Rules(uses_email=False, uses_sms=True), ["SMS"]),
        ],
    )
    def test_uses_the_channels_of_the_campaign(self, rules: Rules, channels: list[str]) -> None:
        assert [way for way, _ in addresses_of(customer=ANNA, rules=rules)] == channels

    def test_leaves_out_what_is_not_known(self) -> None:
        anna = Customer(phone="+441134960000")

        assert addresses_of(customer=anna, rules=Rules(uses_sms=True)) == (("SMS", anna.phone),)


class TestContactLetterDueAt:
    def test_is_the_delay_after_the_contact(self, wave: Wave) -> None:
        set_rules(wave, delay_minutes=120)

        assert due(wave, NOW - HOUR) == NOW + HOUR

    def test_is_now_where_the_delay_has_passed(self, wave: Wave) -> None:
        set_rules(wave, delay_minutes=120)

        assert due(wave, NOW - 5 * HOUR) == NOW

    @pytest.mark.parametrize(
        ("zone", "expected"),
        [
            ("Europe/London", NOW),  # 9 in the morning
            ("America/New_York", datetime(2026, 3, 2, 13, 0, tzinfo=UTC)),  # 4, so at 8
            ("Asia/Tokyo", NOW),  # 18
            ("Pacific/Auckland", datetime(2026, 3, 2, 19, 0, tzinfo=UTC)),  # 22, so at 8
        ],
    )
    def test_waits_for_the_end_of_quiet_hours_on_the_customers_own_clock(
        self, wave: Wave, zone: str, expected: datetime
    ) -> None:
        wave.campaign.quiet_from, wave.campaign.quiet_until = time(21), time(8)

        assert due(wave, NOW, zone=zone) == expected

    def test_is_never_once_the_contact_has_expired(self, wave: Wave) -> None:
        set_rules(wave, expires_days=2)

        assert due(wave, NOW - 2 * DAY + HOUR) == NOW
        assert due(wave, NOW - 2 * DAY) is None

    def test_is_never_once_the_wave_has_closed(self, wave: Wave) -> None:
        set_rules(wave, delay_minutes=60 * 24 * 15)

        assert due(wave, NOW) is None


class TestIsExpired:
    def test_never_is_without_a_rule(self) -> None:
        assert not is_expired(rules=Rules(), occurred_at=NOW, at=NOW + 999 * DAY)

    def test_is_from_the_day_named_on(self) -> None:
        rules = Rules(expires_after=DAY)

        assert not is_expired(rules=rules, occurred_at=NOW, at=NOW + DAY - HOUR)
        assert is_expired(rules=rules, occurred_at=NOW, at=NOW + DAY)


class TestIsTooLate:
    def test_goes_by_the_contact(self, wave: Wave) -> None:
        set_rules(wave, expires_days=1)
        invitation = Invitation(wave=wave, interaction=Interaction(occurred_at=NOW))

        assert not is_too_late(invitation=invitation, now=NOW)
        assert is_too_late(invitation=invitation, now=NOW + DAY)

    def test_never_is_for_people(self, wave: Wave) -> None:
        set_rules(wave, expires_days=1)

        assert not is_too_late(invitation=Invitation(wave=wave), now=NOW + DAY)

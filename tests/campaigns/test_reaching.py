"""By which channel, at which address and when somebody is written to."""

from datetime import timedelta

import pytest
from django.core import mail

from survey.campaigns.links import stop_token
from survey.campaigns.models import CustomerRules, Invitation, Wave
from survey.campaigns.reaching import LetterTimes, find_recipients
from survey.campaigns.selectors import ExpiredLinkError, get_link
from survey.campaigns.services import (
    CustomerData,
    admit_due_customers,
    record_interaction,
    send_due_letters,
    send_due_texts,
    stop_letters,
)
from survey.letters.models import Delivery
from survey.letters.selectors import stopped_addresses
from survey.letters.services import stop_address
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams, tokens_of

pytestmark = pytest.mark.django_db
PHONE, HOUR, DAY = "+441134960000", timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def wave() -> Wave:
    teams = make_teams({"top": None}, {})
    wave = make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))
    CustomerRules.objects.create(
        campaign=wave.campaign, delay_minutes=120, expires_days=3, uses_sms=True
    )
    return Wave.objects.select_related("campaign__customer_rules").get(pk=wave.pk)


def meet(email: str = "anna@example.com", phone: str = PHONE) -> None:
    record_interaction(
        idempotency_key="k",
        request_digest="d",
        customer=CustomerData("c1", "Anna", email, phone=phone),
        team_code="top",
        occurred_at=NOW,
        now=NOW,
    )


def found(wave: Wave) -> list[tuple[str, str]]:
    rows = Invitation.objects.select_related("person", "customer", "interaction")
    recipients = find_recipients(wave=wave, invitations=list(rows), now=NOW)
    return [(recipient.channel, recipient.address) for _, recipient in recipients]


class TestFindRecipients:
    def test_prefers_email_to_text_messages(self, wave: Wave) -> None:
        meet()

        assert found(wave) == [("EMAIL", "anna@example.com")]

    def test_takes_the_other_way_where_one_is_closed(self, wave: Wave) -> None:
        meet()
        stop_address(address="anna@example.com", today=NOW.date())

        assert found(wave) == [("SMS", PHONE)]

    def test_leaves_out_whoever_has_no_open_way(self, wave: Wave) -> None:
        meet()
        for address in ("anna@example.com", PHONE):
            stop_address(address=address, today=NOW.date())

        assert found(wave) == []


class TestLetterTimes:
    def test_go_by_the_contact_of_a_customer(self, wave: Wave) -> None:
        meet()

        assert LetterTimes(wave, NOW).of(Invitation.objects.get()) == NOW + 2 * HOUR


class TestATextMessage:
    def test_goes_its_own_way_and_its_link_opens_until_it_expires(
        self, wave: Wave, capsys: pytest.CaptureFixture[str]
    ) -> None:
        meet(email="")
        admit_due_customers(now=NOW)
        (token,) = tokens_of(wave)
        assert send_due_texts(now=NOW + HOUR).sent == 0

        assert send_due_letters(now=NOW + 2 * HOUR).sent == 0
        assert send_due_texts(now=NOW + 2 * HOUR).sent == 1

        told = capsys.readouterr().out
        assert told.startswith(f"Text message to {PHONE}: ")
        assert f"/r/{token}/" in told
        assert mail.outbox == []
        assert get_link(token=token, now=NOW + 3 * DAY - HOUR).group.code == "top"
        with pytest.raises(ExpiredLinkError):
            get_link(token=token, now=NOW + 3 * DAY)

    def test_is_not_sent_once_the_contact_has_expired(self, wave: Wave) -> None:
        meet(email="")
        admit_due_customers(now=NOW)

        assert send_due_texts(now=NOW + 3 * DAY).failed == 1
        assert Delivery.objects.get().reason == "closed"

    def test_can_be_stopped_from_its_link(self, wave: Wave) -> None:
        meet(email="")
        admit_due_customers(now=NOW)
        (token,) = tokens_of(wave)

        stop_letters(token=stop_token(token=token), today=NOW.date())

        assert stopped_addresses(addresses=[PHONE]) == {PHONE}
        assert send_due_texts(now=NOW + 2 * HOUR).sent == 0

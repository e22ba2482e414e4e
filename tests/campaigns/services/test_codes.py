"""Asking for printed codes."""

import re
from datetime import timedelta

import pytest
from django.core import mail

from survey.campaigns.ledger import free_days
from survey.campaigns.ledger_checks import ledger_broken
from survey.campaigns.models import Asking, Channel, CodeSheet, Invitation, Wave
from survey.campaigns.selectors import get_link
from survey.campaigns.services import (
    CustomerData,
    admit_due_customers,
    close_wave,
    codes,
    record_interaction,
    send_due_letters,
)
from survey.campaigns.services.codes import (
    NoCodesError,
    print_codes,
    request_codes,
    request_customer_codes,
)
from survey.organization.models import Person
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/r/([\w-]{32})/")
ALICE = "alice@example.org"


@stage
def staff_wave() -> Wave:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 6, "b": 6})
    Person.objects.exclude(external_id="p0").update(email="")
    return make_open_wave(make_campaign(teams["top"]))


@stage
def customer_wave() -> Wave:
    teams = make_teams({"top": None, "shop": "top", "depot": "top"}, {})
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


class TestRequestCodes:
    def test_makes_sheets_of_whole_groups(
        self, staff_wave: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(codes, "MOST_ON_A_SHEET", 8)

        assert request_codes(wave_id=staff_wave.pk, asked_by=ALICE, now=NOW) == 11
        assert sorted(CodeSheet.objects.values_list("n_codes", flat=True)) == [5, 6]

    def test_counts_each_known_person_as_asked_once(self, staff_wave: Wave) -> None:
        without = Person.objects.filter(email="")
        assert not Asking.objects.filter(person__in=without).exists()

        for n_days in (0, 3):
            later = NOW + timedelta(days=n_days)
            request_codes(wave_id=staff_wave.pk, asked_by=ALICE, now=later)
            print_codes(wave_id=staff_wave.pk, now=later)

        slips = Asking.objects.filter(person__in=without)
        assert slips.count() == without.count() == 11
        assert set(slips.values_list("asked_date", "wave", "audience")) == {
            (NOW.date(), staff_wave.pk, "EMPLOYEE")
        }
        free = free_days(people=list(without), audience="EMPLOYEE", today=NOW.date())
        assert min(free.values()) > NOW.date()
        assert ledger_broken(now=NOW) == []

    def test_leaves_no_asking_without_a_sheet_unnoticed(self, staff_wave: Wave) -> None:
        request_codes(wave_id=staff_wave.pk, asked_by=ALICE, now=NOW)
        CodeSheet.objects.all().delete()

        assert ledger_broken(now=NOW) == ["11 askings in the fatigue ledger have no letter."]

    def test_says_where_nobody_needs_one(self, staff_wave: Wave) -> None:
        Person.objects.update(email="x@example.org")

        with pytest.raises(NoCodesError, match="has an e-mail address"):
            request_codes(wave_id=staff_wave.pk, asked_by=ALICE, now=NOW)

    def test_says_where_a_wave_takes_no_answers(self, staff_wave: Wave) -> None:
        draft = make_draft(staff_wave.campaign)
        close_wave(wave_id=staff_wave.pk, now=NOW)

        for wave_id in (draft.pk, staff_wave.pk):
            with pytest.raises(NoCodesError, match="until it closes"):
                request_codes(wave_id=wave_id, asked_by=ALICE, now=NOW)


class TestRequestCustomerCodes:
    def test_sends_codes_that_are_admitted_among_all_others(self, customer_wave: Wave) -> None:
        record_interaction(
            idempotency_key="k",
            request_digest="d",
            customer=CustomerData("c1", "Anna", "anna@example.com"),
            team_code="shop",
            occurred_at=NOW,
            now=NOW,
        )
        request_customer_codes(
            wave_id=customer_wave.pk, team_code="shop", n=7, asked_by=ALICE, now=NOW
        )
        assert send_due_letters(now=NOW).waiting == 1  # nobody has been admitted yet

        assert admit_due_customers(now=NOW) == 8
        send_due_letters(now=NOW.replace(minute=5))

        (sheet,) = [letter for letter in mail.outbox if letter.attachments]
        tokens = LINK.findall(str(sheet.attachments[0]))
        assert len(set(tokens)) == 7
        assert Asking.objects.count() == 1  # Anna; whoever holds a slip is nobody we know
        assert {get_link(token=token, now=NOW).group.code for token in tokens} == {"shop"}

    @pytest.mark.parametrize(("team", "n"), [("shop", 0), ("shop", 401), ("cellar", 5)])
    def test_refuses_what_cannot_be_printed(self, customer_wave: Wave, team: str, n: int) -> None:
        with pytest.raises(NoCodesError):
            request_customer_codes(
                wave_id=customer_wave.pk, team_code=team, n=n, asked_by=ALICE, now=NOW
            )
        assert not Invitation.objects.exists()

    def test_prints_for_the_right_audience_only(self, staff_wave: Wave) -> None:
        with pytest.raises(NoCodesError):
            request_customer_codes(
                wave_id=staff_wave.pk, team_code="a", n=5, asked_by=ALICE, now=NOW
            )


class TestPrintCodes:
    def test_prints_everybody_without_an_address(self, staff_wave: Wave) -> None:
        n, page = print_codes(wave_id=staff_wave.pk, now=NOW)

        assert n == len(set(LINK.findall(page))) == 11

    def test_prints_for_customers_at_once(self, customer_wave: Wave) -> None:
        n, page = print_codes(wave_id=customer_wave.pk, team_code="shop", n=5, now=NOW)

        tokens = LINK.findall(page)
        assert n == len(set(tokens)) == 5
        assert all(get_link(token=token, now=NOW) for token in tokens)

    def test_never_prints_for_a_wave_of_open_links(self, customer_wave: Wave) -> None:
        open_wave = make_open_wave(customer_wave.campaign, channel=Channel.OPEN)

        with pytest.raises(NoCodesError):
            print_codes(wave_id=open_wave.pk, team_code="shop", n=5, now=NOW)

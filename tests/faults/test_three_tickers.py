"""Three timetables at once for a day: every letter goes once, every answer counts once."""

from collections import Counter
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from config.celery import app
from survey.aggregation.models import Release
from survey.campaigns.models import Campaign, Credential, Wave
from survey.campaigns.services import (
    CustomerData,
    draft_wave,
    launch_wave,
    record_interaction,
    request_launch,
)
from survey.followup.invariants import broken_invariants
from survey.followup.management.commands.tick import read_stages
from survey.letters.models import Delivery
from survey.letters.services import sending
from survey.letters.states import DeliveryState
from survey.organization.models import Person
from survey.questionnaires.models import Audience
from survey.responses.models import Intake, Response
from survey.responses.services import submit_response
from tests.factories.campaigns import make_campaign, make_teams, tokens_of
from tests.factories.responses import make_answers

pytestmark = pytest.mark.django_db(transaction=True)

BEGINS = datetime(2026, 3, 28, 17, 0, tzinfo=UTC)
CLOSES = BEGINS + timedelta(hours=23)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata")  # Berlin's clock changes that night
N_TICKERS = 3
N_STAFF, N_ANSWERS = 24, 16
HOUR = timedelta(hours=1)
GATE = Barrier(N_TICKERS)


class Day:
    """A company's day, step by step; at every step all tickers do everything that is due."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = BEGINS
        monkeypatch.setattr(timezone, "now", lambda: self.now)
        app.loader.import_default_modules()
        teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 12, "b": 12})
        for number, person in enumerate(Person.objects.order_by("pk")):
            Person.objects.filter(pk=person.pk).update(time_zone=ZONES[number % 3])
        self.staff = self._draft(make_campaign(teams["top"]))
        self.customers = self._draft(make_campaign(teams["top"], Audience.CUSTOMER))
        launch_wave(wave_id=self.customers.pk, now=BEGINS)
        request_launch(wave_id=self.staff.pk, now=BEGINS)

    def run(self, *, step: timedelta) -> None:
        """Live for 24 hours."""
        while self.now < BEGINS + 24 * HOUR:
            self._tick()
            if self.now < CLOSES:
                self._live()
            self.now += step
        self._tick()
        self._tick()

    def _draft(self, campaign: Campaign) -> Wave:
        by_hour = {"letters_date": BEGINS.date() + timedelta(days=1), "letters_time": time(9)}
        is_staff = campaign.audience == Audience.EMPLOYEE
        return draft_wave(
            campaign=campaign,
            opens_at=BEGINS,
            closes_at=CLOSES,
            **(by_hour if is_staff else {}),  # type: ignore[arg-type]
        )

    def _live(self) -> None:
        """Report a contact, and let one of the staff answer if letters have gone out."""
        number = Delivery.objects.count()
        record_interaction(
            idempotency_key=f"k{self.now}",
            request_digest="",
            customer=CustomerData(f"c{self.now}", "Kim", f"c{number}@customers.example"),
            team_code="a",
            occurred_at=self.now,
            now=self.now,
        )
        for wave in Wave.objects.open_at(self.now).filter(pk=self.staff.pk):
            spent = Credential.objects.filter(wave=wave, is_spent=True).count()
            for token in tokens_of(wave)[spent:N_ANSWERS]:
                submit_response(token=token, answers=make_answers(wave), now=self.now)

    def _tick(self) -> None:
        gate = Barrier(N_TICKERS)

        def run_stages() -> None:
            try:
                for stage in read_stages():
                    gate.wait(timeout=60)
                    app.tasks[stage]()
            finally:
                connection.close()

        with ThreadPoolExecutor(N_TICKERS) as pool:
            for done in [pool.submit(run_stages) for _ in range(N_TICKERS)]:
                done.result()


@pytest.fixture
def day(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Day:
    monkeypatch.setitem(app.conf, "task_always_eager", True)
    return Day(monkeypatch)


def copies() -> Counter[str]:
    """Return how often each letter arrived."""
    return Counter(str(message.extra_headers["Message-ID"]) for message in mail.outbox)


class TestThreeTickers:
    @pytest.mark.parametrize(
        "step",
        [4 * HOUR, pytest.param(HOUR / 3, marks=pytest.mark.soak)],
        ids=["every four hours", "every twenty minutes"],
    )
    def test_do_the_work_of_one(self, day: Day, step: timedelta) -> None:
        day.run(step=step)

        assert set(copies().values()) == {1}
        assert len(copies()) == Delivery.objects.filter(state=DeliveryState.SENT).count()
        assert Delivery.objects.filter(invitation__wave=day.staff).count() == N_STAFF
        assert Response.objects.filter(wave=day.staff).count() == N_ANSWERS
        assert not Intake.objects.exists()
        assert Release.objects.filter(wave=day.staff).count() == 1
        assert list(broken_invariants(now=day.now)) == []

    def test_send_letters_more_than_once_where_nobody_claims_them(
        self, day: Day, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "claim_due", take_what_is_due)

        day.run(step=12 * HOUR)

        assert max(copies().values()) > 1


def take_what_is_due(
    *, channel: str, now: datetime, size: int, kinds: Collection[str]
) -> list[Delivery]:
    """Look first and mark later, as if nobody else did the same."""
    due = Delivery.objects.due_at(now).filter(channel=channel, kind__in=kinds).order_by("pk")
    found = list(due.select_related("letter")[:size])
    meet()
    Delivery.objects.filter(pk__in=[row.pk for row in found]).update(
        state=DeliveryState.SENDING, lease_until=now + HOUR, attempts=1, first_tried_at=now
    )
    return found


def meet() -> None:
    """Wait for the other tickers, if they come at all."""
    with suppress(BrokenBarrierError):
        GATE.wait(timeout=0.5)
    if GATE.broken:
        GATE.reset()

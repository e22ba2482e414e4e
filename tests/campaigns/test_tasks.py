"""The stages of the timetable that belong to campaigns, from the request to the end."""

from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest
from celery import Task, current_app
from django.core import mail

from survey.campaigns import tasks
from survey.campaigns.models import Credential, Wave
from survey.campaigns.services import (
    CustomerData,
    contact_files,
    record_interaction,
    request_launch,
)
from survey.letters.claiming import LEASE
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.services import seal_due_waves
from tests.factories.campaigns import make_campaign, make_draft, make_open_wave, make_teams

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
N_PEOPLE = 20  # fewer are told nothing of their participation


@pytest.fixture
def now() -> datetime:
    """The stages read the clock, so their tests are in the present."""
    return datetime.now(tz=UTC)


@pytest.fixture
def top() -> Team:
    return make_teams({"top": None}, {"top": N_PEOPLE})["top"]


class TestStages:
    def test_plan_the_rounds_of_now(self, now: datetime) -> None:
        with mock.patch("survey.campaigns.services.plan_due_rounds") as plan:
            tasks.plan_rounds()

        assert timedelta(0) <= plan.call_args.kwargs["now"] - now < MINUTE

    def test_leave_a_launch_its_time(self) -> None:
        usual = current_app.conf.task_time_limit

        assert usual < tasks.launch_waves.soft_time_limit < tasks.launch_waves.time_limit

    @pytest.mark.parametrize("task", [tasks.send_letters, tasks.send_texts])
    def test_are_over_before_another_worker_takes_the_same_letters(self, task: Task) -> None:
        assert task.soft_time_limit < task.time_limit < LEASE.total_seconds()

    def test_are_over_before_another_worker_takes_the_same_file(self) -> None:
        assert tasks.take_in_contacts.time_limit < contact_files.LEASE_SECONDS

    def test_take_a_wave_through_its_life(self, top: Team, now: datetime) -> None:
        wave = make_draft(make_campaign(top), opens_at=now - MINUTE)

        tasks.launch_waves()
        tasks.open_waves()
        assert not Wave.objects.launched().exists(), "nobody has asked for it yet"

        request_launch(wave_id=wave.pk, now=now)
        tasks.launch_waves()
        tasks.open_waves()
        tasks.send_letters()
        assert len(mail.outbox) == N_PEOPLE

        tasks.refresh_participation()
        wave.refresh_from_db()
        assert wave.participation["rows"][0]["n_invited"] == N_PEOPLE

        tasks.close_waves()
        tasks.destroy_keys()
        wave.refresh_from_db()
        assert (wave.closed_at, wave.keys_destroyed_at) == (None, None)

        Wave.objects.update(opens_at=now - 3 * MINUTE, closes_at=now - MINUTE)
        tasks.close_waves()
        seal_due_waves(now=now)
        tasks.destroy_keys()
        wave.refresh_from_db()
        assert wave.closed_at is not None
        assert wave.keys_destroyed_at is not None

    def test_give_customers_their_links(self, top: Team, now: datetime) -> None:
        make_open_wave(make_campaign(top, Audience.CUSTOMER), now=now - MINUTE)
        record_interaction(
            idempotency_key="1",
            request_digest="",
            customer=CustomerData("c1", "Casey", "casey@example.com"),
            team_code="top",
            occurred_at=now - MINUTE,
            now=now,
        )

        tasks.admit_customers()
        tasks.send_letters()

        assert Credential.objects.exists()
        assert [letter.to for letter in mail.outbox] == [["Casey <casey@example.com>"]]

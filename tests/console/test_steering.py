"""Launching, closing and withdrawing waves."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from survey.campaigns.models import Reminder, Wave
from survey.campaigns.selectors import content_of
from survey.campaigns.services import launch_wave
from survey.letters.models import Letter
from survey.organization.models import Membership
from tests.cast import Organisation
from tests.console.waves import make_draft


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    published: list[str] = []

    def publish(stage: str, *, retry: bool) -> None:
        assert not retry
        published.append(stage)

    monkeypatch.setattr("survey.console.hints.current_app.send_task", publish)
    return published


@pytest.fixture
def launched(draft: Wave, present: datetime) -> Wave:
    return launch_wave(wave_id=draft.pk, now=present)


def leave_out_one(wave: Wave, organisation: Organisation) -> None:
    Membership.objects.filter(team=organisation.bakery, is_leader=False).first().delete()


def reword(wave: Wave, organisation: Organisation) -> None:
    Letter.objects.update(body="Another text")


def close_later(wave: Wave, organisation: Organisation) -> None:
    Wave.objects.filter(pk=wave.pk).update(closes_at=wave.closes_at + timedelta(days=1))


def remind(wave: Wave, organisation: Organisation) -> None:
    day = wave.opens_at.date() + timedelta(days=3)
    Reminder.objects.create(wave=wave, number=1, due_date=day, letter=wave.letter)


def ask_fewer(wave: Wave, organisation: Organisation) -> None:
    scale = content_of(wave=wave).scales[0]
    Wave.objects.filter(pk=wave.pk).update(scale_codes=[scale.code])


CHANGES = {
    "people": leave_out_one,
    "letter": reword,
    "timing": close_later,
    "reminders": remind,
    "questions": ask_fewer,
}


def press(client: Client, wave: Wave, button: str, **data: object) -> str:
    return client.post(f"/console/waves/{wave.pk}/{button}/", data, follow=True).text


def shown(client: Client, wave: Wave) -> str:
    """Return what the form of a check says that it showed."""
    found = re.search(
        r'name="shown" value="(\w+)"', client.get(f"/console/waves/{wave.pk}/check/").text
    )
    return found[1] if found else ""


def launch(client: Client, wave: Wave) -> str:
    return press(client, wave, "launch", shown=shown(client, wave))


class TestLaunch:
    def test_is_asked_of_the_workers_who_hold_the_keys(
        self,
        hr: Client,
        draft: Wave,
        hints: list[str],
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = launch(hr, draft)

        draft.refresh_from_db()
        assert "It is being launched." in page
        assert "being prepared" in page
        assert draft.launch_requested_at is not None
        assert draft.launched_at is None
        assert hints == ["campaigns.launch_waves", "campaigns.open_waves", "campaigns.send_letters"]

    def test_tells_why_a_worker_could_not_do_it(self, hr: Client, draft: Wave) -> None:
        Wave.objects.filter(pk=draft.pk).update(launch_problem="The folder of the keys is full.")

        assert "The folder of the keys is full." in hr.get(f"/console/waves/{draft.pk}/check/").text

    def test_does_not_need_a_broker(
        self,
        hr: Client,
        draft: Wave,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        def fail(stage: str, *, retry: bool) -> None:
            raise OperationalError(stage)

        monkeypatch.setattr("survey.console.hints.current_app.send_task", fail)
        with django_capture_on_commit_callbacks(execute=True):
            assert "It is being launched." in launch(hr, draft)

    def test_says_what_stands_in_the_way(
        self, hr: Client, draft: Wave, organisation: Organisation, hints: list[str]
    ) -> None:
        Wave.objects.filter(pk=draft.pk).update(letter=None)
        draft.campaign.letter = None
        draft.campaign.save()

        assert "There is no letter yet" in launch(hr, draft)
        draft.refresh_from_db()
        assert draft.launched_at is None

    def test_happens_once(self, hr: Client, launched: Wave) -> None:
        before = Wave.objects.get(pk=launched.pk).launched_at

        assert "launched already" in launch(hr, launched)
        assert Wave.objects.get(pk=launched.pk).launched_at == before

    @pytest.mark.parametrize("change", ["people", "letter", "timing", "reminders", "questions"])
    def test_is_not_of_what_another_tab_made_of_it(
        self, hr: Client, draft: Wave, organisation: Organisation, change: str
    ) -> None:
        before = shown(hr, draft)
        CHANGES[change](draft, organisation)
        answer = hr.post(f"/console/waves/{draft.pk}/launch/", {"shown": before})

        draft.refresh_from_db()
        assert answer.status_code == 409
        assert "This has changed meanwhile; look again." in answer.text
        assert draft.launch_requested_at is None
        assert "It is being launched." in launch(hr, draft)

    def test_is_not_of_what_was_never_shown(self, hr: Client, draft: Wave) -> None:
        assert hr.post(f"/console/waves/{draft.pk}/launch/").status_code == 409

    def test_of_an_unknown_wave_is_not_found(self, hr: Client) -> None:
        assert hr.post("/console/waves/99999999999999999999/launch/").status_code == 404


class TestClose:
    def test_asks_first(self, hr: Client, launched: Wave) -> None:
        page = hr.get(f"/console/waves/{launched.pk}/close/").text

        assert "It cannot be opened again." in page
        assert "People were told they can answer until" in page
        assert Wave.objects.get(pk=launched.pk).closed_at is None

    def test_closes_and_hints_to_the_sealing(
        self,
        hr: Client,
        launched: Wave,
        hints: list[str],
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page = press(hr, launched, "close")

        assert "Closed." in page
        assert Wave.objects.get(pk=launched.pk).closed_at is not None
        assert hints == ["responses.seal_waves"]

    def test_changes_nothing_in_a_draft(self, hr: Client, draft: Wave) -> None:
        assert "nothing has changed" in press(hr, draft, "close")
        assert Wave.objects.get(pk=draft.pk).closed_at is None


class TestWithdraw:
    def test_needs_a_reason_and_a_confirmation(self, hr: Client, launched: Wave) -> None:
        page = press(hr, launched, "withdraw", reason="  ")

        assert "Why you take it back: This field is required." in page
        assert "it cannot be undone" in page
        assert Wave.objects.get(pk=launched.pk).withdrawn_at is None

    def test_keeps_the_reason(self, hr: Client, launched: Wave) -> None:
        page = press(hr, launched, "withdraw", reason="Sent to the wrong teams", is_sure="on")

        assert Wave.objects.get(pk=launched.pk).withdrawn_reason == "Sent to the wrong teams"
        assert "Sent to the wrong teams" in page
        assert "withdrawn" in page

    def test_leaves_a_sealed_wave_alone(self, hr: Client, launched: Wave) -> None:
        now = timezone.now() + timedelta(days=1)
        Wave.objects.filter(pk=launched.pk).update(closed_at=now, sealed_at=now)

        assert "nothing to take back" in press(hr, launched, "withdraw", reason="x", is_sure="on")
        assert Wave.objects.get(pk=launched.pk).withdrawn_at is None


class TestDraftsOfCustomers:
    def test_are_launched_for_all_teams(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        customers = make_draft(organisation, present, "CUSTOMER")

        assert "Customers of" in hr.get(f"/console/waves/{customers.pk}/check/").text
        page = launch(hr, customers)
        assert "It is being launched. Customers are asked once the wave opens." in page
        assert "The letters go out" not in page
        preparing = hr.get(f"/console/waves/{customers.pk}/check/").text
        assert "It is being noted which teams are asked about." in preparing
        assert "Before it goes out" not in preparing
        assert "everybody’s link" not in preparing

"""What can still be changed once a wave was sent."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client

from survey.campaigns.models import Wave
from survey.campaigns.services import launch_wave, open_due_waves, request_launch, set_reminders
from survey.letters.models import Delivery
from survey.organization.models import Person
from tests.cast import Organisation
from tests.console.pulse.test_views import page
from tests.console.waves import make_draft

LATER = date(2099, 1, 7)


@pytest.fixture
def sent(draft: Wave, present: datetime) -> Wave:
    launch_wave(wave_id=draft.pk, now=present)
    open_due_waves(now=present)
    return Wave.objects.get(pk=draft.pk)


class TestUndo:
    def test_makes_a_draft_again_of_what_has_not_opened(
        self, hr: Client, draft: Wave, organisation: Organisation, present: datetime
    ) -> None:
        later = make_draft(organisation, present, opens_at=present + timedelta(days=1))
        launch_wave(wave_id=later.pk, now=present)
        request_launch(wave_id=draft.pk, now=present)

        for wave in (draft, later):
            assert "Undone. It is a draft again" in hr.post(page(wave, "undo"), follow=True).text
            wave.refresh_from_db()
            assert (wave.launched_at, wave.launch_requested_at) == (None, None)

    def test_comes_too_late_once_letters_go(self, hr: Client, sent: Wave) -> None:
        assert page(sent, "undo") in hr.get(f"/console/waves/{sent.pk}/").text
        Delivery.objects.filter(invitation__wave=sent).update(state="SENT")

        assert "too late to undo" in hr.post(page(sent, "undo"), follow=True).text
        sent.refresh_from_db()
        assert sent.launched_at is not None
        assert page(sent, "undo") not in hr.get(f"/console/waves/{sent.pk}/").text


class TestExtend:
    def test_goes_forward_by_the_westernmost_clock(self, hr: Client, sent: Wave) -> None:
        Person.objects.filter(external_id="bakery-2").update(time_zone="America/New_York")
        data = {"closes_date": LATER.isoformat(), "closes_time": "17:00"}
        shown = hr.post(page(sent, "extend"), data, follow=True).text

        sent.refresh_from_db()
        assert sent.closes_at == datetime.combine(LATER, time(22), tzinfo=UTC)
        assert "Extended. It closes for all on 7 January" in shown

    @pytest.mark.parametrize(
        ("closes_date", "problem"),
        [("2020-01-01", "only be made longer"), ("soon", "valid date"), ("", "required")],
    )
    def test_never_goes_back(self, hr: Client, sent: Wave, closes_date: str, problem: str) -> None:
        data = {"closes_date": closes_date, "closes_time": "17:00"}
        answer = hr.post(page(sent, "extend"), data)

        assert answer.status_code == 422
        assert problem in answer.text
        before = sent.closes_at
        sent.refresh_from_db()
        assert sent.closes_at == before

    def test_starts_from_when_it_closes_now(self, hr: Client, sent: Wave) -> None:
        assert f"{sent.closes_at:%Y-%m-%d}" in hr.get(page(sent, "extend")).text


class TestStopReminding:
    def test_stops_what_is_planned(self, hr: Client, sent: Wave, present: datetime) -> None:
        day = (present + timedelta(days=3)).date()
        set_reminders(wave_id=sent.pk, reminders=[(day, None)], now=present)
        home = f"/console/waves/{sent.pk}/"
        assert "Stop reminding" in hr.get(home).text

        assert "Nobody is reminded" in hr.post(page(sent, "reminders/stop"), follow=True).text
        assert "Stop reminding" not in hr.get(home).text
        again = hr.post(page(sent, "reminders/stop"), follow=True).text
        assert "No reminder was left to stop." in again

"""The fifth step, and the button that does it."""

from datetime import datetime

from django.test import Client

from survey.campaigns.models import Wave
from survey.campaigns.services import launch_wave, request_launch
from tests.console.pulse.test_views import page


class TestCheck:
    def test_shows_the_letter_in_a_frame(self, hr: Client, draft: Wave) -> None:
        answer = hr.get(page(draft, "check"))

        assert f'src="{page(draft, "message/letter")}"' in answer.text
        assert "frame-src 'self'" in answer["Content-Security-Policy"]

    def test_can_be_undone_while_it_is_prepared(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        request_launch(wave_id=draft.pk, now=present)
        shown = hr.get(page(draft, "check")).text

        assert page(draft, "undo") in shown
        assert "Send now" not in shown

    def test_leads_on_once_it_was_sent(self, hr: Client, draft: Wave, present: datetime) -> None:
        launch_wave(wave_id=draft.pk, now=present)

        assert hr.get(page(draft, "check"))["Location"] == f"/console/waves/{draft.pk}/"

"""Taking a wave back from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from survey.campaigns.models import Credential, Wave
from tests.factories.campaigns import make_campaign, make_draft, make_open_wave, make_teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


class TestWithdrawWave:
    def test_withdraws_with_the_reason(self, wave: Wave) -> None:
        out = StringIO()

        call_command("withdraw_wave", wave.pk, reason=" Wrong letter ", stdout=out)

        wave.refresh_from_db()
        assert wave.withdrawn_at is not None
        assert wave.withdrawn_reason == "Wrong letter"
        assert not Credential.objects.exists()
        assert f"Wave {wave.pk} is withdrawn" in out.getvalue()

    def test_wants_a_reason(self, wave: Wave) -> None:
        with pytest.raises(CommandError, match="Say why"):
            call_command("withdraw_wave", wave.pk, reason=" ")

        wave.refresh_from_db()
        assert wave.withdrawn_at is None

    def test_refuses_a_draft_and_a_wave_that_nobody_knows(self, wave: Wave) -> None:
        draft = make_draft(wave.campaign)

        for wave_id in (draft.pk, 10**6):
            with pytest.raises(CommandError, match="Nothing was changed"):
                call_command("withdraw_wave", wave_id, reason="Why")

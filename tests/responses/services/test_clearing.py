import pytest

from survey.campaigns.services import withdraw_wave
from survey.questionnaires.models import Audience
from survey.responses.models import Cell, Comment, Intake, Response
from survey.responses.services import clear_withdrawn_waves, seal_due_waves
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.responses import put_boxes

pytestmark = pytest.mark.django_db


class TestClearWithdrawnWaves:
    def test_deletes_boxes_and_sealed_answers_of_withdrawn_waves_only(self) -> None:
        teams = make_teams({"top": None, "a": "top"}, {})
        mistake, sound = (
            make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER, code=code))
            for code in ("mistake", "sound")
        )
        for wave in (mistake, sound):
            put_boxes(wave, wave.groups.get(code="a"), [1] * 5)
        seal_due_waves(now=NOW)
        put_boxes(mistake, mistake.groups.get(code="a"), [2])
        Comment.objects.create(group=mistake.groups.get(code="a"), item_code="s", text="words")
        withdraw_wave(wave_id=mistake.pk, reason="Wrong customers", now=NOW)

        assert clear_withdrawn_waves() == 1
        assert clear_withdrawn_waves() == 0

        assert not Intake.objects.exists()
        assert not Comment.objects.exists()
        assert set(Response.objects.values_list("wave", flat=True)) == {sound.pk}
        assert set(Cell.objects.values_list("wave", flat=True)) == {sound.pk}

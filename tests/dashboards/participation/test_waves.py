"""Which waves there are for a reader."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Wave
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.participation.waves import (
    State,
    WaveLine,
    choose_wave,
    last_released,
    list_waves,
    wave_before,
)
from survey.organization.models import Team
from tests.factories.aggregation import make_wave

pytest_plugins = ["tests.dashboards.participation.company"]

DAY = timedelta(days=1)


def lines_of(user: User, now: datetime) -> list[WaveLine]:
    return list_waves(reader=find_reader(user=user), now=now)


class TestListWaves:
    def test_begins_with_what_is_open(
        self, alice: User, pulse_campaign: Campaign, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        make_wave(pulse_campaign, closed_at=now + 40 * DAY, is_open=True)
        make_wave(pulse_campaign, closed_at=now - DAY, sealed_at=None)
        make_wave(pulse_campaign, is_open=True, launched_at=None)

        lines = lines_of(alice, now)

        assert [line.state for line in lines] == [
            State.OPEN, State.COMING, State.CLOSED, State.SEALED,
        ]  # fmt: skip
        assert lines[0].code == "pulse-2"

    def test_knows_what_was_released(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        line = lines_of(alice, now)[-1]

        assert (line.n_shown, line.n_hidden) == (3, 0)
        assert line.made_date == (waves[0].closes_at + DAY).date()

    def test_leaves_out_surveys_of_other_parts(
        self, charlie: User, pulse_campaign: Campaign, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        assert lines_of(charlie, now)
        pulse_campaign.scope = Team.objects.get(code="food")
        pulse_campaign.save()

        assert lines_of(charlie, now) == []


class TestChooseWave:
    def test_refuses_what_is_not_there(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        lines = lines_of(alice, now)

        assert choose_wave(lines, "pulse-1")[0] is lines[1]
        with pytest.raises(UnknownChoiceError):
            choose_wave(lines, "pulse-9")


class TestWaveBefore:
    def test_is_the_last_closed_one_of_the_same_campaign(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        opened, sealed = lines_of(alice, now)

        assert wave_before(opened, [opened, sealed]) is sealed
        assert wave_before(sealed, [opened, sealed]) is None


class TestLastReleased:
    def test_is_the_wave_itself_once_it_has_figures(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        opened, sealed = lines_of(alice, now)

        assert last_released(opened, [opened, sealed]) is sealed
        assert last_released(sealed, [opened, sealed]) is sealed
        assert last_released(opened, [opened]) is None

"""How many had answered by day."""

from datetime import datetime, timedelta

import pytest

from survey.campaigns.models import Wave
from survey.campaigns.services import launch_wave
from survey.console.wave.curve import (
    draw_curve,
    last_wave,
    same_day,
    shares_by_day,
)
from tests.cast import Organisation
from tests.console.waves import make_draft

pytestmark = pytest.mark.usefixtures("bank")


def counted(organisation: Organisation, opens_at: datetime, shares: list[str]) -> Wave:
    """Make a wave of which participation was counted on the days after it opened."""
    wave = make_draft(organisation, opens_at, opens_at=opens_at)
    launch_wave(wave_id=wave.pk, now=opens_at)
    days = [
        {
            "date": (opens_at + timedelta(days=number)).date().isoformat(),
            "shares": {"company": share},
        }
        for number, share in enumerate(shares)
    ]
    row = {"code": "company", "name": "The Company", "kind": "NODE", "depth": 0}
    rows = [row | {"n_invited": 400, "share": shares[-1]}]
    told = {"days": days, "rows": rows}
    Wave.objects.filter(pk=wave.pk).update(opened_at=opens_at, participation=told)
    return Wave.objects.get(pk=wave.pk)


class TestDrawCurve:
    def test_draws_this_wave_beside_the_last(
        self, organisation: Organisation, now: datetime
    ) -> None:
        before = counted(organisation, now - timedelta(days=50), ["20 %", "40 %", "55 %"])
        wave = counted(organisation, now, ["under 10 %", "30 %"])
        assert last_wave(wave) == before
        curve = draw_curve(wave=wave, last=before, code="company")

        assert curve is not None
        assert [(row.share, row.last_share) for row in curve.days] == [
            ("under 10%", "20 to 25%"),
            ("30 to 35%", "40 to 45%"),
            ("", "55 to 60%"),
        ]
        assert (len(curve.dots), len(curve.line), len(curve.last_line)) == (2, 1, 2)
        assert curve.dots[0].x == "10.0%"
        assert curve.dots[1].y < curve.dots[0].y
        assert curve.has_last

    def test_stands_alone_in_a_first_wave(self, organisation: Organisation, now: datetime) -> None:
        wave = counted(organisation, now, ["30 %"])
        curve = draw_curve(wave=wave, last=last_wave(wave), code="company")

        assert curve is not None
        assert not curve.has_last
        assert curve.ticks[0].day == now.date()
        assert len(curve.ticks) <= 6

    def test_is_none_before_it_was_counted(self, organisation: Organisation, now: datetime) -> None:
        wave = make_draft(organisation, now)

        assert draw_curve(wave=wave, last=None, code="company") is None
        assert shares_by_day(None) == {}


class TestSameDay:
    def test_takes_the_last_day_before_where_none_was_counted(self) -> None:
        shares = {0: {"company": "20 %"}, 2: {"company": "50 %"}}

        assert same_day(shares, 1) == {"company": "20 %"}
        assert same_day(shares, 9) == {"company": "50 %"}
        assert same_day(shares, -1) == {}

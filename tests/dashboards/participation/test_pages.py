"""What stands on the participation page."""

from datetime import date, datetime, timedelta

from survey.accounts.models import User
from survey.campaigns.models import Campaign, Wave
from survey.dashboards.access import find_reader
from survey.dashboards.participation.pages import ParticipationPage, build_participation_page
from tests.dashboards.participation.rounds import store_shares
from tests.dashboards.released import PARENTS
from tests.factories.aggregation import make_wave, plant

pytest_plugins = ["tests.dashboards.participation.company"]


def build(user: User, now: datetime, **wanted: str) -> ParticipationPage:
    return build_participation_page(reader=find_reader(user=user), wanted=wanted, now=now)


class TestBuildParticipationPage:
    def test_lists_a_part_and_the_groups_right_below_it(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        assert [row.name for row in build(alice, now).rows] == ["Company", "Food", "Goods"]
        below = build(alice, now, part="food")
        assert [(row.name, row.is_part, row.has_below) for row in below.rows] == [
            ("Food", True, True), ("Bakery", False, False), ("Kitchen", False, False),
        ]  # fmt: skip

    def test_summarises_what_is_open(
        self, bob: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        (one,) = build(bob, now).open_waves

        assert one.part == "Bakery"
        assert one.share is not None
        assert one.share.text == "25 to 30%"

    def test_shows_the_health_of_the_last_figures_while_a_wave_is_open(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        page = build(alice, now)

        assert page.health_of is not None
        assert page.health_of.wave == waves[0]
        assert {one.shift for one in page.health} == {None}

    def test_bounds_the_silence_of_a_sealed_wave(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        assert {one.shift for one in build(alice, now, wave="pulse-1").health} != {None}

    def test_says_when_figures_were_made_and_when_the_next_come(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        (moment,) = build(alice, now).moments

        assert moment.made_date == date(2025, 12, 3)
        assert moment.next_date == date(2026, 3, 9)

    def test_keeps_its_choices_in_the_address(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        assert build(alice, now, part="food").address == "?wave=pulse-2&part=food"

    def test_opens_on_the_widest_open_wave_and_says_so(
        self, alice: User, bob: User, pulse_campaign: Campaign, waves: tuple[Wave, Wave],
        now: datetime,
    ) -> None:  # fmt: skip
        other = make_wave(pulse_campaign, closed_at=now + timedelta(days=1), is_open=True)
        plant(other, PARENTS)
        store_shares(other, {"food": "40 %"}, "2026-03-02")

        assert [line.code for line in build(alice, now).lines[:2]] == ["pulse-3", "pulse-2"]
        for user in (alice, bob):
            page = build(user, now)
            assert page.line is not None
            assert page.line.code == ("pulse-3" if user == alice else "pulse-2")
            assert page.why.startswith("Of the 2 surveys open now")
            assert build(user, now, wave="pulse-1").why == ""

    def test_opens_on_the_last_closed_wave_where_none_is_open(
        self, alice: User, waves: tuple[Wave, Wave], now: datetime
    ) -> None:
        page = build(alice, now + timedelta(days=8))

        assert page.line is not None
        assert (page.line.code, page.why) == ("pulse-2", "")

"""The organisation as the planning of groups wants it."""

from datetime import timedelta

import pytest

from survey.campaigns.models import Campaign, Channel, Wave
from survey.campaigns.rosters import (
    asks_customers,
    asks_people,
    plan_wave,
    read_homes,
    read_members,
    read_pools,
    read_teams,
)
from survey.campaigns.services import withdraw_wave
from survey.organization.models import Membership, Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    JOINED,
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    staff,
)

TODAY = NOW.date()
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> dict[str, Team]:
    parents = {"all": None, "top": "all", "a": "top", "b": "top", "other": "all"}
    return make_teams(parents, {"a": 6, "b": 7, "other": 8})


def wave_of(scope: Team, audience: str = Audience.EMPLOYEE, **changes: object) -> Wave:
    return make_draft(make_campaign(scope, audience), **changes)


class TestPlanWave:
    def test_asks_the_people_of_the_scope_and_nobody_else(self, teams: dict[str, Team]) -> None:
        plan = plan_wave(wave=wave_of(teams["top"]), today=TODAY)

        assert plan.n_people == 13
        assert {group.code for group in plan.groups} == {"top", "a", "b"}

    @pytest.mark.parametrize(
        ("audience", "channel"),
        [(Audience.CUSTOMER, Channel.PERSONAL), (Audience.EMPLOYEE, Channel.IMPORT)],
    )
    def test_invites_nobody_at_the_launch_where_others_answer(
        self, teams: dict[str, Team], audience: str, channel: str
    ) -> None:
        plan = plan_wave(wave=wave_of(teams["top"], audience, channel=channel), today=TODAY)

        assert plan.n_people == 0
        assert {"a", "b"} <= {group.code for group in plan.groups}


class TestReadPools:
    @pytest.fixture
    def campaign(self) -> Campaign:
        teams = make_teams(
            {"top": None, "a": "top", "b": "top", "c": "top"}, {"a": 3, "b": 3, "c": 9}
        )
        return make_campaign(teams["top"])

    def test_keeps_a_team_in_its_pool_from_wave_to_wave(self, campaign: Campaign) -> None:
        first = make_open_wave(campaign)
        staff(Team.objects.get(code="a"), 3)

        plan = plan_wave(wave=make_draft(campaign), today=TODAY)

        pooled = {group.code: group.n_invited for group in plan.groups if group.kind == "POOL"}
        assert pooled == {"top:smaller": 9}
        withdraw_wave(wave_id=first.pk, reason="Wrong letter", now=NOW)
        assert read_pools(wave=make_draft(campaign)) == {}

    def test_looks_at_the_last_wave_before_this_one(self, campaign: Campaign) -> None:
        first = make_open_wave(campaign)
        assert read_pools(wave=first) == {}

        staff(Team.objects.get(code="a"), 4)
        second = make_draft(campaign)
        assert read_pools(wave=second).keys() == {
            Team.objects.get(code=code).pk for code in ("a", "b")
        }


class TestReadHomes:
    def test_follows_the_memberships_of_the_day(self, teams: dict[str, Team]) -> None:
        wave = wave_of(teams["top"])
        mover = staff(teams["a"], 1)[0]
        Membership.objects.filter(person=mover).update(active_to=TODAY)
        Membership.objects.create(person=mover, team=teams["b"], active_from=TODAY)

        homes = [read_homes(wave=wave, today=day)[mover.pk] for day in (TODAY - DAY, TODAY)]

        assert homes == [teams["a"].pk, teams["b"].pk]


class TestWhoIsAsked:
    @pytest.mark.parametrize(
        ("audience", "channel", "people", "customers"),
        [
            (Audience.EMPLOYEE, Channel.PERSONAL, True, False),
            (Audience.CUSTOMER, Channel.PERSONAL, False, True),
            (Audience.EMPLOYEE, Channel.IMPORT, False, False),
            (Audience.CUSTOMER, Channel.IMPORT, False, False),
        ],
    )
    def test_follows_audience_and_channel(
        self, teams: dict[str, Team], audience: str, channel: str, people: bool, customers: bool
    ) -> None:
        wave = wave_of(teams["top"], audience, channel=channel)

        assert (asks_people(wave=wave), asks_customers(wave=wave)) == (people, customers)


class TestReadTeams:
    def test_leaves_closed_teams_out(self, teams: dict[str, Team]) -> None:
        Team.objects.filter(code="b").update(closed_date=TODAY)

        assert [team.code for team in read_teams(scope=teams["top"], today=TODAY)] == ["top", "a"]

    def test_keeps_the_scope_itself_even_when_it_has_been_closed(
        self, teams: dict[str, Team]
    ) -> None:
        Team.objects.filter(code="top").update(closed_date=TODAY)

        assert read_teams(scope=teams["top"], today=TODAY)[0].code == "top"


class TestReadMembers:
    def test_leaves_out_who_belongs_elsewhere_or_not_yet(self, teams: dict[str, Team]) -> None:
        nodes = read_teams(scope=teams["a"], today=TODAY)

        assert len(read_members(teams=nodes, today=TODAY)) == 6
        assert read_members(teams=nodes, today=JOINED - DAY) == []

"""Whole teams and declared attributes, by the team in whose group each person counts."""

from typing import Any

import pytest

from survey.campaigns.choosing import Chosen, choose_members, filter_of
from survey.campaigns.models import Wave
from survey.campaigns.rosters import read_members, read_teams
from survey.campaigns.services import launch_wave
from survey.organization.models import Person, Team
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> dict[str, Team]:
    """A tree of two departments; everybody in a leaf, and a leader of team a."""
    parents = {"top": None, "food": "top", "goods": "top", "a": "food", "b": "food", "c": "goods"}
    teams = make_teams(parents, {"a": 6, "b": 7, "c": 8})
    staff(teams["a"], 1, is_leader=True)
    return teams


def choose(teams: dict[str, Team], **chosen: Any) -> Chosen:
    nodes = read_teams(scope=teams["top"], today=NOW.date())
    return choose_members(
        audience_filter=chosen,
        teams=nodes,
        top_id=teams["top"].pk,
        members=read_members(teams=nodes, today=NOW.date()),
    )


class TestChooseMembers:
    def test_keeps_everybody_without_a_filter(self, teams: dict[str, Team]) -> None:
        assert len(choose(teams).members) == 22

    def test_takes_a_team_with_everything_below_it(self, teams: dict[str, Team]) -> None:
        found = choose(teams, team_ids=[teams["food"].pk])

        assert len(found.members) == 14  # and the leader of a, who counts in food
        assert found.not_asked == ()

    def test_leaves_out_leaders_whose_group_is_not_asked(self, teams: dict[str, Team]) -> None:
        found = choose(teams, team_ids=[teams["a"].pk, teams["c"].pk])

        leader = Person.objects.get(memberships__is_leader=True)
        assert len(found.members) == 6 + 8
        assert found.not_asked == (leader.pk,)

    def test_takes_those_with_one_of_the_values_of_each_attribute(
        self, teams: dict[str, Team]
    ) -> None:
        people = list(Person.objects.order_by("pk"))
        for person, site, shift in zip(people, "NNNSSS", "121212", strict=False):
            person.attributes = {"site": site, "shift": int(shift)}
            person.save()

        assert len(choose(teams, attributes={"site": ["N", "W"]}).members) == 3
        assert len(choose(teams, attributes={"site": ["N"], "shift": ["1"]}).members) == 2
        assert choose(teams, attributes={"nothing": ["1"]}).members == ()

    def test_takes_both_together(self, teams: dict[str, Team]) -> None:
        Person.objects.filter(memberships__team=teams["c"]).update(attributes={"site": "N"})
        only_food = {"team_ids": [teams["food"].pk]}

        assert choose(teams, **only_food, attributes={"site": ["N"]}).members == ()


class TestFilterOf:
    def test_is_the_campaigns_until_the_launch_freezes_it(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"])
        wave = make_draft(campaign)
        campaign.audience_filter = {"team_ids": [teams["c"].pk]}
        campaign.save()
        assert filter_of(wave=wave) == {"team_ids": [teams["c"].pk]}

        launch_wave(wave_id=wave.pk, now=NOW)
        campaign.audience_filter = {}
        campaign.save()

        launched = Wave.objects.get(pk=wave.pk)
        assert filter_of(wave=launched) == {"team_ids": [teams["c"].pk]}
        assert launched.n_invited == 8

"""Which groups of a wave somebody may see."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.aggregation.models import Release
from survey.campaigns.models import Group, GroupKind, GroupTeam
from survey.dashboards.access import find_reader
from survey.dashboards.figures.groups import limit_to, read_groups
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.stages import stage

pytest_plugins = ["tests.dashboards.figures.company"]


@stage
def newest(both_waves: list[Release]) -> Release:
    return both_waves[0]


def codes(user: User, release: Release, part: str = "") -> set[str]:
    team = Team.objects.get(code=part) if part else None
    reach = limit_to(team, reader=find_reader(user=user))
    return {code for code, _, _ in read_groups(wave=release.wave, reach=reach).names.values()}


def make_pool(release: Release, *codes: str) -> None:
    pool = Group.objects.create(
        wave=release.wave, kind=GroupKind.POOL, code="pool", name="Small teams"
    )
    for team in Team.objects.filter(code__in=codes):
        GroupTeam.objects.create(group=pool, team=team)


class TestReadGroups:
    def test_shows_everything_to_those_who_see_everything(
        self, alice: User, newest: Release
    ) -> None:
        assert codes(alice, newest) == {"company", "food", "goods", "bakery", "kitchen", "garden"}

    def test_shows_a_leader_their_own_part_and_nothing_above_or_beside(
        self, organisation: Organisation, newest: Release
    ) -> None:
        rita = make_user("rita", Role.LEADER, organisation.food)

        assert codes(rita, newest) == {"food", "bakery", "kitchen"}

    def test_shows_bob_his_team_and_charlie_nothing_of_it(
        self, bob: User, charlie: User, newest: Release
    ) -> None:
        assert codes(bob, newest) == {"bakery"}
        assert codes(charlie, newest) == {"garden"}

    def test_shows_a_team_lead_their_own_team_never_the_node_above_its_parts(
        self, organisation: Organisation, newest: Release
    ) -> None:
        lead = make_user("lena", Role.TEAM_LEAD, organisation.food)

        assert codes(lead, newest) == set()

    @pytest.mark.parametrize(
        ("teams", "is_shown"), [(("bakery", "kitchen"), True), (("bakery", "garden"), False)]
    )
    def test_shows_a_pool_only_where_all_its_teams_are_open(
        self, organisation: Organisation, newest: Release, teams: tuple[str, ...], is_shown: bool
    ) -> None:
        make_pool(newest, *teams)
        rita = make_user("rita", Role.LEADER, organisation.food)

        assert ("pool" in codes(rita, newest)) == is_shown

    def test_narrows_to_a_part_as_its_leader_would_see_it(
        self, alice: User, bob: User, newest: Release
    ) -> None:
        assert codes(alice, newest, "food") == {"food", "bakery", "kitchen"}
        assert codes(bob, newest, "food") == {"bakery"}

    def test_follows_a_team_to_the_one_that_succeeded_it(
        self, organisation: Organisation, bob: User, newest: Release
    ) -> None:
        organisation.kitchen.succeeded_by = organisation.bakery
        organisation.kitchen.save()

        assert codes(bob, newest) == {"bakery", "kitchen"}

    def test_asks_two_questions_however_many_teams_there_are(
        self, bob: User, newest: Release, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        reach = limit_to(None, reader=find_reader(user=bob))

        with django_assert_num_queries(2):
            read_groups(wave=newest.wave, reach=reach)

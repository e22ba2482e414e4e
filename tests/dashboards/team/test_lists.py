"""The list of teams: by name, never ranked."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.campaigns.models import Group, Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.team.lists import PER_PAGE, TeamList, build_team_list
from tests.dashboards.team.staging import everywhere, release

pytest_plugins = ["tests.dashboards.team.company"]


def build(user: User, **wanted: str) -> TeamList:
    return build_team_list(reader=find_reader(user=user), wanted=wanted)


def names(found: TeamList) -> list[str]:
    return [entry.name for entry in found.entries]


class TestBuildTeamList:
    def test_goes_by_name_whatever_the_figures(self, alice: User, team_sides: Pairing) -> None:
        release(team_sides.ex, everywhere("fair", 70.0, shop=95.0, bakery=5.0))

        assert names(build(alice)) == ["Bakery", "Depot", "Garden", "Kitchen", "Shop"]

    @pytest.mark.parametrize(
        ("looked_for", "found"),
        [("GARD", ["Garden"]), ("goods", ["Depot", "Garden", "Shop"]), ("none", [])],
    )
    def test_finds_by_name_or_part(
        self, alice: User, team_sides: Pairing, looked_for: str, found: list[str]
    ) -> None:
        release(team_sides.ex, {})

        page = build(alice, q=looked_for)

        assert names(page) == found
        assert page.has_any

    def test_names_pools_with_how_many_teams_they_hold(
        self, alice: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, {}, pool=("garden", "shop"))

        pools = [one for one in build(alice).entries if one.is_pool]

        assert [(one.code, one.n_teams) for one in pools] == [("goods:smaller", 2)]

    def test_holds_no_pool_that_a_leader_may_see_a_part_of_only(
        self, charlie: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, {}, pool=("garden", "shop"))

        page = build(charlie)

        assert (names(page), page.has_any) == ([], False)

    def test_names_a_team_once_for_both_sides(self, bob: User, two_quarters: Pairing) -> None:
        assert names(build(bob)) == ["Bakery"]

    def test_shows_some_at_a_time_in_as_few_questions(
        self, alice: User, team_sides: Pairing, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        groups = release(team_sides.ex, {})
        reader = find_reader(user=alice)
        with django_assert_num_queries(2):
            build_team_list(reader=reader, wanted={})
        for at in range(PER_PAGE):
            one = Group.objects.create(
                wave=groups["food"].wave, parent=groups["food"], kind="TEAM", code=f"t{at:02}",
                name=f"Team {at:02}",
            )  # fmt: skip
            one.group_teams.create(team_id=groups["bakery"].group_teams.get().team_id)

        with django_assert_num_queries(2):
            found = build_team_list(reader=reader, wanted={"page": "2"})

        assert len(found.entries.object_list) == 5
        assert found.entries.paginator.count == PER_PAGE + 5

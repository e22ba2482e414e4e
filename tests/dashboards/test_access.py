"""Who may read which comparison."""

import pytest
from django.core.exceptions import PermissionDenied

from survey.accounts.models import Grant, Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import read_for
from tests.cast import Organisation, make_user
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]


def scopes(user: User) -> set[str]:
    return set(read_for(user=user).studies.values_list("scope__code", flat=True))


@pytest.fixture(autouse=True)
def studies(organisation: Organisation, both_sides: Pairing) -> None:
    for scope in (organisation.company, organisation.food, organisation.goods, organisation.bakery):
        make_study(both_sides, scope, 0.4)


class TestReadableStudies:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_everything_to_those_who_compare_all_teams(self, role: Role) -> None:
        assert scopes(make_user("ann", role)) == {"company", "food", "goods", "bakery"}

    def test_shows_a_leader_their_own_subtree_and_nothing_wider(
        self, organisation: Organisation
    ) -> None:
        assert scopes(make_user("dora", Role.LEADER, organisation.food)) == {"food", "bakery"}

    def test_shows_bob_his_bakery_and_charlie_nothing(self, bob: User, charlie: User) -> None:
        assert scopes(bob) == {"bakery"}
        assert scopes(charlie) == set()

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_refuses_those_who_run_or_check_the_system(self, role: Role) -> None:
        with pytest.raises(PermissionDenied, match="figures"):
            read_for(user=make_user("ann", role))

    def test_refuses_a_team_lead_and_says_why(self, organisation: Organisation) -> None:
        with pytest.raises(PermissionDenied, match="their own team only"):
            read_for(user=make_user("tom", Role.TEAM_LEAD, organisation.food))

    def test_refuses_somebody_without_a_role(self, db: None) -> None:
        nobody = User.objects.create_user(email="n@example.org", name="N", password=None)

        with pytest.raises(PermissionDenied, match="no role"):
            read_for(user=nobody)

    def test_does_not_widen_a_leader_by_being_a_team_lead_elsewhere(
        self, bob: User, organisation: Organisation
    ) -> None:
        Grant.objects.create(user=bob, role=Role.TEAM_LEAD, team=organisation.goods)

        assert scopes(bob) == {"bakery"}

"""Who may read which comparison."""

import pytest
from django.core.exceptions import PermissionDenied

from survey.accounts.models import TEAM_ROLES, Grant, Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import (
    MAY_COMPARE,
    MAY_READ_LEDGER,
    SEEN_AS,
    Reader,
    find_reader,
    refuse_trying,
    require,
)
from tests.cast import Organisation, make_user
from tests.dashboards.studies import make_study

pytest_plugins = ["tests.dashboards.company"]


def scopes(user: User) -> set[str]:
    return set(find_reader(user=user).studies.values_list("scope__code", flat=True))


def compare(user: User) -> Reader:
    return require(find_reader(user=user), MAY_COMPARE)


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
            compare(make_user("ann", role))

    def test_refuses_a_team_lead_and_says_why(self, organisation: Organisation) -> None:
        with pytest.raises(PermissionDenied, match="their own team only"):
            compare(make_user("tom", Role.TEAM_LEAD, organisation.food))

    def test_refuses_somebody_without_a_role(self, db: None) -> None:
        nobody = User.objects.create_user(email="n@example.org", name="N", password=None)

        with pytest.raises(PermissionDenied, match="no role"):
            compare(nobody)

    def test_does_not_widen_a_leader_by_being_a_team_lead_elsewhere(
        self, bob: User, organisation: Organisation
    ) -> None:
        Grant.objects.create(user=bob, role=Role.TEAM_LEAD, team=organisation.goods)

        assert scopes(bob) == {"bakery"}


class TestReader:
    def test_opens_groups_of_their_own_teams_only(
        self, bob: User, organisation: Organisation
    ) -> None:
        reader = find_reader(user=bob)

        assert reader.opens([organisation.bakery.pk])
        assert not reader.opens([organisation.bakery.pk, organisation.kitchen.pk])

    def test_opens_everything_to_the_offices(self, alice: User, organisation: Organisation) -> None:
        reader = find_reader(user=alice)

        assert reader.team_ids is None
        assert reader.opens([organisation.garden.pk])
        assert reader.compares(organisation.company.pk)

    def test_compares_the_parts_below_what_a_leader_leads(self, organisation: Organisation) -> None:
        reader = find_reader(user=make_user("dora", Role.LEADER, organisation.food))

        assert reader.compares(organisation.food.pk)
        assert not reader.compares(organisation.company.pk)

    def test_opens_their_own_team_to_a_team_lead_without_comparing(
        self, organisation: Organisation
    ) -> None:
        reader = find_reader(user=make_user("tom", Role.TEAM_LEAD, organisation.bakery))

        assert reader.opens([organisation.bakery.pk])
        assert not reader.compares(organisation.bakery.pk)
        assert not reader.studies.exists()


class TestRequire:
    @pytest.mark.parametrize(
        ("role", "opened", "reason"),
        [
            (Role.LEADER, MAY_READ_LEDGER, "for those who check them"),
            (Role.TEAM_LEAD, MAY_READ_LEDGER, "for those who check them"),
            (Role.TEAM_LEAD, MAY_COMPARE, "reads their own team only"),
            (Role.ADMIN, MAY_READ_LEDGER, "opens no figures"),
            (Role.AUDITOR, MAY_COMPARE, "opens no figures about teams"),
        ],
    )
    def test_says_why_it_refuses(
        self, organisation: Organisation, role: Role, opened: frozenset[str], reason: str
    ) -> None:
        team = organisation.bakery if role in TEAM_ROLES else None
        with pytest.raises(PermissionDenied, match=reason):
            require(find_reader(user=make_user("ann", role, team)), opened)


class TestSeeAs:
    def test_shows_what_the_other_may_read_and_no_more(self, alice: User, bob: User) -> None:
        grant = bob.grants.get()

        reader = find_reader(user=alice, session={SEEN_AS: grant.pk})  # type: ignore[arg-type]

        assert reader.seen_as == grant
        assert set(reader.studies.values_list("scope__code", flat=True)) == {"bakery"}

    def test_is_not_for_those_who_do_not_see_everything(self, alice: User, bob: User) -> None:
        grant = alice.grants.get()

        reader = find_reader(user=bob, session={SEEN_AS: grant.pk})  # type: ignore[arg-type]

        assert reader.seen_as is None
        assert not reader.scope.sees_everything

    def test_ends_when_the_role_is_gone(self, alice: User) -> None:
        reader = find_reader(user=alice, session={SEEN_AS: 987654})  # type: ignore[arg-type]

        assert reader.seen_as is None
        assert reader.scope.sees_everything


class TestRefuseTrying:
    def test_lets_nobody_change_anything_in_the_role_of_another(
        self, alice: User, bob: User
    ) -> None:
        refuse_trying(find_reader(user=alice))

        with pytest.raises(PermissionDenied, match="reads only"):
            refuse_trying(Reader(alice, find_reader(user=bob).scope, bob.grants.get()))

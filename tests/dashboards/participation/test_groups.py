"""Whose participation a reader may see."""

import pytest

from survey.accounts.models import Role, User
from survey.campaigns.models import Group, GroupKind, GroupTeam, Wave
from survey.campaigns.shares import Share
from survey.dashboards.access import find_reader
from survey.dashboards.participation.groups import (
    find_homes,
    may_see,
    read_shares,
    read_shares_before,
    read_stored,
    visible_rows,
)
from tests.cast import Organisation, make_user
from tests.dashboards.participation.rounds import BEFORE_SHARES, NOW_SHARES, store_shares
from tests.factories.campaigns import make_draft as make_wave
from tests.factories.colleagues import make_colleagues

pytest_plugins = ["tests.dashboards.participation.company"]

CODES = ["bakery", "kitchen"]


def rows_of(user: User, wave: Wave) -> set[str]:
    rows = visible_rows(reader=find_reader(user=user), stored=[read_stored(wave)])[wave.pk]
    return {row.code for row in rows}


def read_all(stored: dict[str, str]) -> dict[str, Share]:
    return {code: Share.read(share, step=5) for code, share in stored.items()}


class TestVisibleRows:
    def test_are_all_of_them_for_the_offices(self, alice: User, waves: tuple[Wave, Wave]) -> None:
        assert rows_of(alice, waves[1]) == set(NOW_SHARES)

    def test_are_a_leaders_part(self, waves: tuple[Wave, Wave], organisation: Organisation) -> None:
        dora = make_user("dora", Role.LEADER, organisation.food)

        assert rows_of(dora, waves[1]) == {"food", "bakery", "kitchen"}

    def test_hold_no_pool_of_which_somebody_leads_a_part_only(
        self, bob: User, waves: tuple[Wave, Wave], organisation: Organisation
    ) -> None:
        group = Group.objects.get(wave=waves[1], code="bakery")
        group.kind = GroupKind.POOL
        group.save()
        assert rows_of(bob, waves[1]) == {"bakery"}

        GroupTeam.objects.create(group=group, team=organisation.kitchen)

        assert rows_of(bob, waves[1]) == set()

    def test_hold_nothing_of_a_group_whose_teams_nobody_knows(
        self, bob: User, waves: tuple[Wave, Wave]
    ) -> None:
        GroupTeam.objects.filter(group__wave=waves[1], group__code="bakery").delete()

        assert rows_of(bob, waves[1]) == set()


class TestVisibleRatings:
    @pytest.fixture
    def among(self, organisation: Organisation) -> Wave:
        wave = make_wave(make_colleagues(organisation.company))
        store_shares(wave, {"company": "34 %"}, "2026-03-02")
        return wave

    def test_are_told_to_whoever_leads_all_who_are_asked(
        self, among: Wave, organisation: Organisation
    ) -> None:
        leader = make_user("dora", Role.LEADER, organisation.company)
        lead = make_user("tom", Role.TEAM_LEAD, organisation.company)

        assert rows_of(leader, among) == {"company"}
        assert rows_of(lead, among) == set()

    def test_are_told_to_nobody_who_leads_a_part(
        self, among: Wave, charlie: User, organisation: Organisation
    ) -> None:
        assert rows_of(charlie, among) == set()
        assert rows_of(make_user("dora", Role.LEADER, organisation.food), among) == set()

    def test_are_no_whole_of_employees(
        self, waves: tuple[Wave, Wave], organisation: Organisation
    ) -> None:
        Group.objects.filter(wave=waves[1], code="company").update(code="else")

        assert "company" not in rows_of(
            make_user("dora", Role.LEADER, organisation.company), waves[1]
        )


class TestMaySee:
    def test_opens_a_whole_part_to_those_who_lead_it(self, organisation: Organisation) -> None:
        leader = find_reader(user=make_user("dora", Role.LEADER, organisation.food))
        lead = find_reader(user=make_user("tom", Role.TEAM_LEAD, organisation.food))

        assert may_see(leader, GroupKind.NODE, [organisation.food.pk])
        assert not may_see(lead, GroupKind.NODE, [organisation.food.pk])
        assert may_see(lead, GroupKind.DIRECT, [organisation.food.pk])


class TestFindHomes:
    def test_skips_what_is_not_shown(self, alice: User, waves: tuple[Wave, Wave]) -> None:
        shown = {code: share for code, share in NOW_SHARES.items() if code != "food"}
        store_shares(waves[1], shown, "2026-03-02")
        rows = visible_rows(reader=find_reader(user=alice), stored=[read_stored(waves[1])])[
            waves[1].pk
        ]

        homes = find_homes(wave=waves[1], rows=rows)

        assert homes == {
            "company": "", "goods": "company", "bakery": "company", "kitchen": "company",
            "garden": "goods",
        }  # fmt: skip


class TestReadShares:
    def test_knows_how_much_the_steps_leave_open(
        self, alice: User, waves: tuple[Wave, Wave]
    ) -> None:
        rows = visible_rows(reader=find_reader(user=alice), stored=[read_stored(waves[1])])[
            waves[1].pk
        ]

        shares = read_shares(stored=read_stored(waves[1]), rows=rows)

        assert shares == read_all(NOW_SHARES)
        assert (shares["kitchen"].low, shares["kitchen"].high) == (54, 59)


class TestReadSharesBefore:
    @pytest.mark.parametrize("has_changed", [False, True])
    def test_compares_groups_of_the_same_teams_only(
        self, alice: User, waves: tuple[Wave, Wave], organisation: Organisation, has_changed: bool
    ) -> None:
        before, wave = waves
        if has_changed:
            group = Group.objects.get(wave=wave, code="bakery")
            GroupTeam.objects.create(group=group, team=organisation.garden)
        rows = visible_rows(reader=find_reader(user=alice), stored=[read_stored(before)])[before.pk]

        shares = read_shares_before(wave=wave, before=read_stored(before), codes=CODES, rows=rows)

        expected = {"kitchen": BEFORE_SHARES["kitchen"], "bakery": BEFORE_SHARES["bakery"]}
        if has_changed:
            del expected["bakery"]
        assert shares == read_all(expected)

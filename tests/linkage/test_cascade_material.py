"""The released figures that a cascade is made of."""

import pytest

from survey.campaigns.models import Group, GroupKind
from survey.linkage.cascade_material import CascadeMaterial, choose_scales, read_cascade
from survey.linkage.cascade_releases import list_releases
from survey.organization.models import Team
from tests.factories.cascade import (
    QUARTERS,
    Colleagues,
    make_colleagues,
    release_customers,
    release_quarters,
    release_ratings,
    release_staff,
)
from tests.factories.linkage import make_company

pytestmark = pytest.mark.django_db


def material_of(colleagues: Colleagues) -> CascadeMaterial:
    releases = list_releases(colleagues.pairing)
    scales = choose_scales(releases)
    assert scales is not None
    return read_cascade(releases, scales)


class TestChooseScales:
    def test_chooses_one_on_each_side(self) -> None:
        found = choose_scales(list_releases(make_colleagues(2).pairing))

        assert [one.code for one in (found.ex, found.cx, found.rating)] == [
            "fair", "cx_fair", "co_fair",
        ]  # fmt: skip

    def test_chooses_none_without_colleagues(self) -> None:
        assert choose_scales(list_releases(make_company(2).pairing)) is None


class TestReadCascade:
    def test_has_a_row_for_each_arrow_and_period(self) -> None:
        colleagues = make_colleagues(6)
        release_quarters(colleagues, 3)

        found = material_of(colleagues)

        assert found.period == QUARTERS[2]
        assert (len(found.arrows), len(found.newest)) == (36, 12)
        assert len(found.ex) == len(found.cx) == 18
        assert not found.arrows["mean"].isna().any()

    def test_knows_the_teams_below_each_node(self) -> None:
        colleagues = make_colleagues(4)
        release_quarters(colleagues, 1)
        ids = dict(Team.objects.values_list("code", "pk"))

        below = material_of(colleagues).below

        assert below[ids["north"]] == {ids["north"], ids["t0000"], ids["t0002"]}
        assert below[ids["company"]] == set(ids.values())
        assert ids["t0000"] not in below

    def test_has_no_figure_of_a_team_in_a_pool_but_that_of_the_pool(self) -> None:
        colleagues = make_colleagues(4)
        first, second = colleagues.company.teams[0], colleagues.company.teams[2]
        release_staff(colleagues, QUARTERS[0], {first: 50.0})
        pool = Group.objects.get(wave__campaign=colleagues.pairing.ex, code=first)
        pool.kind = GroupKind.POOL
        pool.save()
        pool.group_teams.create(team=Team.objects.get(code=second))
        release_ratings(colleagues, QUARTERS[0], {})

        found = material_of(colleagues)

        assert found.ex_own == {}
        assert found.ex["team_ids"].map(len).tolist() == [2]

    def test_adds_the_customers_of_a_period_up(self) -> None:
        colleagues = make_colleagues(4)
        team = Team.objects.get(code="t0000")
        release_staff(colleagues, QUARTERS[0], {"t0000": 50.0})
        release_customers(colleagues, QUARTERS[0], {"t0000": 50.0}, n=10)
        release_customers(colleagues, QUARTERS[0], {"t0000": 80.0}, n=20)
        release_ratings(colleagues, QUARTERS[0], {})

        found = material_of(colleagues)

        assert found.cx_own[team.pk].mean == pytest.approx(70)
        assert found.cx_own[team.pk].n == 30
        assert found.cx["mean"].tolist() == pytest.approx([70])

"""The demo organisation."""

from datetime import date

import pytest

from survey.organization.models import Membership, Person, Team
from survey.samples.organisation import (
    N_HEAD_OFFICE,
    REGIONS,
    ROOT_CODE,
    TRADES,
    YEARS_BACK,
    create_organisation,
    region_code,
    team_code,
    team_names,
)

TODAY = date(2026, 3, 2)
N_TEAMS = len(REGIONS) * len(TRADES)


def create(seed: int = 1) -> Team:
    return create_organisation(
        headcounts=[1 + at % 3 for at in range(N_TEAMS)], seed=seed, today=TODAY
    )


class TestCodes:
    def test_are_all_different(self) -> None:
        codes = [
            ROOT_CODE,
            *map(region_code, REGIONS),
            *(team_code(*names) for names in team_names()),
        ]

        assert len(set(codes)) == len(codes) == 1 + len(REGIONS) + N_TEAMS


@pytest.mark.django_db
class TestCreateOrganisation:
    def test_makes_regions_of_teams_below_one_root(self) -> None:
        root = create()

        assert root.code == ROOT_CODE
        assert set(root.children.values_list("code", flat=True)) == set(map(region_code, REGIONS))
        for region in REGIONS:
            below = Team.objects.get(code=region_code(region)).children
            assert below.count() == len(TRADES)

    def test_staffs_each_team_as_told_with_one_leader(self) -> None:
        create()
        for at, names in enumerate(team_names()):
            members = Membership.objects.filter(team__code=team_code(*names))
            assert (members.count(), members.filter(is_leader=True).count()) == (1 + at % 3, 1)

        assert Membership.objects.filter(team__code=ROOT_CODE).count() == N_HEAD_OFFICE

    def test_let_everybody_have_been_there_for_years(self) -> None:
        create()

        assert set(Membership.objects.values_list("active_from", flat=True)) == {TODAY - YEARS_BACK}

    def test_gives_everybody_an_address_of_their_own(self) -> None:
        create()
        addresses = list(Person.objects.values_list("email", flat=True))

        assert len(set(addresses)) == len(addresses)
        assert all(address.endswith(".example") for address in addresses)

    @pytest.mark.parametrize(("seed", "is_same"), [(1, True), (2, False)])
    def test_hires_the_same_people_with_the_same_seed(self, seed: int, is_same: bool) -> None:
        create(1)
        names = list(Person.objects.order_by("external_id").values_list("name", flat=True))
        Membership.objects.all().delete()
        Person.objects.all().delete()
        create(seed)
        again = list(Person.objects.order_by("external_id").values_list("name", flat=True))

        assert (names == again) is is_same

    def test_refuses_other_headcounts_than_there_are_teams(self) -> None:
        with pytest.raises(ValueError, match="shorter"):
            create_organisation(headcounts=[1], seed=1, today=TODAY)

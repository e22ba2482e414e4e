"""Groups known over waves by the teams they hold."""

from datetime import timedelta

import pytest

from survey.aggregation.comparison import Unit
from survey.aggregation.models import Figure, Release
from survey.aggregation.units import read_places, read_units
from survey.campaigns.models import Campaign, Group, GroupKind
from survey.organization.models import Team
from tests.cast import Organisation
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument, make_wave, plant

TREE = {"company": None, "bakery": "company", "kitchen": "company"}


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


def make_release(
    campaign: Campaign, days: int, means: dict[str, float]
) -> tuple[Release, dict[str, Group]]:
    """Release a mean of ten people for each named team."""
    closed_at = CLOSED + timedelta(days=days)
    wave = make_wave(campaign, closed_at=closed_at)
    groups = plant(wave, TREE)
    release = Release.objects.create(wave=wave, made_at=closed_at, checksum=f"{days:064}")
    Figure.objects.bulk_create(
        Figure(
            release=release, group=groups[code], metric="fair", n=10, mean=mean, se=2.0,
            low=mean - 4.1, high=mean + 4.1, favourable=40, detail={"divided": True},
        )
        for code, mean in means.items()
    )  # fmt: skip
    return release, groups


class TestReadPlaces:
    def test_names_a_unit_as_its_last_wave_does(self, campaign: Campaign) -> None:
        first, _ = make_release(campaign, 0, {})
        last, groups = make_release(campaign, 90, {})
        Group.objects.filter(pk=groups["bakery"].pk).update(name="Bread")

        units, places = read_places([first.wave_id, last.wave_id])

        bakery = units[groups["bakery"].pk]
        assert places[bakery].name == "Bread"
        assert bakery == Unit(GroupKind.TEAM, (Team.objects.get(code="bakery").pk,))
        assert places[bakery].parent == units[groups["company"].pk]


class TestReadUnits:
    def test_keeps_a_figure_that_stands_alone_as_printed(self, campaign: Campaign) -> None:
        release, _groups = make_release(campaign, 0, {"bakery": 61.0})

        _, figures = read_units([release])

        (unit,) = figures
        said = figures[unit]["fair"]
        assert (said.n, said.mean, said.low, said.high) == (10, 61.0, 56.9, 65.1)
        assert (said.favourable, said.detail) == (40, {"divided": True})

    def test_adds_the_same_teams_of_two_releases_up(self, campaign: Campaign) -> None:
        first, _ = make_release(campaign, 0, {"bakery": 61.0, "kitchen": 10.0})
        last, _groups = make_release(campaign, 90, {"bakery": 71.0})

        places, figures = read_units([first, last])

        by_code = {places[unit].code: said["fair"] for unit, said in figures.items()}
        assert (by_code["bakery"].n, by_code["bakery"].mean) == (20, 66.0)
        assert by_code["bakery"].detail == {}
        assert by_code["kitchen"].n == 10

    def test_leaves_other_releases_of_the_wave_out(self, campaign: Campaign) -> None:
        release, groups = make_release(campaign, 0, {"bakery": 61.0})
        month = Release.objects.create(
            wave=release.wave, month_start=CLOSED.date(), made_at=CLOSED, checksum="b" * 64
        )
        Figure.objects.create(release=month, group=groups["kitchen"], metric="fair", n=9, mean=1.0)

        _, figures = read_units([release])

        assert len(figures) == 1

"""What one cascade was computed from, read again."""

from collections.abc import Iterable

import pytest

from survey.linkage.cascade import update_cascades
from survey.linkage.cascade_again import Again, read_again
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team
from tests.factories.cascade import (
    QUARTERS,
    Colleagues,
    make_colleagues,
    release_quarters,
    release_ratings,
)
from tests.linkage.test_cascade import NOW

pytestmark = pytest.mark.django_db


def everything(_team_ids: Iterable[int]) -> bool:
    return True


@pytest.fixture
def company() -> Colleagues:
    """Twenty teams over two quarters, half of them in the north."""
    colleagues = make_colleagues(20)
    release_quarters(colleagues, 2)
    update_cascades(pairing=colleagues.pairing, now=NOW)
    return colleagues


def again(scope: str, start: int = 1) -> Again:
    study = CascadeStudy.objects.select_related("pairing__ex", "pairing__colleague").get(
        scope__code=scope, period_start=QUARTERS[start]
    )
    return read_again(study=study, opens=everything)


@pytest.mark.usefixtures("company")
class TestReadAgain:
    def test_lists_every_arrow_and_team_of_every_period(self) -> None:
        found = again("company")

        assert len(found.edges) == 40 * 2
        assert len(found.units) == 20 * 2
        assert list(found.edges) == ["wave", "provider", "consumer", "chain", "rating"]
        assert not found.units.isna().any(axis=None)

    def test_takes_nothing_from_later_periods(self) -> None:
        assert set(again("company", start=0).edges["wave"]) == {QUARTERS[0]}

    def test_knows_whether_figures_have_come_since(self, company: Colleagues) -> None:
        assert again("company").is_current
        release_ratings(company, QUARTERS[1], dict.fromkeys(company.arrows, 50.0))

        assert not again("company").is_current
        assert again("company", start=0).is_current

    def test_stays_inside_the_part(self) -> None:
        found = again("north")

        assert found.is_complete
        north = {team.code for team in Team.objects.filter(parent__code="north")}
        assert set(found.edges["consumer"]) <= north
        assert set(found.units["unit"]) <= north

    def test_reads_no_more_than_may_be_opened(self) -> None:
        study = CascadeStudy.objects.get(scope__code="company", period_start=QUARTERS[1])
        (only,) = Team.objects.filter(code="t0000").values_list("pk", flat=True)

        found = read_again(study=study, opens=lambda teams: set(teams) == {only})

        assert not found.is_complete
        assert set(found.units["unit"]) == {"t0000"}
        ends = set(zip(found.edges["provider"], found.edges["consumer"], strict=True))
        assert ends
        assert all("t0000" in each for each in ends)

    def test_is_empty_where_nothing_may_be_opened(self) -> None:
        study = CascadeStudy.objects.get(scope__code="company", period_start=QUARTERS[1])

        found = read_again(study=study, opens=lambda _teams: False)

        assert list(found.edges) == ["wave", "provider", "consumer", "chain", "rating"]
        assert list(found.units) == ["unit", "wave", "ex", "cx"]
        assert len(found.edges) == len(found.units) == 0

    def test_is_empty_where_the_releases_are_gone(self) -> None:
        study = CascadeStudy.objects.get(scope__code="company", period_start=QUARTERS[1])
        study.pairing.colleague = None

        found = read_again(study=study, opens=everything)

        assert found.edges.empty
        assert found.units.empty

"""One team, or one pool, followed through waves."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.comparison import Unit
from survey.aggregation.following import add_releases, follow_code, read_followed
from survey.aggregation.models import Release
from survey.campaigns.models import GroupKind, Pairing, Wave
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.team.staging import QUARTER, everywhere, make_both_sides, release
from tests.factories.aggregation import CLOSED
from tests.stages import stage


@stage
def pairing(organisation: Organisation) -> Pairing:
    return make_both_sides(organisation.company)


def wave_ids() -> list[int]:
    return list(Wave.objects.order_by("closes_at").values_list("pk", flat=True))


def ids(*codes: str) -> tuple[int, ...]:
    return tuple(sorted(Team.objects.filter(code__in=codes).values_list("pk", flat=True)))


class TestFollowCode:
    def test_finds_a_team_in_every_wave_of_both_sides(self, pairing: Pairing) -> None:
        for campaign in (pairing.ex, pairing.cx):
            release(campaign, {})
        release(pairing.ex, {}, closed_at=CLOSED + QUARTER)

        (bakery,) = follow_code(code="bakery", wave_ids=wave_ids())

        assert bakery.unit == Unit(GroupKind.TEAM, ids("bakery"))
        assert len(bakery.stays) == 3
        assert {stay.part for stay in bakery.stays.values()} == {"Food"}

    def test_tells_pools_apart_by_their_teams_the_newest_first(self, pairing: Pairing) -> None:
        release(pairing.ex, {}, pool=("garden", "shop"))
        release(pairing.ex, {}, pool=("garden", "depot"), closed_at=CLOSED + QUARTER)

        newest, oldest = follow_code(code="goods:smaller", wave_ids=wave_ids())

        assert newest.unit.team_ids == ids("garden", "depot")
        assert oldest.unit.team_ids == ids("garden", "shop")
        assert len(newest.stays) == len(oldest.stays) == 1

    def test_names_the_pool_that_held_a_team_without_figures_of_its_own(
        self, pairing: Pairing
    ) -> None:
        release(pairing.ex, {}, pool=("garden", "shop"))
        release(pairing.cx, {})

        (garden,) = follow_code(code="garden", wave_ids=wave_ids())

        assert len(garden.stays) == 1
        assert [other.code for other in garden.others if len(other.unit.team_ids) > 1] == [
            "goods:smaller"
        ]

    @pytest.mark.parametrize("code", ["food", "company", "nowhere"])
    def test_follows_no_inner_node_and_nothing_unknown(self, pairing: Pairing, code: str) -> None:
        release(pairing.ex, {})

        assert follow_code(code=code, wave_ids=wave_ids()) == []

    def test_asks_three_short_questions(
        self, pairing: Pairing, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        release(pairing.ex, {})
        waves = wave_ids()

        with django_assert_num_queries(3):
            follow_code(code="bakery", wave_ids=waves)


class TestReadFollowed:
    def test_reads_the_figures_of_one_unit_alone(self, pairing: Pairing) -> None:
        release(pairing.ex, everywhere("fair", 70.0, bakery=50.0))
        (bakery,) = follow_code(code="bakery", wave_ids=wave_ids())
        (made,) = Release.objects.all()

        said = read_followed(followed=bakery, releases=[made], steady="", steady_in=[])

        assert {metric: one["mean"] for metric, one in said[made.pk].items()} == {"fair": 50.0}

    def test_reads_one_metric_of_the_rest(self, pairing: Pairing) -> None:
        release(pairing.ex, {"bakery": {"fair": 50.0, "guess": 60.0}})
        (bakery,) = follow_code(code="bakery", wave_ids=wave_ids())
        (made,) = Release.objects.all()

        said = read_followed(followed=bakery, releases=[], steady="guess", steady_in=[made])

        assert list(said[made.pk]) == ["guess"]


class TestAddReleases:
    unit = Unit(GroupKind.TEAM, (1,))

    def figure(self, mean: float, n: int) -> dict[str, object]:
        return {"n": n, "mean": mean, "se": 2.0, "low": mean - 5, "high": mean + 5,
                "favourable": None, "detail": {}}  # fmt: skip

    def test_keeps_what_stands_alone_as_printed(self) -> None:
        said = {"treat": self.figure(70.0, 20)}

        assert add_releases(self.unit, [said]) == said

    def test_adds_months_up_by_people(self) -> None:
        months = [{"treat": self.figure(70.0, 30)}, {"treat": self.figure(50.0, 10)}]

        found = add_releases(self.unit, months)["treat"]

        assert (found["n"], found["mean"]) == (40, 65.0)
        assert found["se"] == round(((30 * 2.0) ** 2 + (10 * 2.0) ** 2) ** 0.5 / 40, 1)

    def test_takes_a_month_that_shows_nothing_for_nothing(self) -> None:
        assert add_releases(self.unit, [{}, {}]) == {}
        assert add_releases(self.unit, []) == {}

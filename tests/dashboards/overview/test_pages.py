"""Everything that the overview says, from stored standings."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.overview.pages import build_overview
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.overview.material import NOW, build, drawn, part
from tests.dashboards.standings import Q1, Q2

pytest_plugins = ["tests.dashboards.overview.company"]

QUERIES = 20


class TestBuildOverview:
    def test_has_nothing_before_the_first_figures(self, alice: User, asked_sides: Pairing) -> None:
        assert build_overview(reader=find_reader(user=alice), wanted={}, now=NOW) is None

    def test_says_what_moved_and_out_of_how_many(self, alice: User, pairing: Pairing) -> None:
        page = build(alice, compare=Q1.isoformat())

        assert page.headline.sentences == ("Staff score “Fairness” higher than in Q1 2026.",)
        assert [one.line.measure.name for one in page.headline.moved] == [
            *("Fairness", "Fairness, how decisions are made"),
        ]
        assert page.headline.n_measures == len(page.told) == 14

    def test_says_which_side_shows_nothing(self, alice: User, pairing: Pairing) -> None:
        page = build(alice, period=Q2.isoformat())

        assert [one.label for one in page.silent] == ["staff"]
        assert [one.style.label for one in page.evidence.counts] == ["customers"]

    def test_asks_the_same_number_of_times_however_much_there_is(
        self,
        alice: User,
        pairing: Pairing,
        organisation: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        build(alice)  # reads the questionnaires, which are kept
        reader = find_reader(user=alice)
        with django_assert_num_queries(QUERIES, exact=False) as few:
            build_overview(reader=reader, wanted={}, now=NOW)
        teams = [Team.objects.create(code=f"t{at}", name=f"T{at}", parent=organisation.food)
                 for at in range(30)]  # fmt: skip
        parts = [part(team, {"fairness": drawn(60.0, 61.0, 0.5)}) for team in teams]
        Standing.objects.filter(scope=organisation.company).update(parts=parts)

        with django_assert_num_queries(len(few)):
            build_overview(reader=reader, wanted={}, now=NOW)


@pytest.mark.usefixtures("pairing")
class TestReaders:
    def test_see_their_own_part_only(self, organisation: Organisation) -> None:
        dora = make_user("dora", Role.LEADER, organisation.food)

        (fairness,) = build(dora).blocks[0].lines[:1]

        assert fairness.now is not None
        assert fairness.now.mean == 72.1

    def test_see_nothing_where_their_part_has_no_figures(self, charlie: User) -> None:
        assert build_overview(reader=find_reader(user=charlie), wanted={}, now=NOW) is None

    def test_are_told_when_figures_were_made_and_come(self, alice: User) -> None:
        (made, _) = build(alice).moments

        assert made.made_date == date(2026, 8, 15)

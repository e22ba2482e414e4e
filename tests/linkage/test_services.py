"""Studies: which releases they compare, what they find, and when they are computed again."""

from datetime import UTC, date, datetime
from unittest import mock

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.aggregation.models import Release
from survey.aggregation.selectors import released_figures
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Wave
from survey.core.stages import noting_failures
from survey.linkage.models import Result, Study
from survey.linkage.services import update_due_studies
from survey.organization.models import Team
from survey.statistics.correlation import pearson
from tests.factories.linkage import (
    QUARTER_END,
    RUN_AT,
    Company,
    ask_customers,
    ask_employees,
    make_company,
    release_all,
)

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = date(2026, 2, 10), date(2026, 3, 10)


def scores(company: Company, *, shift: int = 0) -> dict[str, int]:
    """Return a score from 2 to 4 for each team."""
    return {code: 2 + (at // 2 + shift) % 3 for at, code in enumerate(company.teams)}


def result(scope: str = "company") -> Result:
    return Result.objects.get(
        study__scope__code=scope, ex_scale="fair", cx_scale="cx_fair", study__period_start__month=1
    )


class TestUpdateDueStudies:
    def test_finds_what_the_printed_figures_say(self) -> None:
        company = make_company(12)
        ask_employees(company, scores(company))
        wave = ask_customers(company, scores(company), day=MARCH)
        release_all()

        assert update_due_studies(now=RUN_AT) == 1

        ex = released_figures(wave_ids=Wave.objects.filter(campaign=company.ex), metrics=["fair"])
        cx = released_figures(wave_ids=[wave.pk], metrics=["cx_fair"])
        both = ex.merge(cx, on="group_code")
        both = both[both["group_kind_x"] == "TEAM"]
        found = result()
        assert found.n_teams == len(both) == 12
        expected = pearson(both["mean_x"], both["mean_y"])
        assert found.numbers["r"] == pytest.approx(expected.r, abs=1e-12)
        assert found.numbers["n_ex"] == 72
        assert found.numbers["n_cx"] == 144
        assert found.verdict["code"] == "EARLY"

    def test_computes_the_cascades_of_a_pairing_whose_study_fails(self) -> None:
        make_company(1)
        failing = mock.patch("survey.linkage.services.update_study", side_effect=ValueError)
        cascades = mock.patch("survey.linkage.services.update_cascades", return_value=1)

        with failing, cascades as called, noting_failures() as failed:
            assert update_due_studies(now=RUN_AT) == 1

        assert called.call_count == len(failed) == 1

    def test_draws_no_coefficient_under_eight_teams(self) -> None:
        company = make_company(12)
        ask_employees(company, scores(company))
        ask_customers(company, scores(company), day=MARCH)
        release_all()

        update_due_studies(now=RUN_AT)

        north = result("north")
        assert north.n_teams == 6
        assert north.numbers["r"] is None
        assert north.verdict["code"] == "TOO_FEW_TEAMS"
        assert north.reason.startswith("fewer than 8 teams")

    def test_adds_the_months_of_a_quarter_up(self) -> None:
        company = make_company(9)
        ask_employees(company, scores(company))
        closing = datetime(2026, 6, 1, tzinfo=UTC)
        ask_customers(company, scores(company), day=FEBRUARY, n=6, closed_at=closing, is_open=True)
        wave = Wave.objects.get(campaign=company.cx)
        for group in wave.groups.filter(kind="TEAM"):
            make = group.cells.get()
            make.pk, make.number, make.sealed_date = None, 2, MARCH
            make.save()
            people = group.responses.all()
            for one in people:
                one.pk, one.cell, one._state.adding = None, make, True
                one.save()
        release_all()

        update_due_studies(now=RUN_AT)

        assert Release.objects.filter(wave=wave).count() == 2
        assert result().n_teams == 9
        assert result().numbers["n_cx"] == 9 * 12
        assert result().numbers["reliability_cx"] is not None

    def test_leaves_units_with_few_or_no_customers_out_and_counts_them(self) -> None:
        company = make_company(12)
        ask_employees(company, scores(company))
        asked = scores(company)
        few = {company.teams[0]: asked.pop(company.teams[0])}
        del asked[company.teams[1]]
        ask_customers(company, asked, day=MARCH)
        ask_customers(company, few, day=MARCH, n=6)
        release_all()

        update_due_studies(now=RUN_AT)

        coverage = Study.objects.get(scope__code="company").coverage
        assert coverage == {
            "n_groups": 12,
            "n_compared": 10,
            "n_not_shown": 0,
            "n_no_customers": 1,
            "n_few_customers": 1,
        }
        assert result().n_teams == 10

    def test_takes_the_later_of_two_employee_waves_in_a_quarter(self) -> None:
        company = make_company(9)
        ask_employees(company, dict.fromkeys(company.teams, 3), closed_at=QUARTER_END)
        early = datetime(2026, 1, 20, tzinfo=UTC)
        ask_employees(company, scores(company), closed_at=early)
        ask_customers(company, scores(company), day=MARCH)
        release_all()

        update_due_studies(now=RUN_AT)

        assert result().numbers["r"] is None
        assert "same in every team" in result().reason

    def test_computes_nothing_twice(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        company = make_company(9)
        ask_employees(company, scores(company))
        ask_customers(company, scores(company), day=MARCH)
        release_all()
        update_due_studies(now=RUN_AT)
        before = set(Study.objects.values_list("pk", flat=True))

        with django_assert_max_num_queries(4):
            assert update_due_studies(now=RUN_AT) == 0

        assert set(Study.objects.values_list("pk", flat=True)) == before

    def test_computes_anew_once_a_release_is_superseded(self) -> None:
        company = make_company(9)
        groups = ask_employees(company, scores(company))
        ask_customers(company, scores(company), day=MARCH)
        release_all()
        update_due_studies(now=RUN_AT)
        release = Release.objects.get(wave__campaign=company.ex)
        for response in groups[company.teams[0]].responses.all():
            response.answers["answers"]["fair_1"] = 5
            response.save()

        supersede_release(release_id=release.pk, reason="read wrongly", now=RUN_AT)

        assert update_due_studies(now=RUN_AT) == 1
        assert Study.objects.filter(scope__code="company").count() == 1

    def test_compares_nothing_where_no_team_of_the_customers_is_shown(self) -> None:
        company = make_company(10)
        ask_employees(company, scores(company))
        ask_customers(company, {company.teams[0]: 3}, day=MARCH, n=3)
        release_all()

        assert update_due_studies(now=RUN_AT) == 1
        assert not Result.objects.exists()

    def test_forgets_what_a_withdrawn_wave_had_shown(self) -> None:
        company = make_company(12)
        ask_employees(company, scores(company))
        wave = ask_customers(company, scores(company), day=MARCH)
        release_all()
        update_due_studies(now=RUN_AT)
        assert Study.objects.exists()

        Wave.objects.filter(pk=wave.pk).update(
            sealed_at=None, withdrawn_at=RUN_AT, withdrawn_reason="by mistake"
        )
        update_due_studies(now=RUN_AT)

        assert not Study.objects.exists()

    def test_adds_the_customers_of_a_pool_up(self) -> None:
        company = make_company(10)
        groups = ask_employees(company, scores(company))
        first, second = (groups[code] for code in company.teams[:2])
        first.kind, first.code = "POOL", "north:smaller"
        first.save()
        first.group_teams.create(team=Team.objects.get(code=second.code))
        second.responses.update(group=first)
        second.delete()
        ask_customers(company, scores(company), day=MARCH, n=6)
        release_all()

        update_due_studies(now=RUN_AT)

        assert result().n_teams == 1  # only the pool's customers are ten or more
        assert result().numbers["n_cx"] == 12

    def test_asks_the_database_as_often_for_many_teams_as_for_few(
        self, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        company = make_company(24)
        ask_employees(company, scores(company), n=5)
        ask_customers(company, scores(company), day=MARCH, n=10)
        release_all()

        with django_assert_max_num_queries(30):
            update_due_studies(now=RUN_AT)

        assert result().verdict["code"] not in ("TOO_FEW_TEAMS", "EARLY")
        assert result().numbers["ceiling"] is not None


class TestPreviousPeriod:
    @pytest.mark.parametrize(
        ("later", "chips"),
        [(date(2026, 4, 28), ["some", "firm"]), (date(2026, 7, 28), ["some", "some"])],
    )
    def test_makes_a_strong_link_firm_when_the_quarter_just_before_agrees(
        self, later: date, chips: list[str]
    ) -> None:
        company = make_company(24)
        for day in (date(2026, 1, 28), later):
            closed = datetime(day.year, day.month, day.day, tzinfo=UTC)
            ask_employees(company, scores(company), n=8, closed_at=closed)
            ask_customers(company, scores(company), day=day, n=12, closed_at=closed)
        release_all(datetime(2026, 8, 2, tzinfo=UTC))

        assert update_due_studies(now=RUN_AT) == 2

        found = Result.objects.filter(
            study__scope__code="company", ex_scale="fair", cx_scale="cx_fair"
        ).order_by("study__period_start")
        assert [one.verdict["chip"] for one in found] == chips

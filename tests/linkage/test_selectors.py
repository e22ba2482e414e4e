"""Reading studies."""

from datetime import UTC, date, datetime

import pytest

from survey.aggregation.models import Release
from survey.linkage.models import Result, Study
from survey.linkage.selectors import (
    explain_missing,
    latest_study,
    linkage_document,
    shown_studies,
)
from survey.linkage.tasks import update_linkage
from survey.organization.models import Team
from tests.factories.linkage import Company, ask_customers, ask_employees, make_company, release_all
from tests.linkage.material import PAIR_KEYS
from tests.stages import stage

pytestmark = pytest.mark.django_db
QUARTER = date(2026, 1, 1)
KEYS = {"ex_scale", "cx_scale", "n_teams", *PAIR_KEYS, "verdict", "reason"}


@stage
def company() -> Company:
    """Ten teams, compared in one quarter."""
    company = make_company(10)
    scores = {code: 2 + at % 3 for at, code in enumerate(company.teams)}
    ask_employees(company, scores)
    ask_customers(company, scores, day=date(2026, 3, 10))
    release_all()
    update_linkage()
    return company


class TestLinkageDocument:
    def test_has_the_pinned_keys(self, company: Company) -> None:
        document = linkage_document(pairing=company.pairing)
        assert document["schema"] == 1
        assert (document["pairing"], document["period"]) == ("main", "2026-01-01")
        assert (document["seed"], document["family_size"]) == (1, 1)  # only fair varies
        assert document["families"] == {"between": 1, "within": 0, "direction": 0}
        assert document["n_waves"] == 1
        assert [one["cx_scale"] for one in document["importance"]] == [
            "cx_fair",
            "cx_care",
            "cx_recommend",
        ]
        assert document["self_check"].keys() == {
            *("n_placebos", "n_tests", "share_found", "is_passed", "reason"),
        }
        assert len(document["pairs"]) == 9
        assert all(pair.keys() == KEYS for pair in document["pairs"])
        assert document["pairs"][0]["verdict"].keys() == {
            "code",
            "strength",
            "chip",
            "sentence",
            "caveats",
        }

    def test_tells_of_a_part_only(self, company: Company) -> None:
        north = Team.objects.get(code="north")
        document = linkage_document(pairing=company.pairing, scope=north)
        assert document["scope"] == "north"
        assert {pair["n_teams"] for pair in document["pairs"]} == {5}

    def test_gives_a_reason_where_there_is_no_study(self, company: Company) -> None:
        document = linkage_document(pairing=company.pairing, period_start=date(2020, 1, 1))
        assert document["period"] is None
        assert document["pairs"] == []
        assert document["reason"] == "There is no study of Q1 2020; the latest is of Q1 2026."

    def test_gives_a_reason_where_a_part_is_not_compared(self, company: Company) -> None:
        leaf = Team.objects.get(code=company.teams[0])
        document = linkage_document(pairing=company.pairing, scope=leaf)
        assert document["period"] is None
        assert document["reason"] == f"{leaf} has no teams below it that are compared."

    def test_gives_a_reason_before_the_first_study(self, company: Company) -> None:
        Study.objects.all().delete()
        for scope in (None, Team.objects.get(code="north")):
            document = linkage_document(
                pairing=company.pairing, scope=scope, period_start=date(2020, 1, 1)
            )
            assert document["reason"] == explain_missing(pairing=company.pairing)

    def test_gives_a_reason_where_a_study_compares_nothing(self, company: Company) -> None:
        Result.objects.all().delete()
        document = linkage_document(pairing=company.pairing)
        assert document["period"] == "2026-01-01"
        assert document["pairs"] == []
        assert document["reason"] == "The figures of Q1 2026 are being compared."

    def test_explains_the_period_that_was_asked_for_and_not_the_latest(self) -> None:
        company = make_company(2)
        few, early = dict.fromkeys(company.teams[:1], 3), datetime(2025, 12, 20, tzinfo=UTC)
        ask_employees(company, few, n=3, closed_at=early)
        ask_customers(company, few, day=early.date(), closed_at=early)
        ask_employees(company, few)
        ask_customers(company, few, day=date(2026, 3, 10))
        release_all()
        update_linkage()

        document = linkage_document(pairing=company.pairing, period_start=date(2025, 10, 1))

        assert document["pairs"] == []
        assert document["reason"].startswith("Pulse shows no team's figures of Q4 2025")

    def test_gives_the_reason_of_today_where_the_figures_are_gone(self, company: Company) -> None:
        Result.objects.all().delete()
        Release.objects.all().delete()
        document = linkage_document(pairing=company.pairing)
        assert document["reason"] == explain_missing(pairing=company.pairing)


class TestShownStudies:
    def test_leaves_out_a_study_that_compares_nothing(self, company: Company) -> None:
        north = Study.objects.get(scope__code="north")
        north.results.all().delete()
        assert {study.scope.code for study in shown_studies()} == {"company", "south"}


class TestLatestStudy:
    def test_is_none_for_a_team_outside(self, company: Company) -> None:
        other = Team.objects.create(code="other", name="Other")
        assert latest_study(pairing=company.pairing) is not None
        assert latest_study(pairing=company.pairing, scope=other) is None


class TestExplainMissing:
    def test_names_the_side_without_a_wave(self) -> None:
        company = make_company(2)
        said = explain_missing(pairing=company.pairing)
        assert said == "No wave of Pulse has been launched. No wave of Care has been launched."

    def test_says_until_when_a_wave_takes_answers(self) -> None:
        company = make_company(2)
        ask_employees(company, {}, is_open=True)
        assert "takes answers until 31 March 2026" in explain_missing(pairing=company.pairing)

    def test_names_the_periods_of_both_sides(self) -> None:
        company = make_company(2)
        ask_employees(company, dict.fromkeys(company.teams, 3))
        early = datetime(2025, 12, 20, tzinfo=UTC)
        ask_customers(company, dict.fromkeys(company.teams, 3), day=early.date(), closed_at=early)
        release_all()

        said = explain_missing(pairing=company.pairing)

        assert said == "Employees' figures are of Q1 2026, customers' of Q4 2025."

    def test_says_that_a_comparison_is_being_made(self, company: Company) -> None:
        assert (
            explain_missing(pairing=company.pairing) == "The figures of Q1 2026 are being compared."
        )

    def test_names_the_side_of_which_too_few_answered(self) -> None:
        company = make_company(2)
        ask_employees(company, dict.fromkeys(company.teams[:1], 3), n=3)
        ask_customers(company, dict.fromkeys(company.teams, 3), day=date(2026, 3, 10))
        release_all()

        said = explain_missing(pairing=company.pairing)

        assert said == (
            "Pulse shows no team's figures of Q1 2026: too few answered. "
            "There is nothing to compare before its next wave."
        )

    def test_says_when_the_wave_after_one_of_too_few_answers_closes(self) -> None:
        company = make_company(2)
        ask_employees(company, dict.fromkeys(company.teams[:1], 3), n=3)
        ask_customers(company, dict.fromkeys(company.teams, 3), day=date(2026, 3, 10))
        release_all()
        ask_employees(company, {}, is_open=True, closes_at=datetime(2026, 6, 30, 9, tzinfo=UTC))

        said = explain_missing(pairing=company.pairing)

        assert "takes answers until 30 June 2026" in said

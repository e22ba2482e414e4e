"""What the database refuses to keep of studies and results."""

from datetime import datetime

import pytest

from survey.linkage.models import CascadeStudy, Result, Study
from tests.constraints import Write, assert_refused, constraints_of, twice
from tests.factories.linkage import Company, make_company


@pytest.fixture
def company(db: None) -> Company:
    return make_company(1)


def study_of(company: Company, now: datetime) -> Study:
    return Study.objects.create(
        pairing=company.pairing,
        scope=company.ex.scope,
        period_start=now.date(),
        computed_at=now,
        release_checksum="0" * 64,
        family_size=1,
    )


def cascade_of(company: Company, now: datetime) -> CascadeStudy:
    return CascadeStudy.objects.create(
        pairing=company.pairing,
        scope=company.ex.scope,
        period_start=now.date(),
        computed_at=now,
        release_checksum="0" * 64,
        n_arrows=1,
        n_waves=1,
    )


def result_of(study: Study, cx_scale: str = "care") -> Result:
    return Result.objects.create(
        study=study, ex_scale="fair", cx_scale=cx_scale, n_teams=8, numbers={}, verdict={}
    )


class TestConstraints:
    @pytest.mark.parametrize("name", sorted(constraints_of("linkage")))
    def test_are_held_by_the_database(self, company: Company, now: datetime, name: str) -> None:
        def write_results() -> object:
            study = study_of(company, now)
            return twice(lambda: result_of(study))()

        writes: dict[str, Write] = {
            "study_once": twice(lambda: study_of(company, now)),
            "result_once": write_results,
            "cascade_once": twice(lambda: cascade_of(company, now)),
        }
        assert_refused(name, writes[name])

    def test_let_a_study_hold_many_pairs(self, company: Company, now: datetime) -> None:
        study = study_of(company, now)
        for scale in ("care", "ease"):
            result_of(study, scale)

        assert study.results.count() == 2

    def test_let_no_result_outlive_its_study(self, company: Company, now: datetime) -> None:
        result_of(study_of(company, now))
        Study.objects.all().delete()

        assert not Result.objects.exists()

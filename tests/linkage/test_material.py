"""What one study was computed from, read again."""

from datetime import UTC, datetime

import pytest

from survey.linkage.material import Material, read_material
from survey.linkage.models import Study
from survey.linkage.services import update_due_studies
from survey.organization.models import Team
from tests.factories.linkage import Company, ask_customers, ask_employees, make_company, release_all
from tests.stages import stage

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 1, tzinfo=UTC)


@stage
def company() -> Company:
    """Ten teams over two quarters."""
    company = make_company(10)
    for month in (2, 5):
        closing = datetime(2025, month, 20, tzinfo=UTC)
        scores = {code: 2 + (at + month) % 3 for at, code in enumerate(company.teams)}
        ask_employees(company, scores, closed_at=closing)
        ask_customers(company, scores, day=closing.replace(day=3).date(), closed_at=closing)
    release_all()
    update_due_studies(now=NOW)
    return company


def read(scope: str, *, first: bool = False, hidden: str = "") -> Material:
    studies = Study.objects.filter(scope__code=scope).order_by("period_start")
    study = studies.first() if first else studies.last()
    assert study is not None
    hidden_ids = set(Team.objects.filter(code=hidden).values_list("pk", flat=True))
    return read_material(
        study=study, ex_scale="fair", cx_scale="cx_fair", opens=hidden_ids.isdisjoint
    )


class TestReadMaterial:
    def test_holds_every_unit_with_all_scales_of_both_sides(self, company: Company) -> None:
        units = read("company").units

        assert units["code"].tolist() == list(company.teams)
        assert {"name", "branch", "ex fair", "ex fair n", "cx cx_fair", "cx cx_fair n"} <= {*units}

    def test_holds_both_scales_of_every_period_up_to_the_studys_own(self, company: Company) -> None:
        assert len(read("company").history) == 20
        assert set(read("company", first=True).history["period"]) == {"2025-01-01"}
        assert list(read("company").history) == ["unit", "period", "ex fair", "cx cx_fair"]

    def test_keeps_to_the_part(self, company: Company) -> None:
        material = read("south")

        assert material.units["code"].tolist() == list(company.teams)[1::2]
        assert len(material.history) == 10

    def test_leaves_out_what_the_reader_may_not_see(self, company: Company) -> None:
        material = read("company", hidden="t0000")

        assert "t0000" not in set(material.units["code"])
        assert (len(material.units), len(material.history)) == (9, 18)

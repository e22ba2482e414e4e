"""The stage of the timetable that belongs to linkage."""

from datetime import date

import pytest

from survey.linkage import tasks
from survey.linkage.models import Study
from tests.factories.linkage import ask_customers, ask_employees, make_company, release_all


@pytest.mark.django_db
class TestUpdateLinkage:
    def test_computes_what_both_sides_have_released(self) -> None:
        company = make_company(10)
        scores = {code: 2 + at % 3 for at, code in enumerate(company.teams)}
        ask_employees(company, scores)
        ask_customers(company, scores, day=date(2026, 3, 10))

        tasks.update_linkage()
        assert not Study.objects.exists(), "nothing has been released yet"

        release_all()
        tasks.update_linkage()
        assert {study.scope.code for study in Study.objects.all()} >= {"company", "north"}

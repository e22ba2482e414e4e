"""Studies of several periods: they look back, never forward, and only inside their part."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.aggregation.models import Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Group
from survey.linkage import services
from survey.linkage.models import Result, Study
from survey.linkage.services import update_due_studies
from survey.organization.models import Team
from tests.factories.linkage import (
    RUN_AT,
    Company,
    ask_customers,
    ask_employees,
    make_company,
    release_all,
)

pytestmark = pytest.mark.django_db
CLOSINGS = [datetime(2025, month, 28, tzinfo=UTC) for month in (1, 4, 7, 10)]
OF_THE_INSTRUMENT = (  # how reliable scores are is judged over the whole release
    *("reliability_ex", "reliability_cx", "ceiling"),
    *("disattenuated", "disattenuated_low", "disattenuated_high"),
)


def scores(company: Company, *, quarter: int, shift: int = 0) -> dict[str, int]:
    """Return a score from 2 to 4 for each team, by chance but always the same."""
    rng = np.random.default_rng([quarter, shift])
    drawn = rng.integers(2, 5, len(company.teams)).tolist()
    return dict(zip(company.teams, drawn, strict=True))


def live(company: Company, quarter: int) -> Mapping[str, Group]:
    """Ask both sides in a quarter."""
    closing = CLOSINGS[quarter]
    groups = ask_employees(company, scores(company, quarter=quarter), closed_at=closing)
    outside = scores(company, quarter=quarter, shift=1)
    ask_customers(company, outside, day=closing.date(), closed_at=closing)
    release_all()
    return groups


def supersede(groups: Mapping[str, Group], codes: list[str], now: datetime = RUN_AT) -> None:
    """Answer anew in some teams, and release that instead."""
    for code in codes:
        for response in groups[code].responses.all():
            response.answers["answers"]["fair_1"] = 5
            response.save()
    release = Release.objects.get(wave=groups[codes[0]].wave)
    supersede_release(release_id=release.pk, reason="read wrongly", now=now)


def numbers(quarter: int, scope: str = "company") -> dict[str, Any]:
    result = Result.objects.get(
        study__scope__code=scope,
        study__period_start__month=CLOSINGS[quarter].month,
        ex_scale="fair",
        cx_scale="cx_fair",
    )
    found: dict[str, Any] = result.numbers
    return found


class TestUpdateStudy:
    def test_looks_back_over_the_periods_before(self) -> None:
        company = make_company(9)
        for quarter in range(3):
            live(company, quarter)
        assert update_due_studies(now=RUN_AT) == 3

        found = [numbers(quarter) for quarter in range(3)]
        assert [one["pooled"]["n_waves"] for one in found] == [1, 2, 3]
        assert [one["within"]["df"] for one in found] == [None, None, 27 - 9 - 1 - 2]
        assert found[0]["pooled"]["r"] == pytest.approx(found[0]["r"])
        studies = Study.objects.filter(scope=company.ex.scope).order_by("period_start")
        assert [study.n_waves for study in studies] == [1, 2, 3]
        assert studies[2].families == {"between": 1, "within": 1, "direction": 0}
        assert studies[2].self_check["is_passed"] is not None

    def test_never_looks_forward(self) -> None:
        company = make_company(9)
        live(company, 0)
        update_due_studies(now=RUN_AT)
        before = numbers(0)
        live(company, 1)

        assert update_due_studies(now=RUN_AT) == 1
        Study.objects.all().delete()
        assert update_due_studies(now=RUN_AT) == 2
        assert numbers(0) == before

    def test_computes_later_periods_anew_once_an_earlier_release_is_superseded(self) -> None:
        company = make_company(9)
        first = live(company, 0)
        live(company, 1)
        live(company, 2)
        update_due_studies(now=RUN_AT)
        before = [numbers(quarter) for quarter in range(3)]

        supersede(first, [company.teams[0]])

        assert update_due_studies(now=RUN_AT) == 3
        after = [numbers(quarter) for quarter in range(3)]
        assert [one["r"] for one in after][1:] == [one["r"] for one in before][1:]
        assert after[0]["r"] != before[0]["r"]
        for one, other in zip(before, after, strict=True):
            assert one["pooled"]["r"] != other["pooled"]["r"]

    def test_goes_on_where_it_was_interrupted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        company = make_company(9)
        live(company, 0)
        second = live(company, 1)
        compute, calls = services.compute_study, []

        def give_up(*args: Any, **options: Any) -> Any:
            calls.append(args)
            if len(calls) == 5:  # the second part of the second period
                raise KeyboardInterrupt
            return compute(*args, **options)

        monkeypatch.setattr(services, "compute_study", give_up)
        with pytest.raises(KeyboardInterrupt):
            update_due_studies(now=RUN_AT)
        spring = Study.objects.filter(period_start=date(2025, 4, 1))
        assert [study.scope.code for study in spring] == ["north"]
        assert {study.results.count() for study in Study.objects.all()} == {9}

        assert update_due_studies(now=RUN_AT) == 1
        assert len(calls) == 7, "the two parts that were missing"
        assert {study.scope.code for study in spring.all()} == {"north", "south", "company"}
        assert update_due_studies(now=RUN_AT) == 0

        supersede(second, [company.teams[1]])
        assert update_due_studies(now=RUN_AT) == 1
        assert len(calls) == 10
        assert spring.values("release_checksum").distinct().count() == 1

    def test_forgets_a_part_that_is_none_any_more(self) -> None:
        company = make_company(9)
        live(company, 0)
        update_due_studies(now=RUN_AT)
        study = Study.objects.get(scope__code="north")
        Study.objects.update(release_checksum="of older releases")
        Study.objects.filter(pk=study.pk).update(scope=Team.objects.create(code="x", name="X"))

        assert update_due_studies(now=RUN_AT) == 1
        assert {one.scope.code for one in Study.objects.all()} == {"north", "south", "company"}

    def test_reads_all_periods_at_once(self) -> None:
        company = make_company(9)
        for quarter in range(4):
            live(company, quarter)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert update_due_studies(now=RUN_AT) == 4

        reads = [one["sql"] for one in queries if 'FROM "aggregation_figure"' in one["sql"]]
        assert len(reads) == 1
        assert "detail" not in reads[0]


class TestScope:
    def test_knows_nothing_of_teams_outside(self) -> None:
        company = make_company(18)
        groups = [live(company, quarter) for quarter in range(3)]
        update_due_studies(now=RUN_AT)
        north, south, whole = (numbers(2, code) for code in ("north", "south", "company"))

        supersede(groups[2], list(company.teams[1::2]))
        supersede(groups[0], list(company.teams[1:5:2]))

        assert update_due_studies(now=RUN_AT) == 3
        inside = [
            {key: value for key, value in one.items() if key not in OF_THE_INSTRUMENT}
            for one in (north, numbers(2, "north"))
        ]
        assert inside[0] == inside[1]
        assert north["n_ex"] == 9 * 6
        assert numbers(2, "south")["pooled"] != south["pooled"]
        assert numbers(2)["r"] != whole["r"]

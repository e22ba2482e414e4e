"""Only what is worded as it is now is looked back at."""

from datetime import UTC, date, datetime

import pandas as pd

from survey.linkage.alignment import align
from survey.linkage.history import History, gather
from survey.linkage.models import Study
from survey.linkage.services import update_due_studies
from survey.linkage.tables import lay_out
from survey.linkage.units import read_units
from survey.linkage.wordings import Wordings, keep_wordings, look_back_alike
from tests.dashboards.rewording import reword, translate
from tests.factories.linkage import Company, ask_customers, ask_employees, make_company, release_all
from tests.linkage.material import make_units, start_of
from tests.stages import stage

NOW = datetime(2026, 7, 1, tzinfo=UTC)
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7)]


@stage
def company(db: None) -> Company:
    """Ten teams over three quarters; staff's question is worded anew before the second."""
    company = make_company(10)
    for month in (2, 5, 8):
        if month == 5:
            reword(company.pairing.ex, "fair_1")
            translate(company.pairing.cx, "cx_fair_1")
        closing = datetime(2025, month, 20, tzinfo=UTC)
        scores = {code: 2 + (at + month) % 3 for at, code in enumerate(company.teams)}
        ask_employees(company, scores, closed_at=closing)
        ask_customers(company, scores, day=closing.replace(day=3).date(), closed_at=closing)
    release_all()
    return company


def look(company: Company, *, until: date) -> History:
    periods = align(company.pairing)
    units = dict(zip(QUARTERS, read_units(periods), strict=True))
    history = gather(units, {start: lay_out(one) for start, one in units.items()})
    return look_back_alike(history, periods, until)


def known(history: History, means: pd.DataFrame, code: str) -> set[date]:
    return set(history.rows["period"][means[code].notna()])


class TestLookBackAlike:
    def test_keeps_of_each_scale_what_is_worded_as_it_is_in_the_last_period(
        self, company: Company
    ) -> None:
        history = look(company, until=QUARTERS[-1])

        assert known(history, history.ex, "fair") == set(QUARTERS[1:])
        assert known(history, history.cx, "cx_fair") == set(QUARTERS)  # only translated
        assert history.n_periods == 3

    def test_keeps_the_old_wording_where_the_new_one_was_still_to_come(
        self, company: Company
    ) -> None:
        history = look(company, until=QUARTERS[0])

        assert known(history, history.ex, "fair") == {QUARTERS[0]}

    def test_lets_studies_pool_no_two_wordings(self, company: Company) -> None:
        update_due_studies(now=NOW)

        study = Study.objects.filter(scope=company.pairing.ex.scope).order_by("period_start").last()
        assert study is not None
        numbers = study.results.get(ex_scale="fair", cx_scale="cx_fair").numbers
        assert numbers["pooled"]["n_waves"] == numbers["within"]["n_waves"] == 2


class TestKeepWordings:
    def test_changes_nothing_where_nothing_was_worded_anew(self) -> None:
        first = make_units({"fair": [1, 2, 3]}, {"care": [4, 5, 6]})
        units = {start_of(0): first}
        history = gather(units, {start_of(0): lay_out(first)})

        kept = keep_wordings(history, Wordings({}, {}))

        assert kept.ex.equals(history.ex)
        assert kept.cx.equals(history.cx)

"""Reports in anybody's words, row by row."""

import pytest

from survey.campaigns.contacts import Problem
from survey.campaigns.services.interactions import KEY_REUSED, Receipt, RowError
from survey.campaigns.services.reports import Report, explain, record_reports
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db


class TestRecordReports:
    def test_answers_each_in_its_place(self) -> None:
        teams = make_teams({"top": None}, {})
        make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))
        good = {"customer": {"id": "C1"}, "team": "top", "occurred_at": NOW.isoformat()}
        rows = ("nonsense", good, good | {"team": "cellar"})

        outcomes = record_reports(
            reports=[Report(f"k{n}", row) for n, row in enumerate(rows)], now=NOW
        )

        assert [isinstance(outcome, Receipt) for outcome in outcomes] == [False, True, False]
        assert outcomes[2] == (Problem("team", "unknown_team", 'There is no team "cellar".'),)


class TestExplain:
    def test_points_to_the_key_where_that_is_what_is_wrong(self) -> None:
        assert explain(RowError(KEY_REUSED, "k1")).field == "idempotency_key"

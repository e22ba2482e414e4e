"""manage.py linkage."""

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from survey.linkage.services import update_due_studies
from tests.factories.cascade import make_colleagues, release_quarters
from tests.factories.linkage import (
    RUN_AT,
    ask_customers,
    ask_employees,
    make_company,
    release_all,
)
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def compared() -> None:
    """Ten teams, compared in one quarter."""
    company = make_company(10)
    scores = {code: 2 + at % 3 for at, code in enumerate(company.teams)}
    ask_employees(company, scores)
    ask_customers(company, scores, day=date(2026, 3, 10))
    release_all()
    update_due_studies(now=RUN_AT)


def run(**options: Any) -> str:
    out = StringIO()
    call_command("linkage", pairing="main", stdout=out, **options)
    return out.getvalue()


class TestLinkage:
    def test_writes_json_without_nan(self, compared: None) -> None:
        text = run(format="json")
        document = json.loads(text, parse_constant=lambda name: pytest.fail(name))
        pair = document["pairs"][0]
        assert (pair["ex_scale"], pair["cx_scale"]) == ("fair", "cx_fair")
        assert pair["r"] > 0.9

    def test_reads_on_for_a_person(self, compared: None) -> None:
        text = run()
        assert text.startswith("Main, Q1 2026, company\n10 of 10 groups compared")
        assert "fair x cx_fair: Over 10 teams the correlation" in text

    def test_takes_a_scope_and_any_day_of_a_period(self, compared: None) -> None:
        text = run(scope="north", period=date(2026, 2, 14))
        assert text.startswith("Main, Q1 2026, north\n5 of 5 groups compared")

    def test_names_the_pairings_there_are(self, compared: None) -> None:
        with pytest.raises(CommandError, match=r"no pairing other\. There is: main"):
            call_command("linkage", pairing="other")

    def test_refuses_an_unknown_team(self, compared: None) -> None:
        with pytest.raises(CommandError, match="no team nowhere"):
            run(scope="nowhere")

    def test_refuses_a_day_that_is_none(self, compared: None) -> None:
        with pytest.raises(CommandError, match="is not a day"):
            call_command("linkage", "--pairing", "main", "--period", "spring")

    def test_says_what_is_missing(self) -> None:
        make_company(2)
        assert "nothing to show. No wave of Pulse has been launched." in run()


class TestCascade:
    def test_reads_on_for_a_person(self) -> None:
        release_quarters(make_colleagues(), 2)
        update_due_studies(now=RUN_AT)

        text = run(cascade=True)

        assert text.startswith(
            "Main, Q2 2025, company\n40 pairs of teams, surveys among colleagues"
        )
        assert "All pairs of teams: " in text
        assert "t0000 -> t0001: " in text

    def test_writes_json_without_nan(self) -> None:
        release_quarters(make_colleagues(), 1)
        update_due_studies(now=RUN_AT)

        document = json.loads(
            run(cascade=True, format="json"), parse_constant=lambda name: pytest.fail(name)
        )

        assert (document["period"], document["n_arrows"]) == ("2025-01-01", 40)
        assert len(document["arrows"]) == 40

    def test_says_what_is_missing(self) -> None:
        make_company(2)
        assert "nothing to show. No survey among colleagues belongs" in run(cascade=True)

"""The works-council sheet tells of everything."""

from datetime import datetime

import pytest
from django.utils.translation import override

from survey.dashboards.sheets.sheet import APP_NAMES, build_sheet
from survey.followup.stored import read_tables
from survey.questionnaires.models import Audience
from tests.factories.campaigns import make_campaign, make_teams

pytestmark = pytest.mark.django_db


class TestBuildSheet:
    def test_has_a_line_for_every_table_and_column(self, now: datetime) -> None:
        document = build_sheet(now=now)

        lines = {
            row[0] for section in document.sections if section.grid for row in section.grid.rows
        }
        for table in read_tables():
            assert table.name in lines
            assert {f"{table.name}.{column.name}" for column in table.columns} <= lines

    def test_names_every_app(self) -> None:
        assert list(APP_NAMES) == list(dict.fromkeys(table.app for table in read_tables()))

    @pytest.mark.parametrize("is_told", [True, False])
    def test_says_whether_employees_are_named(self, now: datetime, is_told: bool) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"], Audience.CUSTOMER)
        campaign.told_facts = ["served_by"] if is_told else []
        campaign.save()

        words = " ".join(build_sheet(now=now).sections[0].paragraphs)

        assert ("may say on a customer’s own page which employee" in words) is is_told
        assert ("No survey names the employee" in words) is not is_told
        assert "Nothing is measured, compared or filtered by employee." in words

    def test_says_of_which_day_it_is(self, now: datetime) -> None:
        assert "in force on 2 Mar 2026" in build_sheet(now=now).lead
        with override("de"):
            assert "2. März 2026" in build_sheet(now=now).lead

"""The access log as a table."""

from datetime import datetime

import pytest

from survey.accounts.access_log import record_command
from survey.dashboards.access_log.files import COLUMNS, build_table
from survey.dashboards.access_log.pages import choose_entries


class TestBuildTable:
    @pytest.mark.django_db
    def test_holds_one_row_a_line(self, now: datetime) -> None:
        record_command(name="linkage", account="root", options=["--out"], status=1, now=now)

        table = build_table(choose_entries(wanted={"period": "all"}, now=now))

        assert [dict(zip(COLUMNS, row, strict=True)) for row in table.rows] == [
            {
                "at": "2026-03-02T09:00:00+00:00",
                "account": "",
                "name": "command line",
                "held_then": "root",
                "action": "EXPORTED",
                "route": "linkage",
                "what": "--out",
                "status": 1,
            }
        ]

"""Files that came in, in a list."""

from datetime import UTC, datetime

from django.template.loader import render_to_string

from survey.console.arrivals import Arrival

MADE = Arrival("staff.csv", "/there/", datetime(2026, 3, 2, 9, tzinfo=UTC), "Alice", "in", "ok")


class TestArrival:
    def test_is_told_with_where_it_is_looked_at(self) -> None:
        page = render_to_string("console/arrivals.html", {"arrivals": [MADE]})
        for told in ("staff.csv", "/there/", "Alice"):
            assert told in page

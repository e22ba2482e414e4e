"""The drawings and long tables of the page "Inside & outside"."""

from survey.dashboards.linkage.units import Unit
from survey.dashboards.templatetags.linkage import reach_axis, unit_rows
from survey.linkage.printed import Margin

KNOWN, UNKNOWN = Margin(50.04, 45.0, 55.0, 1234), Margin(60.0, None, None, 12)


class TestReachAxis:
    def test_names_the_ends_and_the_middle(self) -> None:
        assert reach_axis(0.4)["ticks"] == [
            ("0.0%", "\N{MINUS SIGN}0.4", "start"), ("50.0%", "0.0", "middle"),
            ("100.0%", "0.4", "end"),
        ]  # fmt: skip


class TestUnitRows:
    def test_writes_both_sides_with_their_margins(self) -> None:
        row = unit_rows([Unit("a", "A", "Part", KNOWN, UNKNOWN)])

        assert row == (
            '<tr><th scope="row">A</th><td class="num">50.0<br><span class="tiny">45.0 to 55.0'
            '</span></td><td class="num">1,234</td><td class="num">60.0</td>'
            '<td class="num">12</td></tr>'
        )

    def test_leads_to_the_page_of_a_team(self) -> None:
        row = unit_rows([Unit("a", "A", "Part", KNOWN, KNOWN, page="/teams/a/", is_own=True)])

        assert row.startswith('<tr class="on"><th scope="row"><a href="/teams/a/">A</a></th>')

    def test_takes_no_name_for_code(self) -> None:
        rows = unit_rows([Unit("a", "<script>", "Part", KNOWN, KNOWN, page='/"><script>')])

        assert "<script" not in rows

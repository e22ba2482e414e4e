"""The long table and the dominoes."""

import pytest

from survey.dashboards.cascade.arrows import NOTHING, Arrow, End, Score
from survey.dashboards.cascade.pictures import Line, Spot
from survey.dashboards.templatetags.cascade import arrow_rows, thickness

RUDE = End(1, "a&b", "<b>A</b>")
PLAIN = End(2, "desk", "Desk")


class TestThickness:
    @pytest.mark.parametrize(
        ("mean", "drawn"), [(30.0, "t2"), (50.0, "t4"), (65.0, "t6"), (90.0, "t8"), (None, "t2")]
    )
    def test_has_four_steps(self, mean: float | None, drawn: str) -> None:
        score = NOTHING if mean is None else Score(mean)

        assert thickness(Line(Spot("a", "A"), Spot("b", "B"), score)) == drawn


class TestArrowRows:
    def test_links_both_teams_and_writes_no_name_as_code(self) -> None:
        rows = arrow_rows([Arrow(RUDE, PLAIN, "<i>", Score(61.24, 55.0, 67.5, 12))], "?x=1&y=2")

        assert '<a href="?x=1&amp;y=2&amp;team=a%26b">&lt;b&gt;A&lt;/b&gt;</a>' in rows
        assert "&lt;i&gt;" in rows
        assert "<b>61.2</b>" in rows
        assert "55.0 to 67.5" in rows

    def test_says_what_is_not_shown_and_what_is_shared(self) -> None:
        hidden = arrow_rows([Arrow(PLAIN, RUDE, "", NOTHING)], "?")
        shared = arrow_rows([Arrow(PLAIN, RUDE, "", Score(50.0), is_pooled=True)], "?")

        assert "not shown" in hidden
        assert "together" in shared
        assert ">–<" in shared

"""All pairs of scales of one study as a table."""

import pytest

from survey.campaigns.models import Pairing
from survey.dashboards.linkage.themes import build_themes, shade
from tests.dashboards.studies import NAMES, make_study

pytest_plugins = ["tests.dashboards.company"]

PAIRS = (("fairness", "treatment"), ("passion", "treatment"))


class TestShade:
    @pytest.mark.parametrize(
        ("r", "step"),
        [
            (None, ""),
            (-0.3, "hn"),
            (-0.05, "h0"),
            (0, "h0"),
            (0.1, "h1"),
            (0.39, "h3"),
            (0.9, "h4"),
        ],
    )
    def test_has_five_steps_upwards_and_one_downwards(self, r: float | None, step: str) -> None:
        assert shade(r) == step


class TestBuildThemes:
    def test_prints_the_stored_number_and_the_word_for_the_evidence(
        self, both_sides: Pairing
    ) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.42, scales=PAIRS)
        results = list(study.results.order_by("pk"))

        themes = build_themes(
            results, chosen=results[0], names=NAMES, address=lambda result: f"?{result.ex_scale}"
        )

        (row, (cell,)), (other, (other_cell,)) = themes.rows
        assert (row, other) == ("Fairness at work", "Passion")
        assert themes.columns == ("Kind treatment",)
        assert cell is not None
        assert other_cell is not None
        assert (cell.r, cell.word, cell.shade) == (0.42, "some", "h4")
        assert (cell.address, cell.is_chosen) == ("?fairness", True)
        assert not other_cell.is_chosen

    def test_has_no_number_where_too_few_teams_are_compared(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, None, n_teams=5)
        results = list(study.results.all())

        themes = build_themes(results, chosen=results[0], names=NAMES, address=lambda result: "")

        ((_, (cell,)),) = themes.rows
        assert cell is not None
        assert cell.r is None
        assert not themes.is_shown

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
            results,
            chosen=results[0],
            names=NAMES,
            n_tested=2,
            address=lambda result: f"?{result.ex_scale}",
        )

        (row, (cell,)), (other, (other_cell,)) = themes.rows
        assert (row, other) == ("Fairness at work", "Passion")
        assert themes.columns == ("Kind treatment",)
        assert cell is not None
        assert other_cell is not None
        assert (cell.finding.r, cell.word, cell.shade) == (0.42, "some", "h4")
        assert (cell.q_value, cell.is_clear) == (0.01, True)
        assert (cell.ex_name, cell.cx_name) == ("Fairness at work", "Kind treatment")
        assert (cell.address, cell.is_chosen) == ("?fairness", True)
        assert not other_cell.is_chosen

    def test_has_no_number_where_too_few_teams_are_compared(self, both_sides: Pairing) -> None:
        study = make_study(both_sides, both_sides.ex.scope, None, n_teams=5)
        results = list(study.results.all())

        themes = build_themes(
            results, chosen=results[0], names=NAMES, n_tested=2, address=lambda result: ""
        )

        ((_, (cell,)),) = themes.rows
        assert cell is not None
        assert cell.finding.r is None
        assert (cell.q_value, cell.shade) == (None, "")
        assert themes.has_hidden
        assert not themes.is_shown

    @pytest.mark.parametrize(
        ("q_value", "step"), [(0.049, "h4"), (0.099, "h4"), (0.1, "h0"), (None, "h0")]
    )
    def test_colours_only_what_chance_among_many_leaves(
        self, both_sides: Pairing, q_value: float | None, step: str
    ) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.42)
        result = study.results.get()
        result.numbers["q_value"] = q_value

        themes = build_themes(
            [result], chosen=result, names=NAMES, n_tested=1, address=lambda result: ""
        )

        assert themes.cells[0].shade == step
        assert themes.cells[0].is_clear == (q_value == 0.049)

"""How parts stand: their teams' spread, and their own parts drawn towards each other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from survey.aggregation.comparison import (
    FEWEST_TEAMS,
    MOST_PARTS,
    Place,
    Said,
    Standing,
    Unit,
    compare_units,
)
from survey.campaigns.models import GroupKind
from survey.statistics.shrinkage import empirical_bayes

ROOT = Unit(GroupKind.NODE, (1,))
NODES = (Unit(GroupKind.NODE, (2,)), Unit(GroupKind.NODE, (3,)))


def said(mean: float, *, n: int = 20, se: float | None = 3.0) -> dict[str, Said]:
    """Return what a unit shows: a scale, and an item of it."""
    figure = Said(n, mean, se, mean - 6, mean + 6, 50)
    return {"fair": figure, "item:fair_1": figure}


def build(
    means: Sequence[Sequence[float]], *, se: float | None = 3.0
) -> tuple[dict[Unit, Place], dict[Unit, dict[str, Said]]]:
    """Make two nodes below a root, with a team for every mean."""
    places = {ROOT: Place("root", "Root", None)}
    figures = {ROOT: said(60.0, n=200)}
    for node, teams in zip(NODES, means, strict=False):
        places[node] = Place(f"node-{node.team_ids[0]}", f"Node {node.team_ids[0]}", ROOT)
        figures[node] = said(float(np.mean(teams)) if teams else 50.0, n=100, se=se)
        for mean in teams:
            team = Unit(GroupKind.TEAM, (len(places) + 100,))
            places[team] = Place(f"team-{team.team_ids[0]}", f"Team {len(places):03}", node)
            figures[team] = said(mean, se=se)
    return places, figures


def standing_of(unit: Unit, found: Sequence[Standing]) -> Standing:
    return next(one for one in found if one.scope == unit)


class TestCompareUnits:
    def test_describes_inner_nodes_only(self) -> None:
        found = list(compare_units(*build([[50.0, 60.0], [70.0]])))

        assert {one.scope for one in found} == {ROOT, *NODES}
        assert standing_of(ROOT, found).n_teams == 3
        assert standing_of(NODES[0], found).n_teams == 2

    def test_describes_a_root_that_is_a_team(self) -> None:
        team = Unit(GroupKind.TEAM, (1,))
        found = list(compare_units({team: Place("a", "A", None)}, {team: said(50.0)}))

        assert [one.scope for one in found] == [team]
        assert found[0].parts == []

    def test_tells_the_quartiles_of_all_teams_below(self) -> None:
        found = list(compare_units(*build([[50.0, 60.0, 70.0], [40.0, 90.0]])))

        teams = standing_of(ROOT, found).metrics["fair"]["teams"]
        assert teams == {"n": 5, "lower": 50.0, "median": 60.0, "upper": 70.0}

    def test_tells_no_median_of_so_few_teams_that_it_would_tell_one_of_them(self) -> None:
        few = [50.0 + place for place in range(FEWEST_TEAMS - 1)]
        found = list(compare_units(*build([few])))

        assert standing_of(NODES[0], found).metrics["fair"]["teams"] == {"n": FEWEST_TEAMS - 1}

    def test_keeps_the_figure_of_the_part_itself_as_printed(self) -> None:
        metrics = standing_of(ROOT, list(compare_units(*build([[50.0]])))).metrics

        printed = {key: metrics["fair"][key] for key in ("n", "mean", "se", "low", "high")}
        assert printed == {"n": 200, "mean": 60.0, "se": 3.0, "low": 54.0, "high": 66.0}

    def test_counts_a_team_that_shows_nothing_nowhere(self) -> None:
        places, figures = build([[50.0, 60.0]])
        hidden = next(unit for unit in figures if unit.kind == GroupKind.TEAM)
        del figures[hidden]

        found = standing_of(NODES[0], list(compare_units(places, figures)))
        assert found.n_teams == 1
        assert len(found.parts) == 1


class TestParts:
    def test_are_drawn_towards_each_other(self) -> None:
        places, figures = build([[40.0, 50.0, 60.0, 70.0, 80.0]], se=5.0)
        parts = standing_of(NODES[0], list(compare_units(places, figures))).parts

        expected = empirical_bayes([40.0, 50.0, 60.0, 70.0, 80.0], [25.0] * 5, method="dl")
        found = [part["metrics"]["fair"]["shrunken"] for part in parts]
        assert found == pytest.approx(expected["shrunken"].tolist(), abs=0.05)
        assert 40.0 < found[0] < 50.0

    def test_say_how_likely_they_lie_above_the_whole(self) -> None:
        places, figures = build([[20.0, 60.0, 61.0, 59.0, 95.0]])
        figures[NODES[0]] = said(60.0)
        parts = standing_of(NODES[0], list(compare_units(places, figures))).parts

        above = [part["metrics"]["fair"]["above"] for part in parts]
        assert above[0] < 0.01
        assert 0.1 < above[1] < 0.9
        assert above[4] > 0.99

    def test_are_not_compared_without_standard_errors(self) -> None:
        places, figures = build([[40.0, 80.0]], se=None)
        part = standing_of(NODES[0], list(compare_units(places, figures))).parts[0]

        assert part["metrics"]["fair"]["mean"] == 40.0
        assert "shrunken" not in part["metrics"]["fair"]

    def test_tell_scales_only(self) -> None:
        parts = standing_of(NODES[0], list(compare_units(*build([[40.0, 80.0]])))).parts

        assert list(parts[0]["metrics"]) == ["fair"]

    def test_are_left_out_where_no_page_could_hold_them(self) -> None:
        many = [50.0] * (MOST_PARTS + 1)

        assert standing_of(NODES[0], list(compare_units(*build([many])))).parts == []

    def test_stand_in_the_order_of_their_names(self) -> None:
        parts: list[dict[str, Any]] = standing_of(
            ROOT, list(compare_units(*build([[50.0], [60.0]])))
        ).parts

        assert [part["name"] for part in parts] == ["Node 2", "Node 3"]

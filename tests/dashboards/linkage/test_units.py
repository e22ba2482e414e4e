"""The teams that a chart draws."""

import pandas as pd

from survey.dashboards.linkage.units import (
    OTHER_PARTS,
    WHOLE,
    Margin,
    TeamTree,
    list_parts,
    name_parts,
    read_units,
)

NAMES = {1: "Company", 2: "Food", 3: "Goods", 4: "Bakery", 5: "Oven", 6: "Garden", 7: "Kitchen"}
PARENTS = {1: None, 2: 1, 3: 1, 4: 2, 5: 4, 6: 3, 7: 2}
TREE = TeamTree(NAMES, PARENTS)


def rows(*team_ids: tuple[int, ...]) -> pd.DataFrame:
    side = {"mean": 50.0, "se": 1.0, "low": 48.0, "high": 53.0, "n": 12}
    figures = {f"{name}_{key}": value for name in ("ex", "cx") for key, value in side.items()}
    return pd.DataFrame(
        [{"code": f"c{ids}", "name": f"n{ids}", "team_ids": ids} | figures for ids in team_ids]
    )


class TestTeamTree:
    def test_knows_the_way_from_the_root(self) -> None:
        assert TREE.path(5) == [1, 2, 4, 5]


class TestReadUnits:
    def test_tells_the_parts_directly_below_the_scope_apart(self) -> None:
        units = read_units(rows((5,), (7,), (6,), (6,)), tree=TREE, scope=1, opens=bool)

        assert [unit.part for unit in units] == ["Food", "Food", "Goods", "Goods"]

    def test_gives_a_pool_the_part_that_holds_all_its_teams(self) -> None:
        units = read_units(rows((5, 7), (5, 6), (5,), (7,), (7,)), tree=TREE, scope=1, opens=bool)

        assert [unit.part for unit in units[:2]] == ["Food", "Company"]

    def test_reads_missing_margins_as_none(self) -> None:
        table = rows((5,))
        table["ex_low"] = table["ex_high"] = float("nan")

        (unit,) = read_units(table, tree=TREE, scope=1, opens=bool)

        assert unit.inside == Margin(50.0, None, None, 12)
        assert not unit.inside.is_known
        assert unit.outside.is_known

    def test_reads_no_units_from_an_empty_table(self) -> None:
        assert read_units(rows(), tree=TREE, scope=1, opens=bool) == ()


class TestNameParts:
    def test_tells_nothing_apart_where_each_team_is_a_part_of_its_own(self) -> None:
        assert name_parts(["a", "b", "c"]) == [WHOLE] * 3

    def test_keeps_the_five_largest_of_many_parts(self) -> None:
        sizes = {"a": 9, "b": 8, "c": 7, "d": 6, "e": 5, "f": 4, "g": 3}
        parts = [part for part, size in sizes.items() for _ in range(size)]

        named = name_parts(parts)

        assert set(named) == {"a", "b", "c", "d", "e", OTHER_PARTS}
        assert named.count(OTHER_PARTS) == 7


class TestListParts:
    def test_puts_the_other_parts_last(self) -> None:
        units = read_units(rows((5,), (7,), (6,), (6,)), tree=TREE, scope=1, opens=bool)

        assert list_parts(units) == ["Food", "Goods"]

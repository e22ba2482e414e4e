"""The teams that a chart draws."""

from collections.abc import Collection

from survey.dashboards.linkage.units import (
    OTHER_PARTS,
    WHOLE,
    Unit,
    list_parts,
    mark_one,
    name_parts,
    place_units,
)
from survey.dashboards.trees import TeamTree
from survey.linkage.printed import Margin, PrintedUnit

NAMES = {1: "Company", 2: "Food", 3: "Goods", 4: "Bakery", 5: "Oven", 6: "Garden", 7: "Kitchen"}
PARENTS = {1: None, 2: 1, 3: 1, 4: 2, 5: 4, 6: 3, 7: 2}
TREE = TeamTree(NAMES, PARENTS)


MARGIN = Margin(50.0, 48.0, 53.0, 12)


def rows(*team_ids: tuple[int, ...]) -> list[PrintedUnit]:
    return [PrintedUnit(f"c{ids}", f"n{ids}", "TEAM", ids, MARGIN, MARGIN) for ids in team_ids]


def read(*team_ids: tuple[int, ...], own: Collection[int] = ()) -> tuple[Unit, ...]:
    return place_units(
        rows(*team_ids),
        tree=TREE,
        scope=1,
        owns=lambda teams: set(own).issuperset(teams),
        page_of=lambda unit: f"/teams/{unit.code}/",
    )


class TestTeamTree:
    def test_knows_the_way_from_the_root(self) -> None:
        assert TREE.path(5) == [1, 2, 4, 5]


class TestPlaceUnits:
    def test_tells_the_parts_directly_below_the_scope_apart(self) -> None:
        parts = {unit.name: unit.part for unit in read((5,), (7,), (6,), (6, 6))}

        assert parts == {"n(5,)": "Food", "n(7,)": "Food", "n(6,)": "Goods", "n(6, 6)": "Goods"}

    def test_gives_a_pool_the_part_that_holds_all_its_teams(self) -> None:
        parts = {unit.name: unit.part for unit in read((5, 7), (5, 6), (5,), (7,), (7, 7))}

        assert (parts["n(5, 7)"], parts["n(5, 6)"]) == ("Food", "Company")

    def test_marks_the_readers_own_among_others(self) -> None:
        assert [unit.is_own for unit in read((5,), (6,), own={5})] == [True, False]

    def test_marks_none_where_all_are_the_readers_own(self) -> None:
        assert not any(unit.is_own for unit in read((5,), (6,), own={5, 6}))

    def test_reads_no_units_from_nothing(self) -> None:
        assert read() == ()


class TestMarkOne:
    def test_marks_the_chosen_one_instead_of_the_readers_own(self) -> None:
        marked = mark_one(read((5,), (6,), own={5}), "c(6,)")

        assert [unit.is_own for unit in marked] == [False, True]


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
        assert list_parts(read((5,), (7,), (6,), (6, 6))) == ["Food", "Goods"]

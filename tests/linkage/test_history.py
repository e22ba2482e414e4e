"""Looking back over periods."""

from survey.linkage.history import CX, EX, History, gather, look_back, look_inside
from survey.linkage.tables import lay_out
from survey.linkage.units import Units
from tests.linkage.material import make_units, start_of


def history_of(*periods: Units) -> History:
    units = {start_of(at): one for at, one in enumerate(periods)}
    return gather(units, {start: lay_out(one) for start, one in units.items()})


def two_quarters() -> list[Units]:
    return [
        make_units({"fair": [1, 2, 3]}, {"care": [4, 5, 6]}),
        make_units({"fair": [7, 8, 9]}, {"care": [10, 11, 12]}, at=1),
    ]


class TestGather:
    def test_knows_a_unit_again_by_its_teams(self) -> None:
        first, second = two_quarters()
        second.groups.loc[10_002, "code"] = "renamed"
        rows = history_of(first, second).rows
        assert rows["unit"].tolist() == ["1000", "1001", "1002"] * 2
        assert rows["period"].tolist() == [start_of(0)] * 3 + [start_of(1)] * 3

    def test_takes_a_pool_with_other_members_for_another_unit(self) -> None:
        first, second = two_quarters()
        first.groups["team_ids"] = [(1000, 1003), (1001,), (1002,)]
        second.groups["team_ids"] = [(1000, 1003, 1004), (1001,), (1002,)]
        history = history_of(first, second)
        assert history.rows["unit"].nunique() == 4

    def test_holds_both_sides_beside_each_other(self) -> None:
        frame = history_of(*two_quarters()).as_frame()
        assert frame[EX + "fair"].tolist() == [1, 2, 3, 7, 8, 9]
        assert frame[CX + "care"].tolist() == [4, 5, 6, 10, 11, 12]

    def test_has_gaps_where_a_scale_was_not_asked(self) -> None:
        first, _ = two_quarters()
        second = make_units({"seen": [1, 2, 3]}, {"care": [1, 2, 3]}, at=1)
        assert history_of(first, second).ex["seen"].isna().tolist() == [True] * 3 + [False] * 3


class TestLookBack:
    def test_never_looks_forward(self) -> None:
        history = look_back(history_of(*two_quarters()), until=start_of(0))
        assert history.n_periods == 1
        assert history.cx["care"].tolist() == [4, 5, 6]


class TestLookInside:
    def test_keeps_units_all_of_whose_teams_are_inside(self) -> None:
        first, second = two_quarters()
        first.groups["team_ids"] = [(1000, 1001), (1002,), (1003,)]
        history = look_inside(history_of(first, second), team_ids=frozenset({1000, 1002}))
        assert history.rows["team_ids"].tolist() == [(1002,), (1000,), (1002,)]
        assert history.ex["fair"].tolist() == [2, 7, 9]

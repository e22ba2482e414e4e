"""Which arrows are drawn, and how."""

from collections.abc import Sequence

from survey.dashboards.cascade.arrows import NOTHING, Arrow, End, Node, Score
from survey.dashboards.cascade.pictures import (
    CUSTOMERS,
    MOST_LINES,
    MOST_PARTS,
    Picture,
    list_dominoes,
    make_picture,
    narrow,
)
from survey.dashboards.trees import TeamTree

N_TEAMS = 120


def end(pk: int) -> End:
    return End(pk, f"t{pk}", f"Team {pk}")


def arrow(
    one: int, other: int, mean: float | None = 60.0, *, chain: str = "", is_pooled: bool = False
) -> Arrow:
    score = NOTHING if mean is None else Score(mean, mean - 5, mean + 5, 9)
    return Arrow(end(one), end(other), chain, score, is_pooled=is_pooled)


def node(pk: int, *, inside: float | None = None, outside: float | None = None) -> Node:
    scores = [NOTHING if mean is None else Score(mean) for mean in (inside, outside)]
    return Node(end(pk), *scores, NOTHING, 1, 1)


def tree(n_parts: int = 3) -> TeamTree:
    """Teams from 1 on, in turn in one of several parts (1001, 1002, ...) below 1000."""
    parents: dict[int, int | None] = {1000: None}
    parents |= dict.fromkeys(range(1001, 1001 + n_parts), 1000)
    parents |= {pk: 1001 + pk % n_parts for pk in range(1, N_TEAMS + 1)}
    return TeamTree({pk: f"Part {pk}" for pk in parents}, parents)


def draw(arrows: Sequence[Arrow], *nodes: Node, team: str = "", n_parts: int = 3) -> Picture:
    known = {one.team.code: one for one in nodes}
    return make_picture(
        arrows, known, tree=tree(n_parts), scope=1000, ex_name="Fairness", cx_name="Kind", team=team
    )


class TestNarrow:
    def test_keeps_one_chain_and_one_team(self) -> None:
        arrows = [arrow(1, 2, chain="x"), arrow(2, 3, chain="x"), arrow(3, 4)]

        assert narrow(arrows, chain="x", team="t1") == arrows[:1]
        assert narrow(arrows, chain="", team="t3") == arrows[1:]
        assert narrow(arrows, chain="", team="") == arrows


class TestMakePicture:
    def test_draws_each_of_few_arrows_and_those_to_customers(self) -> None:
        picture = draw(
            [arrow(1, 2), arrow(2, 3, None)], node(1, inside=71.2), node(3, outside=74.0)
        )

        assert [(one.start.code, one.end.code, one.label) for one in picture.lines] == [
            ("t1", "t2", "60 ±5"), ("t2", "t3", "not shown"), ("t3", CUSTOMERS, "74"),
        ]  # fmt: skip
        assert [one.note for one in picture.spots] == ["Fairness 71", "", "", "Kind"]
        assert picture.has_customers
        assert picture.has_hidden
        assert not picture.has_circles
        assert not picture.by_part

    def test_marks_the_arrow_that_closes_a_circle(self) -> None:
        picture = draw([arrow(1, 2), arrow(2, 1)])

        assert [one.is_back for one in picture.lines] == [False, True]

    def test_puts_many_arrows_together_by_part(self) -> None:
        arrows = [arrow(pk, pk + 1, 40.0 + pk % 3) for pk in range(1, MOST_LINES + 10)]

        picture = draw(arrows)

        assert picture.by_part
        assert {one.start.name for one in picture.lines} == {"Part 1001", "Part 1002", "Part 1003"}
        assert sum(one.n_arrows for one in picture.lines) == len(arrows)
        assert sorted(one.label for one in picture.lines) == ["40", "41", "42"]

    def test_counts_a_figure_that_several_arrows_share_once(self) -> None:
        shared = [arrow(3, pk, 20.0, is_pooled=True) for pk in range(4, 100, 3)]
        alone = [arrow(6, pk, 80.0) for pk in range(4, 40, 3)]

        (line,) = draw(shared + alone).lines

        assert line.n_arrows == len(shared + alone)
        assert line.score.mean == 80.0

    def test_draws_the_largest_parts_and_all_others_as_one(self) -> None:
        arrows = [arrow(pk, pk + 1) for pk in range(1, N_TEAMS)]

        picture = draw(arrows, n_parts=30)

        assert len(picture.spots) == MOST_PARTS
        assert picture.spots[[one.name for one in picture.spots].index("Other parts")].is_part

    def test_leaves_a_team_that_was_chosen_by_itself(self) -> None:
        arrows = [arrow(1, pk) for pk in range(2, 90)]

        picture = draw(arrows, team="t1")

        assert {one.start.code for one in picture.lines} == {"t1"}
        assert sum(one.n_arrows for one in picture.lines) == len(arrows)

    def test_draws_teams_outside_the_part_as_one_spot_of_their_own(self) -> None:
        arrows = [arrow(3 * (pk // 2) + 1, 3 * pk) for pk in range(1, 40)]

        inside = [arrow(3 * pk, 3 * pk + 3) for pk in range(1, 6)]

        picture = make_picture(
            arrows + inside, {}, tree=tree(), scope=1001, ex_name="Fairness", cx_name="Kind"
        )

        assert picture.by_part
        names = {one.name for one in picture.spots}
        assert "Outside Part 1001" in names
        assert "Part 1001" not in names
        starts = [one.n_arrows for one in picture.lines if one.start.name == "Outside Part 1001"]
        assert sum(starts) == len(arrows)

    def test_looks_inside_where_all_teams_are_in_one_part(self) -> None:
        arrows = [arrow(3 * pk, 3 * pk + 3) for pk in range(1, 30)] * 2

        picture = draw(arrows)

        assert len(picture.spots) == MOST_PARTS
        assert "Part 1001" not in {one.name for one in picture.spots}


class TestListDominoes:
    def test_stands_each_team_before_those_it_serves(self) -> None:
        dominoes = list_dominoes(draw([arrow(1, 2), arrow(2, 3)], node(3, outside=70.0)))

        assert [one.spot.code for one in dominoes] == ["t1", "t2", "t3", CUSTOMERS]
        assert [len(one.lines) for one in dominoes] == [1, 1, 1, 0]

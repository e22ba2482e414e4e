"""Where teams stand when who serves whom is drawn."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from survey.organization.serving_layout import MOST_COLUMNS, Layout, Pair, arrange, lay_out

CODES = st.sampled_from([f"t{number}" for number in range(14)])
PAIRS = st.sets(st.tuples(CODES, CODES).filter(lambda pair: pair[0] != pair[1]), max_size=40)


def lay(*pairs: Pair) -> Layout:
    return lay_out(pairs, width=900, height=300)


class TestLayOut:
    def test_draws_nothing_of_nothing(self) -> None:
        assert lay() == Layout({}, {}, frozenset())

    def test_puts_the_served_right_of_those_that_serve_them(self) -> None:
        nodes = lay(("stores", "kitchen"), ("kitchen", "desk"), ("stores", "desk")).nodes

        assert [nodes[code][0] for code in ("stores", "kitchen", "desk")] == [150, 450, 750]

    def test_puts_a_beginning_next_to_what_follows(self) -> None:
        nodes = lay(("a", "b"), ("b", "c"), ("late", "c")).nodes

        assert nodes["late"][0] == nodes["b"][0]

    def test_leads_a_long_arrow_around_the_team_between(self) -> None:
        layout = lay(("stores", "kitchen"), ("kitchen", "desk"), ("stores", "desk"))
        _start, between, _end = layout.ways["stores", "desk"]

        assert between[0] == layout.nodes["kitchen"][0]
        assert between[1] != layout.nodes["kitchen"][1]

    def test_lets_the_arrow_that_closes_a_circle_run_back(self) -> None:
        layout = lay(
            ("stores", "kitchen"), ("kitchen", "desk"), ("desk", "stores"), ("stores", "desk")
        )

        assert layout.backwards == {("desk", "stores")}
        way = layout.ways["desk", "stores"]
        assert way[0] == layout.nodes["desk"]
        assert way[-1] == layout.nodes["stores"]

    def test_uncrosses_what_need_not_cross(self) -> None:
        nodes = lay(("a", "z"), ("b", "y"), ("c", "x")).nodes

        assert [nodes[code][1] for code in "abc"] == [nodes[code][1] for code in "zyx"]

    def test_shares_columns_where_service_takes_many_steps(self) -> None:
        chain = [(f"t{n:03}", f"t{n + 1:03}") for n in range(200)]

        assert len(arrange(chain).columns) == MOST_COLUMNS

    @given(PAIRS)
    def test_keeps_everything_inside_and_apart(self, pairs: set[Pair]) -> None:
        layout = lay_out(pairs, width=900, height=300)

        assert set(layout.nodes) == {code for pair in pairs for code in pair}
        assert set(layout.ways) == pairs
        assert all(0 < x < 900 and 0 < y < 300 for x, y in layout.nodes.values())
        assert len(set(layout.nodes.values())) == len(layout.nodes)
        for (provider, consumer), way in layout.ways.items():
            assert (way[0], way[-1]) == (layout.nodes[provider], layout.nodes[consumer])
            back = (provider, consumer) in layout.backwards
            steps = [after[0] - before[0] for before, after in pairwise(way)]
            assert all(step <= 0 if back else step >= 0 for step in steps)

    @given(PAIRS)
    def test_draws_the_same_arrows_the_same_way(self, pairs: set[Pair]) -> None:
        in_order = sorted(pairs)

        assert arrange(in_order) == arrange(reversed(in_order))

"""Boxes and arrows of who serves whom."""

from hypothesis import given
from hypothesis import strategies as st

from survey.console.services.drawing import BOX_HEIGHT, BOX_WIDTH, draw
from survey.organization.serving import Arrow

CODES = st.sampled_from([f"t{number}" for number in range(40)])
PAIRS = st.sets(st.tuples(CODES, CODES).filter(lambda pair: pair[0] != pair[1]), min_size=1)


def arrow(provider: str, consumer: str) -> Arrow:
    return Arrow(1, provider, provider.upper(), 2, consumer, consumer.upper(), "")


class TestDraw:
    def test_draws_an_arrow_from_side_to_side(self) -> None:
        picture = draw([arrow("a", "b")])

        assert (picture.width, picture.height) == (660, 60)
        assert [(box.x, box.y, box.label) for box in picture.boxes] == [
            (83, 13, "A"),
            (413, 13, "B"),
        ]
        assert picture.lines[0].way == "M247 30C326 30 326 30 404 30"
        assert picture.lines[0].tip == "M403 25L413 30L403 35Z"
        assert not picture.has_back

    def test_leads_the_way_back_beside_the_way_there(self) -> None:
        picture = draw([arrow("a", "b"), arrow("b", "a")])

        assert picture.has_back
        assert {line.way for line in picture.lines} == {
            "M247 30C326 30 326 30 404 30",
            "M413 37C334 37 334 37 256 37",
        }

    def test_cuts_long_names_and_keeps_them_whole_beside(self) -> None:
        picture = draw([arrow("goods-in-and-out-of-the-store", "b")])

        assert picture.boxes[0].label == "GOODS-IN-AND-OUT-OF…"
        assert picture.boxes[0].name == "GOODS-IN-AND-OUT-OF-THE-STORE"

    def test_lists_dominoes_in_the_order_in_which_they_fall(self) -> None:
        picture = draw(
            [arrow("kitchen", "desk"), arrow("stores", "kitchen"), arrow("stores", "desk")]
        )

        assert [(one.name, one.serves) for one in picture.dominoes] == [
            ("STORES", ("DESK", "KITCHEN")),
            ("KITCHEN", ("DESK",)),
        ]

    def test_bows_where_many_steps_share_a_column(self) -> None:
        picture = draw([arrow(f"t{n:02}", f"t{n + 1:02}") for n in range(30)])

        assert picture.width == 2300
        assert len(picture.lines) == 30

    @given(PAIRS)
    def test_keeps_boxes_inside_and_apart(self, pairs: set[tuple[str, str]]) -> None:
        picture = draw([arrow(*pair) for pair in sorted(pairs)])

        places = [(box.x, box.y) for box in picture.boxes]
        assert all(
            0 <= x <= picture.width - BOX_WIDTH and 0 <= y <= picture.height - BOX_HEIGHT
            for x, y in places
        )
        assert all(
            abs(x - other_x) > BOX_WIDTH or abs(y - other_y) > BOX_HEIGHT
            for at, (x, y) in enumerate(places)
            for other_x, other_y in places[:at]
        )

"""The draw of who rates which serving teams."""

from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.arrow_draw import ArrowKey, count_raters, draw_arrows

ARROWS: list[ArrowKey] = [(provider, 100 + provider) for provider in range(1, 9)]
SOME = st.lists(st.sampled_from(ARROWS), unique=True, max_size=8)


class TestDrawArrows:
    def test_asks_nobody_for_more_than_may_be_asked(self) -> None:
        drawn = draw_arrows(eligible=dict.fromkeys(range(30), ARROWS), at_most=3, seed="x")

        assert {len(arrows) for arrows in drawn.values()} == {3}
        assert all(len(set(arrows)) == 3 for arrows in drawn.values())

    def test_asks_for_all_where_these_are_few(self) -> None:
        drawn = draw_arrows(eligible={1: ARROWS[:2], 2: []}, at_most=3, seed="x")

        assert {person: set(arrows) for person, arrows in drawn.items()} == {1: set(ARROWS[:2])}

    def test_is_the_same_again_and_another_for_another_wave(self) -> None:
        eligible = dict.fromkeys(range(30), ARROWS)

        assert draw_arrows(eligible=eligible, at_most=2, seed="a") == draw_arrows(
            eligible=dict(reversed(eligible.items())), at_most=2, seed="a"
        )
        assert draw_arrows(eligible=eligible, at_most=2, seed="a") != draw_arrows(
            eligible=eligible, at_most=2, seed="b"
        )

    def test_helps_an_arrow_out_that_few_could_rate(self) -> None:
        rare, common = (1, 100), [(provider, 200) for provider in range(2, 6)]
        eligible = dict.fromkeys(range(20), common)
        eligible |= {person: [rare, *common] for person in range(20, 28)}

        drawn = draw_arrows(eligible=eligible, at_most=2, seed="x")

        assert count_raters(drawn)[rare] >= 6  # drawn evenly without a look at the rest: 3 or so

    @given(
        parts=st.lists(st.tuples(st.integers(0, 12), SOME), max_size=5),
        at_most=st.integers(1, 5),
        seed=st.text(max_size=3),
    )
    def test_covers_arrows_with_the_same_raters_evenly(
        self, parts: list[tuple[int, list[ArrowKey]]], at_most: int, seed: str
    ) -> None:
        eligible: dict[int, list[ArrowKey]] = {}
        for n, arrows in parts:
            eligible |= dict.fromkeys(range(len(eligible), len(eligible) + n), arrows)

        drawn = draw_arrows(eligible=eligible, at_most=at_most, seed=seed)

        raters = count_raters(drawn)
        for person, arrows in eligible.items():
            chosen = drawn.get(person, ())
            assert len(chosen) == min(at_most, len(arrows))
            assert set(chosen) <= set(arrows)
        could = {
            arrow: frozenset(person for person, arrows in eligible.items() if arrow in arrows)
            for arrow in ARROWS
        }
        for one in ARROWS:
            for other in ARROWS:
                if could[one] == could[other]:
                    assert abs(raters[one] - raters[other]) <= 1


class TestCountRaters:
    def test_counts_each_person_once_for_each_arrow(self) -> None:
        drawn = {1: (ARROWS[0], ARROWS[1]), 2: (ARROWS[0],)}

        assert count_raters(drawn) == {ARROWS[0]: 2, ARROWS[1]: 1}

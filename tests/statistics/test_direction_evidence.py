"""The questions that the judgement of a direction asks of what is known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.direction_evidence import Arrow, Order

SAID = Arrow(0.3, 0.2, 0.4, 0.01)
SILENT = Arrow(0.05, -0.05, 0.15, 0.4)
ONE_WAY = Order(
    from_ex=SAID,
    from_cx=SILENT,
    difference=Arrow(0.25, 0.1, 0.4),
    ex_label="fairness",
    cx_label="treatment",
    n_teams=38,
    n_waves=14,
    n_left_out=0,
    is_early=False,
    reason="",
)
known = st.none() | st.floats(-1, 1)
arrows = st.builds(Arrow, known, known, known, st.none() | st.floats(0, 1))


def negative(arrow: Arrow) -> Arrow:
    return Arrow(-(arrow.estimate or 0), -(arrow.high or 0), -(arrow.low or 0), arrow.q_value)


def turned(order: Order) -> Order:
    return replace(
        order,
        from_ex=order.from_cx,
        from_cx=order.from_ex,
        difference=negative(order.difference),
    )


class TestSaidArrow:
    def test_has_nothing_against_it(self) -> None:
        for arrow in (SAID, negative(SAID)):
            assert arrow.is_known
            assert arrow.leaves_out_zero
            assert arrow.is_said
            assert not arrow.is_lost_among_many
        assert (SAID.is_positive, negative(SAID).is_positive) == (True, False)
        assert not Arrow(0.0, -0.1, 0.1).is_positive
        assert SAID.size == negative(SAID).size == 0.3
        assert SAID.half_width == pytest.approx(0.1)

    @pytest.mark.parametrize("name", ["estimate", "low", "high", "q_value"])
    def test_is_said_no_more_without_one_of_its_figures(self, name: str) -> None:
        lacking = replace(SAID, **{name: None})

        assert not lacking.is_said
        assert not lacking.is_known
        assert not lacking.is_lost_among_many

    @pytest.mark.parametrize(
        "arrow",
        [
            Arrow(0.3, 0.0, 0.4, 0.01),
            Arrow(0.3, -0.1, 0.4, 0.01),
            Arrow(-0.3, -0.4, 0.0, 0.01),
            Arrow(-0.3, 0.1, 0.4, 0.01),
            Arrow(0.3, 0.1, -0.4, 0.01),
            Arrow(0.0, 0.0, 0.0, 0.01),
        ],
    )
    def test_needs_an_interval_on_its_own_side(self, arrow: Arrow) -> None:
        assert not arrow.leaves_out_zero
        assert not arrow.is_said

    @pytest.mark.parametrize(("q_value", "is_said"), [(0.049, True), (0.05, False)])
    def test_needs_a_small_q(self, q_value: float, is_said: bool) -> None:
        arrow = replace(SAID, q_value=q_value)

        assert (arrow.is_said, arrow.is_lost_among_many) == (is_said, not is_said)


class TestOrder:
    def test_knows_who_is_first(self) -> None:
        assert ONE_WAY.is_ex_first
        assert ONE_WAY.is_ex_before
        assert not ONE_WAY.is_cx_before
        assert not ONE_WAY.is_cx_first
        assert not ONE_WAY.is_both

    @given(arrows, arrows, arrows)
    def test_turns_round_with_its_arrows(self, ex: Arrow, cx: Arrow, difference: Arrow) -> None:
        order = replace(ONE_WAY, from_ex=ex, from_cx=cx, difference=difference)
        other = turned(order)

        assert order.is_ex_before == other.is_cx_before
        assert order.is_both == other.is_both
        assert not order.is_ex_first or order.is_ex_before
        assert not order.is_cx_first or order.is_cx_before
        assert order.is_both + order.is_ex_before + order.is_cx_before <= 1

    def test_is_first_the_other_way_round(self) -> None:
        assert turned(ONE_WAY).is_cx_first
        assert not turned(ONE_WAY).is_ex_first

    @pytest.mark.parametrize(
        "changes",
        [
            {"difference": Arrow(0.25, -0.01, 0.5)},
            {"difference": Arrow(None, None, None)},
            {"from_cx": Arrow(0.35, -0.05, 0.75, 0.4)},
            {"from_cx": Arrow(0.05, -0.05, 0.15, None)},
            {"from_cx": Arrow(None, None, None, None)},
        ],
    )
    def test_needs_arrows_that_are_known_to_differ(self, changes: dict[str, Arrow]) -> None:
        order = replace(ONE_WAY, **changes)

        assert order.is_ex_before
        assert not order.is_ex_first

    @pytest.mark.parametrize(
        ("reverse", "is_first"),
        [(-0.01, True), (-0.12, True), (-0.15, True), (-0.16, False), (-0.29, False)],
    )
    def test_tells_strength_from_sign(self, reverse: float, is_first: bool) -> None:
        order = replace(
            ONE_WAY,
            from_cx=Arrow(reverse, reverse - 0.1, reverse + 0.1, 0.06),
            difference=Arrow(0.3 - reverse, 0.16 - reverse, 0.44 - reverse),
        )

        assert order.is_ex_first is is_first
        assert turned(order).is_cx_first is is_first

    def test_has_both_arrows(self) -> None:
        order = replace(ONE_WAY, from_cx=negative(SAID))

        assert order.is_both
        assert not order.is_ex_before
        assert not order.is_cx_before

    @pytest.mark.parametrize(
        ("n_teams", "n_waves", "few"),
        [(19, 6, (True, False)), (20, 5, (False, True)), (20, 6, (False, False))],
    )
    def test_knows_what_it_lacks(self, n_teams: int, n_waves: int, few: tuple[bool, bool]) -> None:
        order = replace(ONE_WAY, n_teams=n_teams, n_waves=n_waves)

        assert (order.has_too_few_teams, order.has_too_few_waves) == few
        assert not order.is_too_short
        assert replace(order, reason="needs more").is_too_short

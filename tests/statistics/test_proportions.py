import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.statistics.proportions import wilson


class TestWilson:
    def test_agrees_with_the_published_example(self) -> None:
        """Newcombe 1998, table I: 81 of 263 and 15 of 148."""
        found = wilson(81, 263)
        assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
        found = wilson(15, 148)
        assert (found.low, found.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)

    @pytest.mark.parametrize(("successes", "low", "high"), [(0, 0, 0.1611), (20, 0.8389, 1)])
    def test_stays_open_at_the_ends(self, successes: int, low: float, high: float) -> None:
        found = wilson(successes, 20)

        assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)

    def test_shrinks_as_more_of_all_people_answer(self) -> None:
        widths = [
            wilson(6, 12, population=population).high - wilson(6, 12, population=population).low
            for population in (13, 20, 100, 10_000)
        ]

        assert widths == sorted(widths)
        assert widths[-1] == pytest.approx(wilson(6, 12).high - wilson(6, 12).low, abs=1e-3)

    @pytest.mark.parametrize("population", [10**30, float("inf")])
    def test_grows_to_the_plain_interval(self, population: float) -> None:
        found, plain = wilson(3, 12, population=population), wilson(3, 12)

        assert (found.low, found.high) == pytest.approx((plain.low, plain.high))

    def test_is_a_point_once_all_have_answered(self) -> None:
        found = wilson(3, 12, population=12)

        assert (found.low, found.high, found.reason) == (0.25, 0.25, "all answered")

    def test_does_not_believe_a_population_smaller_than_the_answers(self) -> None:
        assert wilson(3, 12, population=5) == wilson(3, 12)

    @given(st.integers(1, 200), st.data())
    def test_holds_the_share(self, n: int, data: st.DataObject) -> None:
        found = wilson(data.draw(st.integers(0, n)), n)

        assert 0 <= found.low <= found.share + 1e-12
        assert found.share - 1e-12 <= found.high <= 1

    @pytest.mark.parametrize(("successes", "n"), [(0, 0), (3, 2), (-1, 5)])
    def test_knows_nothing_where_there_is_nothing(self, successes: int, n: int) -> None:
        found = wilson(successes, n)

        assert (found.share, found.low, found.high) == (None, None, None)
        assert found.reason

"""The scales of both sides, and which groups can be compared on them."""

from datetime import date

import pytest

from survey.linkage.alignment import align
from survey.linkage.sides import count_coverage, read_sides
from survey.linkage.tables import FEWEST_CUSTOMERS
from survey.linkage.units import read_units
from tests.factories.linkage import ask_customers, ask_employees, make_company, release_all
from tests.linkage.material import make_units

NAN = float("nan")


class TestCountCoverage:
    def test_gives_every_group_one_reason(self) -> None:
        sizes = [FEWEST_CUSTOMERS, FEWEST_CUSTOMERS - 1, 500, 50]
        units = make_units({"fair": [1, 2, 3, NAN]}, {"care": [1, 2, NAN, 4]}, n_cx=sizes)

        assert count_coverage(units, [1, 2, 3, 4]) == {
            "n_groups": 4,
            "n_compared": 1,
            "n_not_shown": 1,
            "n_no_customers": 1,
            "n_few_customers": 1,
        }

    def test_counts_nothing_in_an_empty_scope(self) -> None:
        units = make_units({"fair": [1, 2]}, {"care": [1, 2]})
        assert set(count_coverage(units, []).values()) == {0}


@pytest.mark.django_db
class TestReadSides:
    def test_takes_the_released_scales_in_the_order_they_were_asked(self) -> None:
        from_ten = make_company(10)
        scores = {code: 2 + at % 3 for at, code in enumerate(from_ten.teams)}
        ask_employees(from_ten, scores)
        ask_customers(from_ten, scores, day=date(2026, 3, 10))
        release_all()
        (aligned,) = align(from_ten.pairing)
        (units,) = read_units([aligned])
        sides = read_sides(aligned, units)

        assert [side.scale for side in sides.ex] == ["fair", "care", "recommend"]
        assert [side.scale for side in sides.cx] == ["cx_fair", "cx_care", "cx_recommend"]
        assert sides.ex[0].phrase == "how high fair is"
        assert sides.pairs()[1] == (sides.ex[0], sides.cx[1])

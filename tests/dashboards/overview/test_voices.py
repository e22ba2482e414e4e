"""The two sides of the page."""

import pytest

from survey.accounts.models import User
from survey.dashboards.access import find_reader
from survey.dashboards.overview.voices import (
    Voice,
    list_voices,
    read_first_profile,
    read_recommend,
)
from survey.dashboards.scores import read_score
from survey.dashboards.sides import choose_sides
from tests.dashboards.overview.material import kinds, recommend
from tests.dashboards.standings import Q1, Q2

pytest_plugins = ["tests.dashboards.overview.company"]


def listen(user: User, **wanted: str) -> tuple[Voice, ...]:
    chosen = choose_sides(reader=find_reader(user=user), wanted=wanted)
    assert chosen is not None
    return list_voices(chosen)


@pytest.mark.usefixtures("pairing")
class TestListVoices:
    def test_sorts_what_was_asked(self, alice: User) -> None:
        staff, customers = listen(alice)

        assert [one.code for one in staff.wholes] == [
            *("fairness", "passion", "seen", "execution"),
        ]
        assert [one.code for one in staff.lights] == ["survey_trust"]
        assert [one.code for one in staff.recommends] == ["recommend_work"]
        assert set(staff.profiles) == {"profile:passion"}
        assert [one.code for one in customers.wholes] == ["treatment", "ease", "satisfaction"]

    def test_names_facets_as_parts_before_items(self, alice: User) -> None:
        staff, customers = listen(alice)

        assert {one.is_item for one in staff.parts_of(staff.wholes[0])} == {False}
        assert [one.code for one in customers.parts_of(customers.wholes[0])] == [
            *("item:treated_friendly", "item:treated_concern"),
        ]

    def test_keeps_a_side_that_shows_nothing_now(self, alice: User) -> None:
        staff, _ = listen(alice, period=str(Q2), compare=str(Q1))

        assert staff.now == {}
        assert staff.before["fairness"]["mean"] == 60.0


class TestReadings:
    def test_take_a_recommend_score_with_its_margin(self) -> None:
        score = read_score(read_recommend(recommend(12, n=77)))

        assert score is not None
        assert (score.mean, score.low, score.high, score.n) == (12, 7, 17, 77)
        assert score.se == pytest.approx(5 / 1.959964, rel=1e-6)

    def test_know_no_error_without_bounds(self) -> None:
        said = kinds(22, 57, 21) | {"low": None, "high": None}

        assert read_first_profile(said)["se"] is None

    def test_know_no_recommend_score_where_none_was_printed(self) -> None:
        unknown = {"recommend": {"score": None, "low": None, "high": None}}

        assert read_recommend(recommend(12) | {"detail": unknown}) is None
        assert read_recommend(recommend(12) | {"detail": {}}) is None

    @pytest.mark.usefixtures("pairing")
    def test_leave_a_score_out_that_was_not_printed(self, alice: User) -> None:
        staff, _ = listen(alice)
        known = staff.lines_of(staff.recommends, read_recommend)
        unknown = staff.lines_of(staff.recommends, lambda said: None)

        assert [one.measure.code for one in known] == ["recommend_work"]
        assert unknown == []

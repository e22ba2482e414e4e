"""Then and now of one measure."""

import pytest

from survey.dashboards.compare.rows import Row, build_rows, count_changes, find_reach
from survey.dashboards.measures import Measure
from tests.dashboards.standings import said

FAIR = {"fair": Measure("fair", "Fairness", "fairness")}


def row(
    then: dict[str, object] | None, now: dict[str, object] | None, *, asked: bool = True
) -> Row:
    codes = ["fair"] if asked else []
    (found,) = build_rows(
        FAIR,
        then={} if then is None else {"fair": then},
        now={} if now is None else {"fair": now},
        asked_then=codes,
        asked_now=codes,
    )
    return found


class TestBuildRows:
    @pytest.mark.parametrize(
        ("then", "now", "word"),
        [(60.0, 66.0, "higher"), (66.0, 60.0, "lower"), (60.0, 62.0, "no clear change")],
    )
    def test_calls_a_change_what_leaves_its_margin(
        self, then: float, now: float, word: str
    ) -> None:
        found = row(said(then), said(now))

        assert found.word == word
        assert found.value == now - then
        assert found.margin == pytest.approx(1.96 * 8**0.5, abs=0.01)
        assert found.has_changed is (word != "no clear change")

    def test_has_no_word_without_a_margin(self) -> None:
        found = row(said(60.0, se=None), said(90.0))

        assert found.word == "margin not known"
        assert found.value == 30.0
        assert (found.low, found.margin, found.has_changed) == (None, None, False)

    def test_tells_not_asked_from_not_shown(self) -> None:
        assert row(None, said(60.0)).why == "not shown then"
        assert row(None, said(60.0), asked=False).why == "not asked then"
        assert row(said(60.0), None).why == "not shown now"
        assert row(said(60.0), None, asked=False).why == "not asked now"
        assert row(None, said(60.0)).word == "no comparison"

    def test_shows_no_change_of_fewer_than_ten_people(self) -> None:
        found = row(said(60.0, n=9), said(90.0))

        assert (found.word, found.why) == ("no comparison", "fewer than ten people")
        assert not found.has_changed

    def test_compares_nothing_that_is_worded_differently(self) -> None:
        told = {"then": {"fair": said(60.0)}, "now": {"fair": said(90.0)}}
        asked = {"asked_then": ["fair"], "asked_now": ["fair"]}

        (found,) = build_rows(FAIR, **told, **asked, reworded=["fair"])

        assert found.word == "no comparison"
        assert found.why == "worded differently: not comparable"
        assert not found.has_changed


class TestFindReach:
    def test_holds_every_margin(self) -> None:
        reach = find_reach([row(said(60.0), said(66.0))])

        assert (reach.start, reach.end) == (-15.0, 15.0)
        assert find_reach([]).end == 5.0


class TestCountChanges:
    def test_counts_only_what_has_a_margin(self) -> None:
        rows = [
            row(said(60.0), said(80.0)),
            row(said(60.0, se=None), said(9.0)),
            row(None, said(1.0)),
        ]

        assert count_changes(rows) == (1, 1)

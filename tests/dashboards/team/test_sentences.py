"""The sentences of a team page, one by one."""

from dataclasses import replace
from typing import Any

import pytest

from survey.aggregation.models import Release
from survey.campaigns.models import Campaign
from survey.dashboards.measures import Measure
from survey.dashboards.scores import Line, build_lines
from survey.dashboards.team.sentences import find_gap, write_changes, write_headline
from survey.dashboards.team.side import Side
from survey.questionnaires.models import Audience
from tests.dashboards.standings import said

FAIR = Measure("fair", "Fairness", "how fairly people are treated")
TREAT = Measure("treat", "Treatment", "how well customers feel treated")


def make_line(
    measure: Measure, mean: float | None, *, before: float | None = None, **more: Any
) -> Line:
    """Return a line with a median of 70, a margin of 4 and, if told, a score before."""
    now = {} if mean is None else {measure.code: said(mean, **more)}
    then = {} if before is None else {measure.code: said(before)}
    middle = {measure.code: {"teams": {"n": 9, "median": 70.0}}}
    lines = build_lines([measure], now=now, before=then, medians=middle)
    return lines[0] if lines else Line(measure, None, None, 70.0, None)


def make_side(audience: str, *lines: Line) -> Side:
    return Side(
        campaign=Campaign(audience=audience), releases=(Release(),), measures={}, lines=lines,
        items=(), now={}, n_teams=9, asked_before=frozenset(), neighbours=(),
    )  # fmt: skip


def staff(mean: float | None, **more: Any) -> Side:
    return make_side(Audience.EMPLOYEE, make_line(FAIR, mean, **more))


def customers(mean: float | None, **more: Any) -> Side:
    return make_side(Audience.CUSTOMER, make_line(TREAT, mean, **more))


class TestFindGap:
    @pytest.mark.parametrize(
        ("mean", "direction"), [(80.0, 1), (60.0, -1), (73.0, 0), (67.0, 0), (70.0, 0)]
    )
    def test_tells_a_gap_only_beyond_the_margin(self, mean: float, direction: int) -> None:
        gap = find_gap("staff", make_line(FAIR, mean))

        assert gap is not None
        assert (gap.direction, gap.is_known) == (direction, True)

    def test_is_not_known_without_a_margin(self) -> None:
        gap = find_gap("staff", make_line(FAIR, 20.0, se=None))

        assert gap is not None
        assert (gap.direction, gap.is_known) == (0, False)

    def test_is_nothing_where_a_figure_or_the_median_is_not_shown(self) -> None:
        assert find_gap("staff", None) is None
        assert find_gap("staff", make_line(FAIR, None)) is None
        assert find_gap("staff", replace(make_line(FAIR, 60.0), median=None)) is None


class TestWriteHeadline:
    @pytest.mark.parametrize(
        ("inside", "outside", "sentences"),
        [
            (53.0, 80.0, [
                "Staff here score how fairly people are treated lower than in the median team.",
                "Customers here score how well customers feel treated higher than in the median "
                "team.",
                "Both gaps are larger than their margins.",
            ]),
            (53.0, 71.0, [
                "Staff here score how fairly people are treated lower than in the median team.",
                "What customers say here of how well customers feel treated can’t be told from "
                "the median team.",
                "Only the gap inside is larger than its margin.",
            ]),
            (70.0, 53.0, [
                "What staff say here of how fairly people are treated can’t be told from the "
                "median team.",
                "Customers here score how well customers feel treated lower than in the median "
                "team.",
                "Only the gap outside is larger than its margin.",
            ]),
            (70.0, 71.0, [
                "What staff say here of how fairly people are treated can’t be told from the "
                "median team.",
                "Nor can what customers say of how well customers feel treated.",
                "Neither gap is larger than its margin.",
            ]),
            (None, 80.0, [
                "What staff say of how fairly people are treated is not shown.",
                "Customers here score how well customers feel treated higher than in the median "
                "team.",
                "The gap is larger than its margin.",
            ]),
            (None, 71.0, [
                "What staff say of how fairly people are treated is not shown.",
                "What customers say here of how well customers feel treated can’t be told from "
                "the median team.",
                "The gap is not larger than its margin.",
            ]),
        ],
    )  # fmt: skip
    def test_says_where_each_side_lies_and_whether_that_can_be_told(
        self, inside: float | None, outside: float | None, sentences: list[str]
    ) -> None:
        assert write_headline([staff(inside), customers(outside)]) == sentences

    def test_says_that_margins_are_not_known(self) -> None:
        assert write_headline([staff(53.0, se=None)]) == [
            "The margins are not known for how fairly people are treated."
        ]

    def test_says_why_there_is_no_median(self) -> None:
        line = replace(make_line(FAIR, 53.0), median=None)
        few = make_side(Audience.EMPLOYEE, line)

        assert write_headline([few])[0].startswith("Too few teams show figures")
        assert write_headline([replace(few, n_teams=0)])[0].startswith("It is not worked out yet")
        assert write_headline([few, few])[1] == "Nor for how fairly people are treated."

    def test_tells_nothing_shown_from_nothing_known(self) -> None:
        nothing = make_side(Audience.EMPLOYEE)

        assert write_headline([nothing]) == ["What staff say here is not shown."]
        assert write_headline([replace(nothing, releases=())]) == [
            "What staff say here is not known for this time."
        ]


class TestWriteChanges:
    def test_names_what_changed_by_more_than_its_margin(self) -> None:
        side = make_side(
            Audience.EMPLOYEE,
            make_line(FAIR, 53.0, before=70.0),
            make_line(replace(FAIR, code="passion", name="Passion"), 80.0, before=60.0),
            make_line(replace(FAIR, code="care", name="Care"), 70.0, before=68.0),
        )

        assert write_changes(side, since="Q2 2026") == (
            "Staff now score Fairness lower and Passion higher than in Q2 2026."
        )

    def test_leaves_parts_and_lights_out(self) -> None:
        part = replace(FAIR, code="fair_word", whole="fair")
        light = replace(FAIR, code="trust", is_light=True)
        side = make_side(
            Audience.EMPLOYEE,
            make_line(FAIR, 70.0, before=70.0),
            make_line(part, 50.0, before=70.0),
            make_line(light, 50.0, before=70.0),
        )

        assert write_changes(side, since="Q2 2026") == (
            "What staff say has not clearly changed since Q2 2026."
        )

    def test_says_that_nothing_can_be_compared(self) -> None:
        assert write_changes(customers(70.0), since="Q2 2026") == (
            "What customers say can’t be compared with Q2 2026."
        )

    def test_says_nothing_without_an_earlier_period_or_a_figure(self) -> None:
        assert write_changes(staff(70.0), since="") == ""
        assert write_changes(staff(None, before=70.0), since="Q2 2026") == ""

"""The headline: what moved, and what chance alone would move."""

import pytest

from survey.dashboards.measures import Measure
from survey.dashboards.overview.moved import Headline, Told, spell, write_headline
from survey.dashboards.overview.voices import CUSTOMERS, STAFF, Style
from survey.dashboards.scores import build_lines
from tests.dashboards.standings import said


def told(style: Style, name: str, before: float | None, now: float, **how: bool) -> Told:
    (line,) = build_lines(
        [Measure("x", name, name)],
        now={"x": said(now)},
        before={} if before is None else {"x": said(before)},
        medians={},
    )
    return Told(style, line, **how)


def write(*measures: Told) -> Headline:
    return write_headline(measures, period="Q3 2026", before="Q2 2026")


class TestWriteHeadline:
    def test_says_what_moved_most_on_each_side(self) -> None:
        headline = write(
            told(STAFF, "Passion", 60.0, 67.0),
            told(STAFF, "Fairness", 60.0, 71.0),
            told(CUSTOMERS, "They cared.", 66.0, 56.0),
            told(CUSTOMERS, "Ease", 66.0, 66.4),
        )

        assert headline.sentences == (
            "Staff score “Fairness” higher than in Q2 2026.",
            "Customers score “They cared” lower.",
        )
        assert [one.line.measure.name for one in headline.moved] == [
            *("Fairness", "They cared.", "Passion"),
        ]
        assert headline.count == "Three of 4 measures moved. Chance alone would move hardly any."

    @pytest.mark.parametrize(
        ("before", "sentence"),
        [
            (10.0, "More staff are passionate than in Q2 2026."),
            (40.0, "Fewer staff are passionate than in Q2 2026."),
        ],
    )
    def test_tells_shares_as_more_or_fewer_people(self, before: float, sentence: str) -> None:
        headline = write(told(STAFF, "Passionate", before, 25.0, is_share=True))

        assert headline.sentences == (sentence,)
        assert headline.count.startswith("One of one measure moved.")

    def test_says_so_when_nothing_moved(self) -> None:
        headline = write(told(STAFF, "Fairness", 60.0, 62.0))

        assert headline.sentences == ("Nothing moved by more than its margin since Q2 2026.",)
        assert headline.moved == ()

    def test_says_so_when_there_is_nothing_to_compare_with(self) -> None:
        headline = write(told(STAFF, "Fairness", None, 62.0))

        assert "nothing to compare them with" in headline.sentences[0]
        assert headline.n_measures == 0

    def test_names_four_moves_and_counts_all(self) -> None:
        headline = write(*(told(STAFF, f"S{at}", 50.0, 60.0 + at) for at in range(6)))

        assert [one.line.measure.name for one in headline.moved] == ["S5", "S4", "S3", "S2"]
        assert headline.n_moved == 6

    @pytest.mark.parametrize(("number", "chance"), [(9, "hardly any"), (11, "about one"),
                                                    (40, "about two")])  # fmt: skip
    def test_counts_what_chance_would_move(self, number: int, chance: str) -> None:
        headline = write(*[told(STAFF, "S", 60.0, 60.0)] * number)

        assert (
            headline.count == f"None of {number} measures moved. Chance alone would move {chance}."
        )


class TestSpell:
    def test_writes_letters_up_to_ten(self) -> None:
        assert [spell(number) for number in (0, 3, 10, 11)] == ["None", "Three", "Ten", "11"]

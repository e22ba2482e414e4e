"""A score over time, in words."""

from datetime import date, timedelta

import pytest

from survey.dashboards.measures import Measure
from survey.dashboards.scores import Score
from survey.dashboards.team.steadiness import Point, Steadiness
from survey.statistics.steadiness import usual_range

TREAT = Measure("treat", "Treatment", "how well customers feel treated")
STEADY = [68.0, 64.0, 70.0, 66.0, 67.0, 65.0, 69.0, 67.0]


def make_steadiness(means: list[float | None]) -> Steadiness:
    """Follow some means, month by month, with a margin of four."""
    usual = usual_range(means, [None if one is None else 2.0 for one in means])
    points = []
    for at, mean in enumerate(means):
        label = f"{date(2026, 1, 1) + timedelta(days=31 * at):%B}"
        score = None if mean is None else Score(mean, 2.0, mean - 4, mean + 4, 20)
        word = "below" if usual.low is not None and mean and mean < usual.low else "inside"
        word = "above" if usual.high is not None and mean and mean > usual.high else word
        points.append(Point(label, score, word if score else "not shown", at in usual.outside))
    return Steadiness("customers", TREAT, tuple(points), usual, "month", ())


class TestSentences:
    def test_calls_steady_what_stays_inside(self) -> None:
        (sentence,) = make_steadiness(STEADY).sentences

        assert sentence.startswith("All 8 months lie in the usual range of ")

    @pytest.mark.parametrize(("last", "place"), [(40.0, "below"), (95.0, "above")])
    def test_names_what_lies_outside(self, last: float, place: str) -> None:
        (sentence,) = make_steadiness([*STEADY, last]).sentences

        assert sentence.startswith(f"September lies {place} the usual range of ")

    def test_names_several_in_one_sentence(self) -> None:
        (sentence,) = make_steadiness([*STEADY, 40.0, 41.0]).sentences

        assert sentence.startswith("September and October lie below")

    def test_tells_a_lasting_shift(self) -> None:
        shifted = [*[66.0] * 8, *[66.1] * 0, *[68.0] * 7]

        assert "on one side of the middle" not in " ".join(make_steadiness(shifted).sentences)
        assert "on one side of the middle" in " ".join(
            make_steadiness([66.0, 66.5] * 4 + [68.0] * 8).sentences
        )

    def test_says_how_many_are_missing_for_a_range(self) -> None:
        assert make_steadiness([68.0, None, 66.0]).sentences == [
            "From 6 months with a figure on we can say what is usual here; there are 2."
        ]

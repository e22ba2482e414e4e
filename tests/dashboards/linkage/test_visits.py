"""Teams worth a visit."""

from survey.dashboards.linkage.units import Unit
from survey.dashboards.linkage.visits import list_visits
from survey.linkage.printed import Margin


def unit(name: str, inside: float, outside: float, margin: float | None = 2.0) -> Unit:
    def side(mean: float) -> Margin:
        ends = (None, None) if margin is None else (mean - margin, mean + margin)
        return Margin(mean, *ends, 20)

    return Unit(name, name, "Food", side(inside), side(outside))


MIDDLE = [unit(f"m{place}", 60 + place / 10, 60 - place / 10) for place in range(7)]


class TestListVisits:
    def test_names_teams_whose_margins_lie_beyond_both_medians(self) -> None:
        visits = list_visits([*MIDDLE, unit("low", 40, 40), unit("high", 75, 80)])

        assert [(visit.name, visit.words.split(".")[0]) for visit in visits] == [
            ("low", "low on both"),
            ("high", "high on both"),
        ]

    def test_leaves_a_team_alone_whose_margin_reaches_the_middle(self) -> None:
        assert list_visits([*MIDDLE, unit("low", 40, 40, margin=25)]) == []

    def test_leaves_a_team_alone_whose_margin_is_not_known(self) -> None:
        assert list_visits([*MIDDLE, unit("low", 40, 40, margin=None)]) == []

    def test_names_at_most_three(self) -> None:
        lows = [unit(f"low{place}", 30 + place, 30) for place in range(5)]

        assert len(list_visits([*MIDDLE, *MIDDLE, *lows])) == 3

    def test_has_nobody_to_visit_without_teams(self) -> None:
        assert list_visits([]) == []

"""Which arrows are worth a visit."""

from survey.dashboards.cascade.arrows import Arrow, End, Score
from survey.dashboards.cascade.visits import list_visits


def arrow(mean: float, *, half: float = 4.0, is_pooled: bool = False) -> Arrow:
    code = f"t{mean:.0f}"
    score = Score(mean, mean - half, mean + half, 9)
    return Arrow(End(1, code, code), End(2, "desk", "Desk"), "", score, is_pooled=is_pooled)


class TestListVisits:
    def test_names_the_ones_that_stand_clear_of_the_middle_at_both_ends(self) -> None:
        found = list_visits([arrow(m) for m in (40, 44, 58, 60, 61, 75, 80, 90)], address="?x=1")

        assert [one.arrow.provider.code for one in found.low] == ["t40", "t44"]
        assert [one.arrow.provider.code for one in found.high] == ["t90", "t80"]
        assert found.low[0].words == "rated 40 ±4; the middle arrow has 60. Go and listen."
        assert found.high[0].words == "rated 90 ±4; the middle arrow has 60. Ask what they do."
        assert found.low[0].page == "?x=1&team=t40"

    def test_says_how_many_chance_alone_would_bring(self) -> None:
        found = list_visits([arrow(m) for m in range(30, 90)], address="")

        assert found.chance.startswith(f"{found.n_clear} of 60 arrows stand clear")
        assert found.chance.endswith("about 3.")

    def test_names_none_whose_margins_reach_the_middle(self) -> None:
        found = list_visits([arrow(m, half=40) for m in (40, 60, 80)], address="")

        assert found.all == ()
        assert found.chance == ""

    def test_blames_no_arrow_for_a_figure_that_several_share(self) -> None:
        shared = arrow(20, is_pooled=True)

        assert list_visits([shared, arrow(60), arrow(60)], address="").all == ()

    def test_has_nothing_to_say_of_nothing(self) -> None:
        assert list_visits([], address="").all == ()

"""What to know before acting, only where it is so."""

from django.utils.translation import override

from survey.dashboards.cascade.arrows import NOTHING, Arrow, End, Score
from survey.dashboards.cascade.caveats import list_caveats, name_circles
from survey.dashboards.cascade.chains import Chain, read_chains
from survey.linkage.models import CascadeStudy
from survey.statistics.cascade import TOO_ALIKE
from tests.dashboards.cascades import Row, make_chain

RATED = Score(50.0)


def arrow(one: str, other: str, score: Score = RATED, *, is_pooled: bool = False) -> Arrow:
    return Arrow(End(1, one, one), End(2, other, other), "", score, is_pooled=is_pooled)


def chain(**how: object) -> Chain:
    row: Row = make_chain() | how
    return read_chains(CascadeStudy(chains=[row]))[0]


def heads(whole: Chain, *arrows: Arrow) -> list[str]:
    return [head for head, _ in list_caveats(whole, arrows)]


class TestListCaveats:
    def test_always_says_what_supported_means_and_who_speaks_twice(self) -> None:
        assert heads(chain(n_arrows=200, p_value=None)) == [
            "“Supported”", "The same people speak twice.",
        ]  # fmt: skip

    def test_says_so_of_few_arrows_and_of_one_survey(self) -> None:
        found = heads(chain(n_arrows=25, n_waves=1))

        assert "Few pairs of teams." in found
        assert "One survey only." in found

    def test_says_so_of_steps_that_go_the_other_way(self) -> None:
        (whole,) = read_chains(CascadeStudy(chains=[make_chain(r=(-0.4, -0.2, 0.42))]))

        found = dict(list_caveats(whole, []))

        assert found["The other way round."] == (
            "Where teams were higher on the one they were lower on the other: How a team feels, "
            "and how those it serves rate it."
        )

    def test_blames_no_single_survey_where_several_teams_are_too_alike(self) -> None:
        assert "One survey only." not in heads(chain(n_waves=4, reason=TOO_ALIKE))

    def test_says_so_of_arrows_counted_together_not_shown_and_in_circles(self) -> None:
        found = dict(
            list_caveats(
                chain(),
                [arrow("a", "b"), arrow("b", "a", is_pooled=True), arrow("b", "c", NOTHING)],
            )
        )

        assert found["Counted together."].startswith("At 1 arrow too few")
        assert found["Not shown."].startswith("1 arrow has no figure")
        assert found["Circles."].endswith("a → b → a.")

    def test_points_round_a_circle_as_the_language_is_read(self) -> None:
        with override("ar"):
            found = "".join(
                dict(list_caveats(chain(), [arrow("a", "b"), arrow("b", "a")])).values()
            )

        assert "\u2068a\u2069 ← \u2068b\u2069 ← \u2068a\u2069" in found

    def test_names_two_circles_at_most(self) -> None:
        pairs = ("ab", "ba", "cd", "dc", "ef", "fe")

        found = dict(list_caveats(chain(), [arrow(*ends) for ends in pairs]))

        assert found["Circles."].endswith("a → b → a and c → d → c, and more.")

    def test_says_how_often_chance_wires_as_strongly(self) -> None:
        def told(p_value: float) -> str:
            return dict(list_caveats(chain(p_value=p_value), []))["Does it matter who serves whom?"]

        assert told(0.03).endswith("3 times in 100.")
        assert told(0.0005).endswith("less than once in 100 times.")


class TestNameCircles:
    def test_follows_no_line_that_ends(self) -> None:
        assert name_circles([arrow("a", "b"), arrow("b", "c")]) == []

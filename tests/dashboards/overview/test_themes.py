"""Which staff themes go with customers' scores."""

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.overview.pages import OverviewPage
from tests.dashboards.overview.material import build, make_ranks

pytest_plugins = ["tests.dashboards.overview.company"]


def rank(pairing: Pairing, ranks: list[tuple[str, int, int]], user: User) -> OverviewPage:
    make_ranks(pairing, pairing.ex.scope, ranks)
    return build(user)


class TestReadThemes:
    def test_are_ranked_as_stored(self, alice: User, pairing: Pairing) -> None:
        themes = rank(
            pairing, [("fairness", 1, 2), ("seen", 2, 3), ("passion", 2, 3)], alice
        ).themes

        assert themes is not None
        assert [(one.name, one.rank, one.rank_low, one.rank_high) for one in themes.themes] == [
            ("Fairness", 1, 1, 2),
            ("Being seen, voice, kindness", 2, 2, 3),
            ("Passion", 3, 2, 3),
        ]
        assert themes.outcome == "How customers are treated"
        assert themes.sentence == (
            "Of 3 staff themes, “Fairness” goes with it the most. It could also be second."
        )

    def test_say_when_nobody_can_tell_which_leads(self, alice: User, pairing: Pairing) -> None:
        themes = rank(pairing, [("fairness", 1, 2), ("seen", 1, 2)], alice).themes

        assert themes is not None
        assert themes.sentence == "Any of 2 staff themes could come first: nobody can tell."

    def test_say_when_one_leads_clearly(self, alice: User, pairing: Pairing) -> None:
        themes = rank(pairing, [("fairness", 1, 1), ("seen", 2, 2)], alice).themes

        assert themes is not None
        assert themes.sentence == "Of 2 staff themes, “Fairness” goes with it the most."

    def test_give_the_reason_where_nothing_is_ranked(self, alice: User, pairing: Pairing) -> None:
        themes = rank(pairing, [], alice).themes

        assert themes is not None
        assert themes.reason == "5 staff themes need 50 teams"

    def test_are_not_there_without_a_study(self, alice: User, pairing: Pairing) -> None:
        assert build(alice).themes is None

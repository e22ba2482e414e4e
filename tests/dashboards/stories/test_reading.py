"""Which words a reader may play back."""

import pytest

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.stories.reading import find_words, readable_words
from survey.followup.hiding import hide_comment
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]


def texts(user: User) -> list[str]:
    return sorted(row.comment.text for row in readable_words(find_reader(user=user)))


class TestReadableWords:
    def test_are_those_of_groups_that_hold_a_readers_teams_alone(
        self, alice: User, bob: User, charlie: User, team_sides: Pairing
    ) -> None:
        groups = release(team_sides.ex, everywhere("fair", 70.0))
        for code in ("bakery", "food", "garden"):
            write(groups[code], code)

        assert texts(alice) == ["bakery", "food", "garden"]
        assert (texts(bob), texts(charlie)) == (["bakery"], ["garden"])

    def test_are_none_of_a_pool_that_holds_other_teams_too(
        self, bob: User, charlie: User, team_sides: Pairing
    ) -> None:
        means = {"company": {"fair": 70.0}, "goods:smaller": {"fair": 70.0}}
        groups = release(team_sides.ex, means, pool=("garden", "shop"))
        write(groups["goods:smaller"], "Together")

        assert (texts(charlie), texts(bob)) == ([], [])

    def test_leave_out_what_is_hidden_and_what_has_no_leave(
        self, alice: User, team_sides: Pairing
    ) -> None:
        group = release(team_sides.ex, everywhere("fair", 70.0))["bakery"]
        write(group, "Between us", "NONE")
        hide_comment(comment=write(group, "Gone"), user=alice, reason="A name", now=CLOSED)

        assert texts(alice) == []

    def test_are_nothing_to_whoever_leads_nothing(
        self, team_sides: Pairing, organisation: Organisation
    ) -> None:
        write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], "Bread")

        assert texts(make_user("wim", Role.AUDITOR)) == []


class TestFindWords:
    def test_finds_no_words_of_others(self, bob: User, charlie: User, team_sides: Pairing) -> None:
        comment = write(release(team_sides.ex, everywhere("fair", 70.0))["bakery"], "Bread")

        assert find_words(find_reader(user=bob), str(comment.pk)).comment == comment
        with pytest.raises(UnknownChoiceError):
            find_words(find_reader(user=charlie), str(comment.pk))

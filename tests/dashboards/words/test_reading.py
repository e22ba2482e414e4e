"""Which words a reader may read, and which hidden ones they may bring back."""

import pytest

from survey.accounts.models import Grant, Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.words.reading import find_hidden, hidden_comments, readable_comments
from survey.followup.hiding import hide_comment
from tests.cast import Organisation, make_user
from tests.dashboards.team.staging import everywhere, release, write
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]

NOBODYS = "5e7d1c9a-0b1f-4b7e-9a57-3d2f8c6e4a11"
HOMES = ("company", "food", "bakery", "garden")


@pytest.fixture
def written(team_sides: Pairing) -> Pairing:
    """Words of a team, of another, of the part above the first, and of the whole company."""
    groups = release(team_sides.ex, everywhere("fair", 70.0))
    for code in HOMES:
        write(groups[code], code)
        hide_comment(
            comment=write(groups[code], f"hidden {code}"),
            user=make_user(f"who-{code}", Role.HR), reason="A name", now=CLOSED,
        )  # fmt: skip
    return team_sides


def texts(user: User) -> list[str]:
    return sorted(one.comment.text for one in readable_comments(find_reader(user=user)))


def hidden(user: User) -> list[str]:
    return sorted(one.comment.text for one in hidden_comments(find_reader(user=user)))


class TestReadableComments:
    def test_are_all_but_hidden_ones_to_the_offices(self, written: Pairing, alice: User) -> None:
        assert texts(alice) == sorted(HOMES)

    def test_are_those_of_a_part_to_whoever_leads_it_and_nothing_above_it(
        self, written: Pairing, organisation: Organisation, bob: User, charlie: User
    ) -> None:
        ann = make_user("ann", Role.LEADER, organisation.food)

        assert texts(ann) == ["bakery", "food"]
        assert (texts(bob), texts(charlie)) == (["bakery"], ["garden"])

    def test_are_those_of_no_part_to_whoever_leads_its_top_alone(
        self, written: Pairing, organisation: Organisation
    ) -> None:
        ann = make_user("ann", Role.TEAM_LEAD, organisation.food)

        assert texts(ann) == []


class TestHiddenComments:
    def test_are_the_offices_and_the_leaders_of_the_part(
        self, written: Pairing, organisation: Organisation, alice: User, charlie: User
    ) -> None:
        ann = make_user("ann", Role.LEADER, organisation.food)

        assert hidden(alice) == sorted(f"hidden {code}" for code in HOMES)
        assert hidden(ann) == ["hidden bakery", "hidden food"]
        assert hidden(charlie) == ["hidden garden"]

    def test_are_not_for_whom_they_may_be_about(
        self, written: Pairing, organisation: Organisation, charlie: User
    ) -> None:
        tom = make_user("tom", Role.TEAM_LEAD, organisation.bakery)
        Grant.objects.create(user=charlie, role=Role.TEAM_LEAD, team=organisation.bakery)

        assert hidden(tom) == []
        assert hidden(charlie) == ["hidden garden"]

    @pytest.mark.parametrize("wanted", ["", "x", NOBODYS])
    def test_are_not_there_where_an_address_names_none(
        self, written: Pairing, alice: User, wanted: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            find_hidden(find_reader(user=alice), wanted)

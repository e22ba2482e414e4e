"""Which cascade a page is about."""

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.cascade.choices import Chosen, choose_cascade, readable_cascades
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.trees import read_tree
from survey.linkage.models import CascadeStudy
from tests.cast import Organisation
from tests.dashboards.cascades import make_cascade
from tests.dashboards.studies import SPRING, SUMMER

pytest_plugins = ["tests.dashboards.company"]


@pytest.fixture
def cascades(organisation: Organisation, both_sides: Pairing) -> None:
    """Two quarters of the company and one of Bakery."""
    for scope, start in (
        (organisation.company, SPRING), (organisation.company, SUMMER),
        (organisation.bakery, SPRING),
    ):  # fmt: skip
        make_cascade(both_sides, scope, [], period_start=start)


def choose(user: User, **wanted: str) -> CascadeStudy:
    found = readable_cascades(find_reader(user=user))
    picked = choose_cascade(found, wanted=wanted, tree=read_tree())
    assert picked is not None
    return picked[0]


@pytest.mark.usefixtures("cascades")
class TestChooseCascade:
    def test_begins_with_the_newest_of_the_widest_part(self, alice: User) -> None:
        study = choose(alice)

        assert (study.scope.code, study.period_start) == ("company", SUMMER)

    def test_keeps_the_part_where_it_has_no_such_period(self, alice: User) -> None:
        study = choose(alice, part="bakery", period=SUMMER.isoformat())

        assert (study.scope.code, study.period_start) == ("bakery", SPRING)

    def test_gives_a_leader_their_own_part_alone(self, bob: User) -> None:
        assert choose(bob).scope.code == "bakery"
        with pytest.raises(UnknownChoiceError):
            choose(bob, part="company")

    def test_finds_nothing_for_the_leader_of_another(self, charlie: User) -> None:
        found = readable_cascades(find_reader(user=charlie))

        assert choose_cascade(found, wanted={}, tree=read_tree()) is None

    def test_lists_what_else_there_is(self, alice: User) -> None:
        found = readable_cascades(find_reader(user=alice))
        picked = choose_cascade(found, wanted={}, tree=read_tree())

        assert picked is not None
        lists = {one.name: [option.value for option in one.options] for one in picked[1]}
        assert lists == {
            "period": [SUMMER.isoformat(), SPRING.isoformat()], "part": ["company", "bakery"],
        }  # fmt: skip


@pytest.mark.usefixtures("cascades")
class TestChosen:
    def test_leads_back_to_what_was_chosen_and_to_what_was_changed(self, alice: User) -> None:
        chosen = Chosen(choose(alice), (), chain="a, b")

        start = "?pairing=both&period=2026-07-01&part=company"
        assert chosen.address() == f"{start}&chain=a%2C+b"
        assert chosen.address(chain="", team="x") == f"{start}&team=x"
        assert chosen.period == "Q3 2026"

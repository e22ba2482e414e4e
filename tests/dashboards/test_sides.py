"""Which part and which period a page is about."""

import pytest

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.sides import Chosen, choose_sides
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.dashboards.standings import Q1, Q2, Q3, make_standing, said
from tests.dashboards.studies import make_pairing


@pytest.fixture
def pairing(organisation: Organisation) -> Pairing:
    """Two quarters of staff and three of customers, over the company, Food and Goods."""
    pairing = make_pairing(organisation.company)
    for scope in (organisation.company, organisation.food, organisation.goods):
        for start in (Q1, Q3):
            make_standing(pairing.ex, scope, start, {"fairness": said(60.0)})
        for start in (Q1, Q2, Q3):
            make_standing(pairing.cx, scope, start, {"treatment": said(70.0)})
    return pairing


def choose(user: User, **wanted: str) -> Chosen:
    found = choose_sides(reader=find_reader(user=user), wanted=wanted)
    assert found is not None
    return found


def labels(chosen: Chosen, name: str) -> list[str]:
    return [option.label for one in chosen.filters if one.name == name for option in one.options]


class TestChooseSides:
    def test_begins_with_the_newest_of_the_widest_part(self, alice: User, pairing: Pairing) -> None:
        chosen = choose(alice)

        assert (chosen.scope.code, chosen.start, chosen.before) == ("company", Q3, Q2)
        assert chosen.period == "Q3 2026"
        assert labels(chosen, "period") == ["Q3 2026", "Q2 2026", "Q1 2026"]

    def test_knows_that_a_side_shows_nothing_in_a_period(
        self, alice: User, pairing: Pairing
    ) -> None:
        staff = choose(alice, period=Q2.isoformat()).staff

        assert staff is not None
        assert staff.now is None
        assert staff.before is not None

    def test_compares_with_any_earlier_period(self, alice: User, pairing: Pairing) -> None:
        assert choose(alice, compare=Q1.isoformat()).before == Q1
        assert labels(choose(alice, period=Q2.isoformat()), "compare") == ["Q1 2026"]

    def test_forgets_a_comparison_that_a_change_of_period_made_senseless(
        self, alice: User, pairing: Pairing
    ) -> None:
        chosen = choose(alice, period=Q1.isoformat(), compare=Q3.isoformat())

        assert chosen.before is None
        assert chosen.period_before == ""

    def test_lists_every_part_below_what_it_is_part_of(self, alice: User, pairing: Pairing) -> None:
        assert labels(choose(alice), "scope") == ["The Company", "\u2003Food", "\u2003Goods"]

    def test_shows_a_leader_their_own_part_only(
        self, pairing: Pairing, organisation: Organisation
    ) -> None:
        dora = make_user("dora", Role.LEADER, organisation.food)

        assert choose(dora).scope == organisation.food
        with pytest.raises(UnknownChoiceError):
            choose(dora, scope="company")
        with pytest.raises(UnknownChoiceError):
            choose(dora, scope="goods")

    def test_shows_charlie_nothing(self, charlie: User, pairing: Pairing) -> None:
        assert choose_sides(reader=find_reader(user=charlie), wanted={}) is None

    @pytest.mark.parametrize(
        ("name", "value"),
        [("pairing", "x"), ("scope", "x"), ("period", "2020-01-01"), ("compare", "2020-01-01")],
    )
    def test_refuses_what_is_not_there(
        self, alice: User, pairing: Pairing, name: str, value: str
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            choose(alice, **{name: value})

    def test_keeps_everything_in_the_address(self, alice: User, pairing: Pairing) -> None:
        assert choose(alice).address(scope="food") == (
            "?pairing=both&period=2026-07-01&scope=food&compare=2026-04-01"
        )

    def test_shows_a_campaign_that_stands_alone(
        self, alice: User, organisation: Organisation, pairing: Pairing
    ) -> None:
        alone = Campaign.objects.create(
            code="exit", name="Leaving", audience=Audience.EMPLOYEE, scope=organisation.company,
            questionnaire=pairing.ex.questionnaire,
        )  # fmt: skip
        make_standing(alone, organisation.company, Q1, {"fairness": said(50.0)})

        chosen = choose(alice, pairing="alone:exit")

        assert chosen.staff is not None
        assert chosen.staff.campaign == alone
        assert chosen.customers is None
        assert chosen.sides == [chosen.staff]
        assert labels(chosen, "pairing") == ["Both sides", "Leaving"]

    def test_has_nothing_before_the_first_figures(
        self, alice: User, organisation: Organisation
    ) -> None:
        make_pairing(organisation.company)

        assert choose_sides(reader=find_reader(user=alice), wanted={}) is None
        assert Team.objects.exists()

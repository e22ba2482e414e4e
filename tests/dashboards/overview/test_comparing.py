"""Parts of the organisation beside each other."""

import pytest

from survey.accounts.models import User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.overview.comparing import CANNOT_TELL, Comparison, compare_parts
from survey.dashboards.overview.voices import list_voices
from survey.dashboards.sides import choose_sides
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.overview.material import drawn, part
from tests.dashboards.standings import said
from tests.stages import stage

pytest_plugins = ["tests.dashboards.overview.company"]


def compare(user: User, scope: Team) -> Comparison | None:
    chosen = choose_sides(reader=find_reader(user=user), wanted={"scope": scope.code})
    assert chosen is not None
    return compare_parts(chosen, list_voices(chosen))


def store(pairing: Pairing, scope: Team, staff: list[object], customers: list[object]) -> None:
    standings = Standing.objects.filter(scope=scope)
    standings.filter(campaign=pairing.ex).update(parts=staff)
    standings.filter(campaign=pairing.cx).update(parts=customers)


@stage
def parts(pairing: Pairing, organisation: Organisation) -> Comparison:
    """Goods shows nothing of its customers; the names are not in the order of the scores."""
    food, goods = organisation.food, organisation.goods
    store(
        pairing,
        organisation.company,
        [part(goods, {"fairness": drawn(75.5, 74.2, 0.96)}),
         part(food, {"fairness": drawn(69.9, 70.4, 0.31)})],
        [part(food, {"treatment": drawn(60.3, 61.5, 0.02)})],
    )  # fmt: skip
    return pairing


class TestCompareParts:
    @pytest.mark.usefixtures("parts")
    def test_puts_the_parts_in_the_order_of_their_names(
        self, alice: User, organisation: Organisation
    ) -> None:
        found = compare(alice, organisation.company)

        assert found is not None
        assert [one.name for one in found.parts] == ["Food", "Goods"]
        assert [one.measure.code for one in found.columns] == ["fairness", "treatment"]
        assert [one.whole.mean for one in found.columns] == [71.1, 68.2]

    @pytest.mark.usefixtures("parts")
    def test_shows_the_drawn_estimate_with_the_printed_mean_beside_it(
        self, alice: User, organisation: Organisation
    ) -> None:
        found = compare(alice, organisation.company)

        assert found is not None
        cell = found.parts[0].cells[0]
        assert cell.line is not None
        assert cell.line.now is not None
        assert cell.printed is not None
        assert (cell.line.now.mean, cell.printed.mean, cell.line.median) == (70.4, 69.9, 71.1)

    @pytest.mark.usefixtures("parts")
    def test_tells_a_side_only_from_ninety_in_a_hundred_on(
        self, alice: User, organisation: Organisation
    ) -> None:
        found = compare(alice, organisation.company)

        assert found is not None
        food, goods = found.parts
        assert [cell.word for cell in food.cells] == [CANNOT_TELL, "lower"]
        assert [cell.word for cell in goods.cells] == ["higher", ""]
        assert goods.cells[1].line is None

    @pytest.mark.parametrize(
        ("above", "word"),
        [(0.9, CANNOT_TELL), (0.901, "higher"), (0.1, CANNOT_TELL), (0.099, "lower"),
         (None, CANNOT_TELL)],
    )  # fmt: skip
    def test_has_its_limits_at_ten_and_ninety(
        self,
        alice: User,
        pairing: Pairing,
        organisation: Organisation,
        above: float | None,
        word: str,
    ) -> None:
        rows = [part(organisation.food, {"fairness": drawn(60.0, 61.0, above)})]
        store(pairing, organisation.company, rows, [])

        found = compare(alice, organisation.company)

        assert found is not None
        assert found.parts[0].cells[0].word == word

    def test_judges_nothing_where_no_margin_is_known(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        rows = [part(organisation.food, {"fairness": said(60.0, se=None)})]
        store(pairing, organisation.company, rows, [])

        found = compare(alice, organisation.company)

        assert found is not None
        assert found.parts[0].cells[0].word == "margin not known"

    def test_leads_to_the_overview_of_a_part_and_to_the_page_of_a_team(
        self, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        metrics = {"fairness": drawn(60.0, 61.0, 0.5)}
        rows = [
            part(organisation.bakery, metrics, kind="TEAM"),
            part(organisation.kitchen, metrics, kind="TEAM"),
            part(organisation.garden, metrics, kind="POOL"),
        ]
        store(pairing, organisation.food, rows, [])

        found = compare(alice, organisation.food)

        assert found is not None
        bakery, garden, kitchen = (one.address for one in found.parts)
        assert bakery.startswith("/dashboards/overview/?")
        assert "scope=bakery" in bakery
        assert kitchen == "/dashboards/teams/kitchen/"
        assert garden == ""

    @pytest.mark.usefixtures("pairing")
    def test_has_nothing_to_compare_without_parts(
        self, alice: User, organisation: Organisation
    ) -> None:
        assert compare(alice, organisation.company) is None

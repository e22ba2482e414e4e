"""What moved in somebody's parts."""

from datetime import date

import pytest

from survey.accounts.models import Role, User
from survey.aggregation.models import Release
from survey.campaigns.models import Campaign
from survey.core.periods import Period
from survey.dashboards.access import find_reader
from survey.dashboards.changes.moves import Compared, read_moves
from survey.dashboards.trees import read_tree
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.dashboards.released import LATER, release_wave
from tests.dashboards.rewording import reword, translate
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument

pytest_plugins = ["tests.dashboards.compare.company"]
Q1, Q2 = date(2026, 1, 1), date(2026, 4, 1)
THEN = {"bakery": [2, 3] * 10, "kitchen": [2, 3] * 10, "garden": [3, 4] * 10}
NOW = THEN | {"bakery": [4, 5] * 10}


def moves(user: User, campaign: Campaign, start: date = Q2) -> list[Compared]:
    return read_moves(
        reader=find_reader(user=user),
        campaigns=[campaign],
        periods={campaign.pk: (Period.QUARTER, start)},
        released={campaign.pk: list(Release.objects.order_by("pk"))},
        sources={campaign.pk: "both"},
        tree=read_tree(),
    )


class TestReadMoves:
    def test_compares_the_widest_part_and_what_is_right_below(
        self, alice: User, campaign: Campaign
    ) -> None:
        (compared,) = moves(alice, campaign)

        assert {(move.part, move.row.word) for move in compared.moves} >= {("Food", "higher")}
        assert "Bakery" not in {move.part for move in compared.moves}
        assert (compared.period, compared.period_before) == ("Q2 2026", "Q1 2026")
        assert compared.query == (
            "?pairing=both&period=2026-04-01&compare=2026-01-01&scope=company"
        )
        assert compared.n_compared == 3  # fair of the company, of Food and of Goods

    def test_knows_a_survey_among_colleagues(self, alice: User, campaign: Campaign) -> None:
        assert not moves(alice, campaign)[0].is_colleagues
        campaign.audience = Audience.COLLEAGUE

        (compared,) = moves(alice, campaign)

        assert compared.is_colleagues
        assert not compared.is_customers

    def test_shows_a_leader_their_own_part(
        self, campaign: Campaign, organisation: Organisation
    ) -> None:
        (compared,) = moves(make_user("dora", Role.LEADER, organisation.food), campaign)

        assert {move.part for move in compared.moves} == {"Food", "Bakery"}

    def test_moves_nothing_where_nothing_moved(
        self, campaign: Campaign, organisation: Organisation
    ) -> None:
        (compared,) = moves(make_user("greg", Role.LEADER, organisation.goods), campaign)

        assert compared.moves == ()
        assert compared.n_compared > 0

    @pytest.mark.parametrize("name", ["bob", "charlie"])
    def test_has_nothing_for_who_leads_a_single_team(
        self, request: pytest.FixtureRequest, campaign: Campaign, name: str
    ) -> None:
        assert moves(request.getfixturevalue(name), campaign) == []

    def test_has_nothing_before_the_first_period(self, alice: User, campaign: Campaign) -> None:
        assert moves(alice, campaign, Q1) == []

    def test_compares_nothing_that_is_worded_differently(
        self, alice: User, organisation: Organisation
    ) -> None:
        campaign = make_campaign(make_instrument(prefix="w_"), organisation.company, "w")
        release_wave(campaign, THEN, prefix="w_")
        reword(campaign, "w_fair_1")
        release_wave(campaign, NOW, closed_at=CLOSED + LATER, prefix="w_")

        (compared,) = moves(alice, campaign)

        assert compared.moves == ()
        assert compared.not_comparable == (
            "Worded differently since Q1 2026: not comparable: w_fair."
        )

    def test_compares_what_is_only_translated(
        self, alice: User, organisation: Organisation
    ) -> None:
        campaign = make_campaign(make_instrument(prefix="w_"), organisation.company, "w")
        release_wave(campaign, THEN, prefix="w_")
        translate(campaign, "w_fair_1")
        release_wave(campaign, NOW, closed_at=CLOSED + LATER, prefix="w_")

        (compared,) = moves(alice, campaign)

        assert compared.moves
        assert compared.not_comparable == ""

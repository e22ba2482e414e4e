"""What else changed between two waves."""

from datetime import date

import pytest

from survey.aggregation.models import Standing
from survey.campaigns.models import Campaign, Group, GroupKind, GroupTeam, Wave
from survey.core.periods import Period
from survey.dashboards.compare.aids import Behind, list_aids, read_behind, read_pools
from survey.dashboards.sides import Side
from survey.dashboards.trees import read_tree
from survey.organization.models import Team
from tests.cast import Organisation
from tests.dashboards.released import LATER, release_wave
from tests.dashboards.rewording import reword, translate
from tests.dashboards.standings import make_standing
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument, make_wave

Q1, Q2 = date(2026, 1, 1), date(2026, 4, 1)
TEAMS = {"bakery": [4, 5] * 6, "kitchen": [2, 3] * 6, "garden": [3] * 11}


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


def add_pool(wave: Wave, *teams: Team) -> None:
    group = Group.objects.create(wave=wave, kind=GroupKind.POOL, code="p", name="Small teams")
    GroupTeam.objects.bulk_create(GroupTeam(group=group, team=team) for team in teams)


def side(campaign: Campaign, scope: Team) -> Side:
    made = [make_standing(campaign, scope, start, {}, n_teams=n) for start, n in ((Q1, 3), (Q2, 5))]
    return Side(campaign, made[1], made[0])


class TestReadBehind:
    def test_finds_the_wave_of_each_period(self, campaign: Campaign) -> None:
        first = release_wave(campaign, TEAMS).wave
        second = release_wave(campaign, TEAMS, closed_at=CLOSED + LATER).wave

        behind = read_behind(campaigns=[campaign], period=Period.QUARTER, starts=[Q1, Q2])

        assert behind[campaign.pk, Q1].waves == (first,)
        assert behind[campaign.pk, Q2].waves == (second,)
        assert behind[campaign.pk, Q1].names == str(campaign.questionnaire)


class TestReadPools:
    def test_counts_the_pools_of_a_part_alone(
        self, campaign: Campaign, organisation: Organisation
    ) -> None:
        wave = make_wave(campaign)
        add_pool(wave, organisation.bakery, organisation.kitchen)
        tree, behind = read_tree(), [Behind((wave,))]

        food = read_pools(behind=behind, scope_id=organisation.food.pk, tree=tree)
        goods = read_pools(behind=behind, scope_id=organisation.goods.pk, tree=tree)

        assert food[wave.pk] == {frozenset({organisation.bakery.pk, organisation.kitchen.pk})}
        assert goods[wave.pk] == set()


class TestListAids:
    def test_says_that_nothing_else_changed(
        self, campaign: Campaign, organisation: Organisation
    ) -> None:
        one = Behind((make_wave(campaign),))
        pools = {one.waves[0].pk: frozenset({frozenset({1, 2})})}

        aids = list_aids(side(campaign, organisation.company), one, one, pools)

        assert aids == [
            f"Asked with the same questionnaire: {campaign.questionnaire}.",
            "Teams and groups of small teams shown: 3 then, 5 now.",
            "The same small teams are counted together as then: 1 group.",
        ]

    def test_names_what_was_worded_otherwise(
        self, campaign: Campaign, organisation: Organisation
    ) -> None:
        old = make_wave(campaign)
        campaign.questionnaire = make_instrument(prefix="new_")
        new = make_wave(campaign)
        pools = {
            old.pk: frozenset({frozenset({1, 2})}),
            new.pk: frozenset({frozenset({1, 2}), frozenset({3, 4})}),
        }

        aids = list_aids(
            side(campaign, organisation.company), Behind((old,)), Behind((new,)), pools
        )

        assert aids[0].startswith("Asked with ")
        assert "and with" in aids[0]
        assert aids[-1] == (
            "Small teams are counted together otherwise: in 1 group then, in 2 groups now, of "
            "which 1 holds the same teams."
        )

    def test_names_scales_with_other_words_and_no_translated_ones(
        self, campaign: Campaign, organisation: Organisation
    ) -> None:
        waves = [make_wave(campaign)]
        for change, code in ((translate, "care_1"), (reword, "fair_1")):
            change(campaign, code)
            waves.append(make_wave(campaign))
        first, translated, reworded = (Behind((wave,)) for wave in waves)
        pools = dict.fromkeys((wave.pk for wave in waves), frozenset())

        shown = side(campaign, organisation.company)
        quiet, loud = (
            " ".join(list_aids(shown, first, now, pools)) for now in (translated, reworded)
        )

        assert "other words" not in quiet
        assert "Other questions or other words behind fair:" in loud

    def test_is_silent_where_one_period_has_nothing(self, campaign: Campaign) -> None:
        assert list_aids(Side(campaign, None, None), Behind(()), Behind(()), {}) == []
        assert not Standing.objects.exists()

"""Where a measure was worded anew."""

import pytest

from survey.aggregation.wordings import find_breaks, list_reworded
from survey.campaigns.models import Campaign
from tests.cast import Organisation
from tests.dashboards.rewording import reword, translate
from tests.factories.aggregation import make_campaign, make_instrument


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


class TestListReworded:
    def test_names_a_scale_and_its_question(self, campaign: Campaign) -> None:
        old, new = campaign.questionnaire_id, reword(campaign, "fair_1").pk

        assert list_reworded([old, new]) == {"fair", "item:fair_1"}

    def test_takes_a_translation_for_the_same_question(self, campaign: Campaign) -> None:
        old, new = campaign.questionnaire_id, translate(campaign, "fair_1").pk

        assert old != new
        assert list_reworded([old, new]) == frozenset()

    def test_finds_what_was_worded_anew_and_back_again(self, campaign: Campaign) -> None:
        pks = [campaign.questionnaire_id]
        pks += [reword(campaign, "fair_1").pk, reword(campaign, "care_1").pk]

        assert list_reworded(pks) >= {"fair", "care"}
        assert "recommend" not in list_reworded(pks)

    def test_compares_only_what_both_ask(self, campaign: Campaign) -> None:
        other = make_instrument(prefix="new_")

        assert list_reworded([campaign.questionnaire_id, other.pk]) == frozenset()
        assert list_reworded([campaign.questionnaire_id]) == list_reworded([]) == frozenset()


class TestFindBreaks:
    def test_finds_the_period_in_which_it_begins(self, campaign: Campaign) -> None:
        old, new = campaign.questionnaire_id, reword(campaign, "fair_1").pk

        assert find_breaks("fair", [[old], [old], [new], [new]]) == (2,)
        assert find_breaks("care", [[old], [old], [new], [new]]) == ()
        assert find_breaks("fair", [[old], [old]]) == find_breaks("fair", []) == ()

    def test_passes_over_periods_without_it(self, campaign: Campaign) -> None:
        old, new = campaign.questionnaire_id, reword(campaign, "fair_1").pk
        without = make_instrument(prefix="new_").pk

        assert find_breaks("fair", [[old], [without], [], [new]]) == (3,)
        assert find_breaks("fair", [[old], [without], [], [old]]) == ()

    def test_finds_one_inside_a_period_and_its_way_back(self, campaign: Campaign) -> None:
        old, new = campaign.questionnaire_id, reword(campaign, "fair_1").pk

        assert find_breaks("fair", [[old], [old, new], [new], [old]]) == (1, 3)

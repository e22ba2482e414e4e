"""What a playback tells of a release: printed figures of everybody, and no other."""

from datetime import timedelta

import pytest

from survey.aggregation.models import Figure, Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Campaign
from survey.followup.moves import read_facts
from survey.questionnaires.models import Scale
from tests.cast import Organisation
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import (
    CLOSED,
    make_campaign,
    make_five,
    make_instrument,
    make_items,
)
from tests.factories.questionnaires import publish

pytestmark = pytest.mark.django_db
LOW = {"bakery": [2, 3] * 10, "kitchen": [2, 3] * 10, "garden": [3, 2] * 10}
HIGH = {"bakery": [4, 5] * 10, "kitchen": [4, 5] * 10, "garden": [5, 4] * 10}


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


def measure(release: Release, code: str) -> dict[str, object]:
    [found] = [one for one in read_facts(release)["measures"] if one["metric"] == code]
    return dict(found)


class TestReadFacts:
    def test_prints_the_released_figures_of_everybody_and_none_of_a_team(
        self, campaign: Campaign
    ) -> None:
        release = release_wave(campaign, LOW | {"bakery": [5] * 20})

        facts = read_facts(release)

        whole = Figure.objects.filter(release=release, group__code="company")
        printed = {figure.metric: (figure.mean, figure.n) for figure in whole}
        assert facts["measures"]
        for one in facts["measures"]:
            assert (one["mean"], one["n"]) == printed[one["metric"]]
        assert facts["n_people"] == max(figure.n for figure in whole) == 60

    def test_follows_a_figure_that_was_released_otherwise(self, campaign: Campaign) -> None:
        release = release_wave(campaign, LOW)
        Figure.objects.filter(release=release, group__code="company").update(mean=12.3)

        assert measure(release, "fair")["mean"] == 12.3

    def test_has_nothing_to_compare_the_first_release_with(self, campaign: Campaign) -> None:
        release = release_wave(campaign, LOW)

        assert read_facts(release)["before"] is None
        assert measure(release, "fair")["direction"] is None

    def test_says_which_way_a_figure_moved_beyond_its_margin(self, campaign: Campaign) -> None:
        before = release_wave(campaign, LOW)
        release = release_wave(campaign, HIGH, closed_at=CLOSED + LATER)

        fair = measure(release, "fair")

        assert fair["direction"] == 1
        assert fair["before"] == measure(before, "fair")["mean"]

    def test_calls_a_move_within_the_margin_none(self, campaign: Campaign) -> None:
        release_wave(campaign, LOW)
        nearly = LOW | {"garden": [3, 2] * 9 + [3, 3]}

        release = release_wave(campaign, nearly, closed_at=CLOSED + LATER)

        assert measure(release, "fair")["direction"] == 0

    def test_compares_with_the_release_just_before_and_no_later_one(
        self, campaign: Campaign
    ) -> None:
        release_wave(campaign, HIGH)
        before = release_wave(campaign, LOW, closed_at=CLOSED + LATER)
        release = release_wave(campaign, LOW, closed_at=CLOSED + 2 * LATER)
        release_wave(campaign, HIGH, closed_at=CLOSED + 3 * LATER)

        assert measure(release, "fair")["before"] == measure(before, "fair")["mean"]
        assert measure(release, "fair")["direction"] == 0

    def test_reads_what_stands_in_the_place_of_a_wrong_release(self, campaign: Campaign) -> None:
        wrong = release_wave(campaign, LOW)
        right = supersede_release(release_id=wrong.pk, reason="x", now=CLOSED + timedelta(days=2))
        Figure.objects.filter(release=right, group__code="company").update(mean=33.3)

        release = release_wave(campaign, HIGH, closed_at=CLOSED + LATER)

        assert measure(release, "fair")["before"] == 33.3

    def test_tells_no_recommendation_and_no_single_question(self, campaign: Campaign) -> None:
        metrics = {one["metric"] for one in read_facts(release_wave(campaign, LOW))["measures"]}

        assert metrics <= {"fair", "care"}

    def test_tells_a_part_of_a_measure_only_where_it_clearly_moved(
        self, organisation: Organisation
    ) -> None:
        items = make_items("fair_1", "fair_2")
        make_five("fair", items)
        make_five("told_why", items[:1])
        Scale.objects.filter(code="told_why").update(facet_of=Scale.objects.get(code="fair"))
        campaign = make_campaign(publish(items, code="pulse"), organisation.company)
        release_wave(campaign, LOW)
        steady = release_wave(campaign, LOW, closed_at=CLOSED + LATER)
        moved = release_wave(campaign, HIGH, closed_at=CLOSED + 2 * LATER)

        assert [one["metric"] for one in read_facts(steady)["measures"]] == ["fair"]
        assert [one["metric"] for one in read_facts(moved)["measures"]] == ["fair", "told_why"]
        assert measure(moved, "told_why")["direction"] == 1

"""What each metric is called."""

import pytest

from survey.dashboards.measures import read_measures
from survey.questionnaires.models import Questionnaire
from tests.factories.aggregation import make_instrument


@pytest.fixture
def pulse(db: None) -> Questionnaire:
    return make_instrument()


class TestReadMeasures:
    def test_names_scales_by_their_name_and_items_by_their_wording(
        self, pulse: Questionnaire
    ) -> None:
        measures = read_measures([pulse.pk])

        assert set(measures) == {"fair", "care", "recommend"} | {
            f"item:{code}"
            for code in ("fair_1", "fair_2", "care_1", "care_2", "care_3", "care_4", "rec_1")
        }
        assert measures["item:fair_1"].whole == "fair"
        assert measures["item:fair_1"].is_item
        assert not measures["fair"].is_item
        assert measures["recommend"].is_recommend

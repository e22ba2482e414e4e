"""What figures a wave has."""

from survey.aggregation.metrics import list_metrics
from survey.questionnaires.families import build_families
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.scored import FAMILIES


class TestListMetrics:
    def test_shows_items_of_small_families_but_not_of_a_recommend_scale(self) -> None:
        assert {family: [m.code for m in metrics] for family, metrics in FAMILIES.items()} == {
            "a": ["a", "item:a1", "item:a2"],
            "b": ["b"],
            "r": ["r"],
        }

    def test_measures_an_item_outside_every_scale_by_its_own_options(self) -> None:
        content = questionnaire_content(item_content("trust"))
        (metric,) = list_metrics(content, build_families(content=content))["item:trust"]
        assert (metric.minimum, metric.maximum, metric.favourable_from) == (1, 5, None)

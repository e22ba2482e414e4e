"""What figures a wave has."""

from survey.aggregation.metrics import list_metrics
from survey.questionnaires.families import Family, build_families
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.scored import FACETED, FAMILIES


class TestListMetrics:
    def test_shows_items_of_small_families_but_not_of_a_recommend_scale(self) -> None:
        assert {family: [m.code for m in metrics] for family, metrics in FAMILIES.items()} == {
            "a": ["a", "item:a1", "item:a2"],
            "b": ["b"],
            "r": ["r"],
        }

    def test_weighs_a_whole_by_its_facets_and_tells_its_profiles(self) -> None:
        families = list_metrics(FACETED, build_families(content=FACETED))
        whole, two, one, profile = families["whole"]

        assert (two.code, one.code, profile.code) == ("two", "one", "profile:whole")
        assert whole.parts == (("f1", "f2"), ("f3",), ("f4", "f5"))
        assert two.parts == (("f1", "f2"),)
        assert [metric.is_scale for metric in (whole, two, one, profile)] == [True] * 3 + [False]
        assert profile.options == (("keen", 1), ("other", 0), ("tired", 0))

    def test_gives_a_wave_of_before_facets_what_it_was_launched_with(self) -> None:
        stored = Family("whole", ("whole",), ("f1", "f2", "f3", "f4", "f5"), shows_items=False)
        (whole,) = list_metrics(FACETED, [stored])["whole"]

        assert whole.parts == (("f1", "f2", "f3", "f4", "f5"),)

    def test_measures_an_item_outside_every_scale_by_its_own_options(self) -> None:
        content = questionnaire_content(item_content("trust"))
        (metric,) = list_metrics(content, build_families(content=content))["item:trust"]
        assert (metric.minimum, metric.maximum, metric.favourable_from) == (1, 5, None)

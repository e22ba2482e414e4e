import pandas as pd

from survey.aggregation.cut_parts import REST, add_rests, weigh_parts
from survey.aggregation.metrics import list_metrics
from survey.questionnaires.families import build_families
from tests.factories.questionnaires import item_content, questionnaire_content
from tests.factories.scored import FACETED, scale

SHOWN, KEPT = ("s1", "s2"), ("c1", "c2", "c3", "c4")


def weigh(family: str) -> pd.DataFrame:
    """Return the parts of one of three families: items shown, items kept, facets."""
    content = questionnaire_content(
        *(item_content(code) for code in (*SHOWN, *KEPT)),
        *FACETED.items,
        scales=(scale("shown", " ".join(SHOWN)), scale("kept", " ".join(KEPT)), *FACETED.scales),
    )
    metrics = list_metrics(content, build_families(content=content))
    return next(weigh_parts(one) for one in metrics.values() if family in {m.code for m in one})


class TestWeighParts:
    def test_makes_a_scale_of_its_items_where_they_are_shown(self) -> None:
        assert weigh("shown").to_dict("index") == {"shown": {"item:s1": 0.5, "item:s2": 0.5}}

    def test_takes_a_scale_for_one_part_where_they_are_not(self) -> None:
        assert weigh("kept").to_dict("index") == {"kept": {"kept": 1.0}}

    def test_makes_a_whole_of_its_facets_and_what_is_left(self) -> None:
        weights = weigh("whole")

        assert set(weights.columns) == {"one", "two", f"{REST}whole"}
        assert weights.loc["whole"].tolist() == [0.2, 0.4, 0.4]


class TestAddRests:
    def test_works_out_what_a_whole_has_beside_its_facets(self) -> None:
        people = pd.DataFrame({"one": [0.5, 1.0], "two": [0.5, 0.0], "whole": [0.6, 0.4]})

        found = add_rests(people, weigh("whole"))

        assert found[f"{REST}whole"].round(9).tolist() == [0.75, 0.5]

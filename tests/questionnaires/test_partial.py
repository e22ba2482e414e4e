"""Scales that are asked in part."""

import pytest

from survey.questionnaires.partial import PartialScale, list_partial_scales
from survey.questionnaires.selectors import get_content
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.django_db


class TestListPartialScales:
    def test_names_what_lacks_items_and_nothing_else(self) -> None:
        one, two, three, four = (ItemFactory() for _ in range(4))
        make_scale("whole", [one, two])
        far, near = make_scale("far", [one, three, four]), make_scale("near", [two, three])
        make_scale("untouched", [three, four])
        content = get_content(questionnaire_id=publish([one, two]).pk)

        assert list_partial_scales(content=content) == (
            PartialScale(near.name, 1, 2),
            PartialScale(far.name, 2, 3),
        )

    def test_looks_at_this_turn_only(self) -> None:
        one, two = ItemFactory(), ItemFactory()
        make_scale("both", [one, two])
        make_scale("first", [one])
        content = get_content(questionnaire_id=publish([one, two]).pk, scale_codes=["first"])

        assert [scale.n_missing for scale in list_partial_scales(content=content)] == [1]

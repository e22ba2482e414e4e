"""What keeps a questionnaire from being compared, in words."""

import pytest

from survey.console.lacking import say_lacking
from survey.questionnaires.selectors import get_content
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.django_db


class TestSayLacking:
    def test_names_each_scale_and_how_much_it_lacks(self) -> None:
        one, two, three = (ItemFactory() for _ in range(3))
        near, far = make_scale("near", [one, two]), make_scale("far", [one, two, three])
        content = get_content(questionnaire_id=publish([one]).pk)

        assert say_lacking(content) == (
            f"“{near.name}” lacks 1 of its 2 questions",
            f"“{far.name}” lacks 2 of its 3 questions",
        )

    def test_is_silent_where_a_scale_is_asked_whole(self) -> None:
        one, two = ItemFactory(), ItemFactory()
        make_scale("both", [one, two])
        assert say_lacking(get_content(questionnaire_id=publish([one, two]).pk)) == ()

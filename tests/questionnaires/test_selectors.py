"""What a questionnaire asks."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.questionnaires.models import Questionnaire, QuestionnaireStatus
from survey.questionnaires.selectors import get_content, list_published
from survey.questionnaires.services import create_questionnaire
from tests.factories.questionnaires import ItemFactory, StoryFactory, make_scale, publish

pytestmark = pytest.mark.django_db


class TestGetContent:
    def test_returns_items_in_order_with_their_options(self) -> None:
        rating = ItemFactory(kind="RATING", options=[{"value": 0, "texts": {"en": "not at all"}}])
        story = StoryFactory()
        questionnaire = publish([story, rating], required=[story.code])

        content = get_content(questionnaire_id=questionnaire.pk)

        assert [item.code for item in content.items] == [story.code, rating.code]
        assert content.items[0].max_length == 1500
        assert content.items[0].is_required
        assert content.item(rating.code).values == tuple(range(11))
        assert content.item(rating.code).options[0].texts == {"en": "not at all"}

    def test_raises_for_an_item_that_is_not_asked(self) -> None:
        questionnaire = publish([ItemFactory()])

        with pytest.raises(KeyError, match="other"):
            get_content(questionnaire_id=questionnaire.pk).item("other")

    def test_counts_only_scales_that_are_asked_whole(self) -> None:
        one, two, three = ItemFactory.create_batch(3)
        make_scale("whole", [two, one], reversed_codes=[two.code])
        make_scale("part", [one, three])
        questionnaire = publish([one, two])

        scales = get_content(questionnaire_id=questionnaire.pk).scales

        assert [scale.code for scale in scales] == ["whole"]
        assert scales[0].item_codes == (one.code, two.code)
        assert scales[0].reversed_codes == {two.code}

    def test_reads_a_scale_with_the_wording_that_is_asked(self) -> None:
        old = ItemFactory(code="fair")
        new = ItemFactory(code="fair", version=2)
        make_scale("fairness", [old, new])
        questionnaire = publish([old])

        content = get_content(questionnaire_id=questionnaire.pk)

        assert content.scales[0].item_codes == ("fair",)
        assert content.items[0].version == 1

    def test_reads_published_ones_once(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        questionnaire = publish(ItemFactory.create_batch(5))

        with django_assert_num_queries(3):
            first = get_content(questionnaire_id=questionnaire.pk)
        with django_assert_num_queries(0):
            assert get_content(questionnaire_id=questionnaire.pk) is first

    def test_reads_drafts_anew(self) -> None:
        draft = create_questionnaire(
            code="draft", name="Draft", audience="EMPLOYEE", items=[ItemFactory()]
        )
        get_content(questionnaire_id=draft.pk)
        Questionnaire.objects.update(name="Renamed")

        assert get_content(questionnaire_id=draft.pk).name == "Renamed"


class TestListPublished:
    def test_offers_the_newest_first_and_neither_drafts_nor_retired_ones(self) -> None:
        item = ItemFactory()
        retired, first, second = (publish([item], code="pulse") for _ in range(3))
        Questionnaire.objects.filter(pk=retired.pk).update(status=QuestionnaireStatus.RETIRED)
        create_questionnaire(code="pulse", name="Pulse", audience="EMPLOYEE", items=[item])
        publish([item], code="treatment", audience="CUSTOMER")

        assert list_published(audience="EMPLOYEE") == [second, first]

"""What a questionnaire asks."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.questionnaires.content import ProfileContent
from survey.questionnaires.models import Questionnaire, QuestionnaireStatus, Scale
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

    def test_makes_a_scale_a_facet_only_beside_its_whole(self) -> None:
        one, two = ItemFactory.create_batch(2)
        whole, part = make_scale("whole", [one, two]), make_scale("part", [one])
        Scale.objects.filter(pk=part.pk).update(facet_of=whole)

        beside = get_content(questionnaire_id=publish([one, two]).pk)
        alone = get_content(questionnaire_id=publish([one], code="short").pk)

        assert {scale.code: scale.facet_of for scale in beside.scales} == {
            "whole": None,
            "part": "whole",
        }
        assert [scale.code for scale in beside.linked_scales] == ["whole"]
        assert [scale.code for scale in alone.linked_scales] == ["part"]

    def test_counts_a_short_form_beside_its_long_form_only_as_a_facet(self) -> None:
        one, two = ItemFactory.create_batch(2)
        whole, short = make_scale("whole", [one, two]), make_scale("short", [one])
        facet = make_scale("facet", [two])
        Scale.objects.exclude(pk=whole.pk).update(is_short_form=True)
        Scale.objects.filter(pk=facet.pk).update(facet_of=whole)

        content = get_content(questionnaire_id=publish([one, two]).pk)
        alone = get_content(questionnaire_id=publish([one], code="short").pk)

        assert {scale.code for scale in content.scales} == {"whole", "facet"}
        assert [scale.code for scale in alone.scales] == [short.code]

    def test_says_how_a_scale_is_shown(self) -> None:
        item = ItemFactory()
        told = {"code": "keen", "name": "Keen", "definition": "3 or more", "at_least": {"view": 3}}
        view = make_scale("view", [item])
        Scale.objects.filter(pk=view.pk).update(
            mirrors=make_scale("seen", []), shows_items=True, is_linked=False, profiles=[told]
        )

        (scale,) = get_content(questionnaire_id=publish([item]).pk).scales

        assert (scale.mirrors, scale.shows_items, scale.is_linked) == ("seen", True, False)
        assert scale.profiles == (ProfileContent("keen", "Keen", "3 or more", {"view": 3}, {}),)

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

"""Scales that come in with a draft count nowhere else before it is published."""

from dataclasses import replace

import pytest

from survey.questionnaires.bank_listing import list_bank
from survey.questionnaires.documents import Document, DocumentScale
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire, Scale
from survey.questionnaires.partial import list_partial_scales
from survey.questionnaires.selectors import forget_content, get_content, list_constructs
from survey.questionnaires.services import (
    copy_questionnaire,
    discard_draft,
    import_document,
    publish_questionnaire,
    remove_item,
)
from tests.factories.questionnaires import ItemFactory, make_scale, publish

pytestmark = pytest.mark.django_db
OWN = DocumentScale("own", "own", "Own", "of our own", 1, 5, ("one", "two"))


@pytest.fixture
def published() -> Questionnaire:
    """A questionnaire that asks two questions of the bank, which are in one of its scales."""
    items = [ItemFactory(code=code) for code in ("one", "two")]
    make_scale("known", items)
    return publish(items, code="known", audience="CUSTOMER")


def with_own_scale(published: Questionnaire, code: str) -> Document:
    document = export_document(questionnaire_id=published.pk)
    return replace(document, code=code, scales=(*document.scales, OWN))


def bring(published: Questionnaire, code: str = "mine") -> Questionnaire:
    return import_document(document=with_own_scale(published, code)).questionnaire


def scales_of(questionnaire: Questionnaire) -> set[str]:
    forget_content(questionnaire_id=questionnaire.pk)
    return {scale.code for scale in get_content(questionnaire_id=questionnaire.pk).scales}


class TestClaimScales:
    def test_lets_nobody_but_the_draft_count_them(self, published: Questionnaire) -> None:
        draft = bring(published)

        assert scales_of(draft) == {"known", "own"}
        assert scales_of(published) == {"known"}
        assert {code for item in list_bank() for code in item.scales} == {"known"}
        content = get_content(questionnaire_id=published.pk)
        assert "own" not in list_constructs(content=content)
        assert list_partial_scales(content=content) == ()

    def test_lets_two_drafts_count_the_same_one(self, published: Questionnaire) -> None:
        drafts = [bring(published), bring(published, "yours")]

        assert [scales_of(draft) for draft in drafts] == [{"known", "own"}] * 2


class TestShareScales:
    def test_lets_a_copy_count_them_too(self, published: Questionnaire) -> None:
        copy = copy_questionnaire(questionnaire_id=bring(published).pk, name="Copy")

        assert scales_of(copy) == {"known", "own"}


class TestSettleScales:
    def test_lets_everybody_count_what_is_published(self, published: Questionnaire) -> None:
        draft = bring(published)

        publish_questionnaire(questionnaire_id=draft.pk)

        assert scales_of(draft) == scales_of(published) == {"known", "own"}

    def test_drops_what_is_not_asked_whole(self, published: Questionnaire) -> None:
        draft = bring(published)
        remove_item(questionnaire_id=draft.pk, code="two")

        publish_questionnaire(questionnaire_id=draft.pk)

        assert not Scale.objects.filter(code="own").exists()
        assert Scale.objects.filter(code="known").exists()


class TestDropScales:
    def test_lets_them_go_with_the_last_draft_that_has_them(self, published: Questionnaire) -> None:
        first, second = bring(published), bring(published, "yours")

        discard_draft(questionnaire_id=first.pk)
        assert scales_of(second) == {"known", "own"}

        discard_draft(questionnaire_id=second.pk)
        assert list(Scale.objects.values_list("code", flat=True)) == ["known"]

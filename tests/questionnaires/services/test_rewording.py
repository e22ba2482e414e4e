"""Words change in place where nobody knows them yet, and make a new version elsewhere."""

from dataclasses import replace
from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import (
    ItemNotAskedError,
    QuestionnaireNotDraftError,
    Rewording,
    add_items,
    add_new_item,
    change_item,
    copy_questionnaire,
    draft_questionnaire,
    import_document,
    next_version,
    publish_questionnaire,
)
from tests.factories.questionnaires import ItemFactory, make_scale, publish
from tests.questionnaires.services.test_transfer import DOCUMENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Questionnaire:
    return draft_questionnaire(name="Draft", audience="EMPLOYEE", languages=["en"])


def entry_of(draft: Questionnaire, code: str, **changes: Any) -> DocumentItem:
    """Return an item of a draft as it stands, with some changes."""
    items = export_document(questionnaire_id=draft.pk).items
    return replace(next(item for item in items if item.code == code), **changes)


def reword(draft: Questionnaire, code: str, **changes: Any) -> Rewording:
    return change_item(questionnaire_id=draft.pk, entry=entry_of(draft, code, **changes))


def versions(draft: Questionnaire) -> dict[str, int]:
    content = get_content(questionnaire_id=draft.pk)
    return {item.code: item.version for item in content.items}


class TestChangeItem:
    def test_rewrites_what_only_this_draft_asks(self, draft: Questionnaire) -> None:
        new = DocumentItem("warm", {"en": "Warm?"}, kind="LINE")
        item = add_new_item(questionnaire_id=draft.pk, entry=new)

        done = reword(draft, "warm", texts={"en": "Warm enough?"}, kind="TEXT")

        assert done == Rewording(item, is_new_version=False, breaks_trend=False)
        content = get_content(questionnaire_id=draft.pk).item("warm")
        assert (content.version, content.kind) == (1, "TEXT")
        assert content.texts == {"en": "Warm enough?"}

    def test_makes_one_new_version_of_what_was_asked_before(self) -> None:
        published = publish([ItemFactory(code="warm")])
        draft = next_version(questionnaire_id=published.pk)

        first = reword(draft, "warm", texts={"en": "Warm enough?"})
        second = reword(draft, "warm", texts={"en": "Warm enough here?"})

        assert (first.is_new_version, first.breaks_trend) == (True, True)
        assert (second.is_new_version, second.breaks_trend) == (False, True)
        assert versions(draft) == {"warm": 2}
        assert get_content(questionnaire_id=published.pk).item("warm").version == 1
        assert Item.objects.count() == 2

    def test_makes_a_new_version_of_what_stands_in_a_scale_of_the_bank(
        self, draft: Questionnaire
    ) -> None:
        scale = make_scale("warmth", [item := ItemFactory(code="warm")])
        add_items(questionnaire_id=draft.pk, item_ids=[item.pk])

        done = reword(draft, "warm", texts={"en": "Warm enough?"})

        assert (done.is_new_version, done.breaks_trend) == (True, False)
        assert {place.item.version for place in scale.scale_items.all()} == {1, 2}
        (counted,) = get_content(questionnaire_id=draft.pk).scales
        assert counted.code == "warmth"

    def test_leaves_the_scale_where_it_counts_otherwise(self, draft: Questionnaire) -> None:
        make_scale("warmth", [item := ItemFactory(code="warm")])
        add_items(questionnaire_id=draft.pk, item_ids=[item.pk])
        options = entry_of(draft, "warm").options

        for changes, n_scales in (
            ({"texts": {"en": "Warm enough?"}}, 1),
            ({"options": options[1:]}, 0),
            ({"options": options}, 1),
        ):
            reword(draft, "warm", **changes)
            assert len(get_content(questionnaire_id=draft.pk).scales) == n_scales

    def test_gives_the_old_version_back_where_the_words_are_the_old_ones(self) -> None:
        published = publish([ItemFactory(code="warm")])
        draft = next_version(questionnaire_id=published.pk)
        old = entry_of(draft, "warm")
        reword(draft, "warm", texts={"en": "Warm enough?"})

        done = change_item(questionnaire_id=draft.pk, entry=old)

        assert (done.item.version, done.is_new_version, done.breaks_trend) == (1, False, False)
        assert Item.objects.count() == 1

    def test_breaks_no_trend_by_a_translation(self) -> None:
        published = publish([ItemFactory(code="warm")])
        draft = next_version(questionnaire_id=published.pk)
        old = entry_of(draft, "warm")
        options = tuple(
            replace(option, texts={**option.texts, "es": "sí"}) for option in old.options
        )

        translated = reword(draft, "warm", texts={**old.texts, "es": "¿?"}, options=options)
        reworded = reword(draft, "warm", texts={"en": "Warm enough?", "es": "¿?"})

        assert (translated.is_new_version, translated.breaks_trend) == (True, False)
        assert reworded.breaks_trend

    @pytest.mark.parametrize(
        "changes", [{"allows_cant_say": False}, {"hints": {"en": "Today"}}, {"kind": "LINE"}]
    )
    def test_breaks_it_by_all_else_that_people_meet(self, changes: dict[str, Any]) -> None:
        published = publish([ItemFactory(code="warm")])

        assert reword(next_version(questionnaire_id=published.pk), "warm", **changes).breaks_trend

    def test_does_not_change_what_a_copy_asks(self, draft: Questionnaire) -> None:
        new = DocumentItem("warm", {"en": "Warm?"}, kind="LINE")
        add_new_item(questionnaire_id=draft.pk, entry=new)
        copy = copy_questionnaire(questionnaire_id=draft.pk, name="Copy")

        reword(draft, "warm", texts={"en": "Warm enough?"})

        assert (versions(draft), versions(copy)) == ({"warm": 2}, {"warm": 1})

    def test_counts_as_written_nowhere_once_it_is_published(self, draft: Questionnaire) -> None:
        item = add_new_item(
            questionnaire_id=draft.pk, entry=DocumentItem("warm", {"en": "Warm?"}, kind="LINE")
        )

        publish_questionnaire(questionnaire_id=draft.pk)

        item.refresh_from_db()
        assert item.drafted_in is None
        with pytest.raises(QuestionnaireNotDraftError):
            reword(draft, "warm", texts={"en": "Other?"})

    def test_refuses_what_is_not_asked_or_cannot_be(self, draft: Questionnaire) -> None:
        add_items(questionnaire_id=draft.pk, item_ids=[ItemFactory(code="warm").pk])

        with pytest.raises(ItemNotAskedError, match="cold"):
            change_item(
                questionnaire_id=draft.pk, entry=replace(entry_of(draft, "warm"), code="cold")
            )
        with pytest.raises(DocumentError, match="kind"):
            reword(draft, "warm", kind="SLIDER")

    def test_keeps_what_came_from_a_file_in_the_scale_that_came_with_it(self) -> None:
        imported = import_document(document=DOCUMENT).questionnaire

        done = reword(imported, "warm", texts={"en": "Warm enough?"})

        content = get_content(questionnaire_id=imported.pk)
        assert not done.is_new_version
        assert [scale.item_codes for scale in content.scales] == [("warm",)]

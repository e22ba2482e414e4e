"""Items and sections find their places in a draft, and keep them without gaps."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from survey.questionnaires.checking import find_faults
from survey.questionnaires.documents import MOST_ITEMS, DocumentItem
from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import (
    ItemAskedAlreadyError,
    ItemCodeTakenError,
    ItemNotAskedError,
    QuestionnaireFullError,
    QuestionnaireNotDraftError,
    SectionCodeTakenError,
    SectionUnknownError,
    add_items,
    add_new_item,
    add_section,
    change_section,
    move_item,
    move_section,
    place_item,
    remove_item,
    remove_section,
)
from tests.factories.drafts import draft_in_sections, outline
from tests.factories.questionnaires import ItemFactory, publish
from tests.stages import stage

pytestmark = pytest.mark.django_db

NEW = DocumentItem("", {"en": "Is the rota out in good time?"}, kind="LINE")
HANGS_ON_B: dict[str, Any] = {"item": "b", "op": "answered"}


@stage
def draft() -> Questionnaire:
    return draft_in_sections()


class TestAddItems:
    def test_puts_them_last_or_last_in_a_section(self, draft: Questionnaire) -> None:
        f, g = ItemFactory(code="f"), ItemFactory(code="g")

        add_items(questionnaire_id=draft.pk, item_ids=[f.pk])
        add_items(questionnaire_id=draft.pk, item_ids=[g.pk], section_code="one")

        assert outline(draft) == "a b | one: c d g | two: e f"

    def test_refuses_an_item_twice_in_whatever_version(self, draft: Questionnaire) -> None:
        other = ItemFactory(code="c", version=2)

        with pytest.raises(ItemAskedAlreadyError, match="c"):
            add_items(questionnaire_id=draft.pk, item_ids=[ItemFactory().pk, other.pk])

        assert outline(draft) == "a b | one: c d | two: e"

    def test_refuses_items_and_sections_that_are_not_there(self, draft: Questionnaire) -> None:
        with pytest.raises(ItemNotAskedError):
            add_items(questionnaire_id=draft.pk, item_ids=[10**6])
        with pytest.raises(SectionUnknownError):
            add_items(questionnaire_id=draft.pk, item_ids=[], section_code="nine")

    def test_refuses_more_than_a_questionnaire_may_have(self, draft: Questionnaire) -> None:
        new = [Item(code=f"n{n}", texts={"en": "?"}) for n in range(MOST_ITEMS)]
        ids = [item.pk for item in Item.objects.bulk_create(new)]

        with pytest.raises(QuestionnaireFullError):
            add_items(questionnaire_id=draft.pk, item_ids=ids)

        add_items(questionnaire_id=draft.pk, item_ids=ids[5:])
        assert draft.questionnaire_items.count() == MOST_ITEMS


class TestAddNewItem:
    def test_gives_it_a_code_of_its_words(self, draft: Questionnaire) -> None:
        first = add_new_item(questionnaire_id=draft.pk, entry=NEW)
        again = add_new_item(questionnaire_id=draft.pk, entry=NEW, section_code="one")
        arabic = add_new_item(questionnaire_id=draft.pk, entry=replace(NEW, texts={"ar": "لماذا"}))

        codes = [item.code for item in (first, again, arabic)]
        assert codes == ["is_the_rota_out_in_good_time", f"{first.code}_2", "question"]
        assert outline(draft).endswith(f"| two: e {first.code} question")

    def test_takes_where_it_is_asked_and_whether_it_must_be_answered(
        self, draft: Questionnaire
    ) -> None:
        entry = replace(NEW, code="late", is_required=True, shown_when=HANGS_ON_B)

        add_new_item(questionnaire_id=draft.pk, entry=entry)

        item = get_content(questionnaire_id=draft.pk).item("late")
        assert (item.is_required, item.shown_when, item.kind) == (True, HANGS_ON_B, "LINE")

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"code": "a"}, ItemCodeTakenError),
            ({"code": "Not A Code"}, DocumentError),
            ({"kind": "SLIDER"}, DocumentError),
            ({"settings": {"colour": "red"}}, DocumentError),
            ({"texts": {}}, DocumentError),
            ({"asks_for_playback": True}, DocumentError),
        ],
    )
    def test_refuses_what_cannot_be_asked(
        self, draft: Questionnaire, changes: dict[str, Any], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            add_new_item(questionnaire_id=draft.pk, entry=replace(NEW, **changes))

        assert outline(draft) == "a b | one: c d | two: e"


class TestRemoveItem:
    def test_closes_the_gap_and_leaves_the_bank_alone(self, draft: Questionnaire) -> None:
        remove_item(questionnaire_id=draft.pk, code="b")

        assert outline(draft) == "a | one: c d | two: e"
        assert Item.objects.filter(code="b").exists()

    def test_forgets_what_was_only_written_here(self, draft: Questionnaire) -> None:
        item = add_new_item(questionnaire_id=draft.pk, entry=NEW)

        remove_item(questionnaire_id=draft.pk, code=item.code)

        assert not Item.objects.filter(code=item.code).exists()

    def test_leaves_conditions_that_publishing_refuses(self, draft: Questionnaire) -> None:
        place_item(
            questionnaire_id=draft.pk,
            code="e",
            is_required=False,
            shown_when=HANGS_ON_B,
            section_code="two",
        )
        assert find_faults(get_content(questionnaire_id=draft.pk)) == ()

        remove_item(questionnaire_id=draft.pk, code="b")

        (fault,) = find_faults(get_content(questionnaire_id=draft.pk))
        assert str(fault) == "e hangs on what is not asked: b"

    def test_refuses_what_is_not_asked(self, draft: Questionnaire) -> None:
        with pytest.raises(ItemNotAskedError, match="z"):
            remove_item(questionnaire_id=draft.pk, code="z")


class TestMoveItem:
    @pytest.mark.parametrize(
        ("code", "step", "expected"),
        [
            ("d", -1, "a b | one: d c | two: e"),
            ("a", 1, "b a | one: c d | two: e"),
            ("b", 1, "a | one: b c d | two: e"),
            ("e", -1, "a b | one: c d e | two:"),
            ("c", -1, "a b c | one: d | two: e"),
            ("a", -1, "a b | one: c d | two: e"),
            ("e", 1, "a b | one: c d | two: e"),
        ],
    )
    def test_goes_one_place_over_borders(
        self, draft: Questionnaire, code: str, step: int, expected: str
    ) -> None:
        move_item(questionnaire_id=draft.pk, code=code, step=step)

        assert outline(draft) == expected

    def test_does_not_leave_the_first_section_where_nothing_stands_before(
        self, draft: Questionnaire
    ) -> None:
        for code in "ab":
            remove_item(questionnaire_id=draft.pk, code=code)

        move_item(questionnaire_id=draft.pk, code="c", step=-1)

        assert outline(draft) == " | one: c d | two: e"


class TestPlaceItem:
    def test_puts_an_item_last_in_another_section(self, draft: Questionnaire) -> None:
        for code, section in (("a", "one"), ("e", "")):
            place_item(
                questionnaire_id=draft.pk,
                code=code,
                is_required=True,
                shown_when=None,
                section_code=section,
            )

        assert outline(draft) == "b e | one: c d a | two:"
        required = {item.code for item in get_content(questionnaire_id=draft.pk).items[1:4]}
        assert required == {"e", "c", "d"}

    @pytest.mark.parametrize("condition", [["a"], "a", {"item": float("nan")}])
    def test_refuses_what_is_no_condition(self, draft: Questionnaire, condition: Any) -> None:
        with pytest.raises(DocumentError, match="shown_when"):
            place_item(
                questionnaire_id=draft.pk,
                code="a",
                is_required=False,
                shown_when=condition,
                section_code="",
            )


@pytest.mark.parametrize("seed", range(5))
def test_no_order_of_changes_leaves_a_gap(draft: Questionnaire, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    for _ in range(25):
        code, section, step = rng.choice("abcde"), rng.choice(["one", "two"]), rng.choice([1, -1])
        changes: list[Callable[..., object]] = [
            partial(move_item, code=code, step=step),
            partial(move_section, code=section, step=step),
            partial(remove_section, code=section),
            partial(add_section, code=section, texts={}),
        ]
        with suppress(SectionUnknownError, SectionCodeTakenError):
            rng.choice(changes)(questionnaire_id=draft.pk)
        letters = [each for each in outline(draft).split() if len(each) == 1 and each != "|"]
        assert sorted(letters) == list("abcde")


CHANGES: dict[str, Callable[[int], object]] = {
    "add_items": lambda pk: add_items(questionnaire_id=pk, item_ids=[]),
    "add_new_item": lambda pk: add_new_item(questionnaire_id=pk, entry=NEW),
    "remove_item": lambda pk: remove_item(questionnaire_id=pk, code="a"),
    "move_item": lambda pk: move_item(questionnaire_id=pk, code="a", step=1),
    "place_item": lambda pk: place_item(
        questionnaire_id=pk, code="a", is_required=True, shown_when=None, section_code=""
    ),
    "add_section": lambda pk: add_section(questionnaire_id=pk, code="s", texts={}),
    "change_section": lambda pk: change_section(
        questionnaire_id=pk, code="s", texts={}, shown_when=None
    ),
    "move_section": lambda pk: move_section(questionnaire_id=pk, code="s", step=1),
    "remove_section": lambda pk: remove_section(questionnaire_id=pk, code="s"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_is_published_never_changes(change: Callable[[int], object]) -> None:
    published = publish([ItemFactory(code="a"), ItemFactory(code="b")])

    with pytest.raises(QuestionnaireNotDraftError):
        change(published.pk)

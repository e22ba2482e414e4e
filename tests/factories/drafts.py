"""Drafts in sections, and their order in short."""

from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import add_items, add_section, draft_questionnaire
from tests.factories.questionnaires import ItemFactory


def draft_in_sections() -> Questionnaire:
    """Return a draft that asks a and b, then c and d under one, and e under two."""
    draft = draft_questionnaire(name="Draft", audience="EMPLOYEE", languages=["en"])
    ids = {code: ItemFactory(code=code).pk for code in "abcde"}
    add_items(questionnaire_id=draft.pk, item_ids=[ids["a"], ids["b"]])
    for code, items in (("one", "cd"), ("two", "e")):
        add_section(questionnaire_id=draft.pk, code=code, texts={"en": code})
        add_items(
            questionnaire_id=draft.pk, item_ids=[ids[each] for each in items], section_code=code
        )
    return draft


def outline(draft: Questionnaire) -> str:
    """Return the order as "a b | one: c d | two: e", after a look at the positions."""
    places = list(draft.questionnaire_items.select_related("item", "section").order_by("position"))
    sections = list(draft.sections.order_by("position"))
    assert [place.position for place in places] == list(range(1, len(places) + 1))
    assert [section.position for section in sections] == list(range(1, len(sections) + 1))
    order = [None, *sections]
    at = [order.index(place.section) for place in places]
    assert at == sorted(at)  # no section is asked in two pieces
    parts = [
        " ".join(
            [
                *([f"{section.code}:"] if section else []),
                *(place.item.code for place in places if place.section == section),
            ]
        )
        for section in order
    ]
    return " | ".join(parts)

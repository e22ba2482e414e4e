"""When two wordings are the same."""

from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.models import Item
from survey.questionnaires.services import draft_questionnaire
from survey.questionnaires.services.wording import (
    counts_alike,
    drop_unplaced,
    find_version,
    keep_scales,
    wording_in,
    wording_of,
)
from tests.factories.questionnaires import AGREEMENT, ItemFactory, make_scale

EN = {"en": "Warm?"}


def item(**changes: Any) -> Item:
    return Item(**{"code": "warm", "texts": EN, "options": AGREEMENT} | changes)


class TestWordingOf:
    def test_is_that_of_the_same_item_in_a_document(self) -> None:
        option = {"value": 1, "texts": {"en": "Other"}, "is_other": True, "is_fixed": False}
        entry = DocumentItem(
            "warm", EN, options=(DocumentOption(1, {"en": "Other"}, is_other=True),)
        )

        assert wording_of(item(options=[option])) == wording_in(entry)


class TestCountsAlike:
    def test_looks_at_numbers_and_scores_only(self) -> None:
        assert counts_alike(item(), item(texts={"en": "Cold?"}, hints=EN))
        assert not counts_alike(item(), item(options=AGREEMENT[1:]))
        assert not counts_alike(item(kind="MULTIPLE"), item(kind="MULTIPLE"))


@pytest.mark.django_db
class TestFindVersion:
    def test_finds_the_newest_that_no_draft_is_still_writing(self) -> None:
        draft = draft_questionnaire(name="D", audience="EMPLOYEE", languages=["en"])
        first, second = (ItemFactory(code="warm", texts=EN, version=version) for version in (1, 2))
        ItemFactory(code="warm", texts=EN, version=3, drafted_in=draft)

        assert find_version("warm", wording_of(first)) == second
        assert find_version("cold", wording_of(first)) is None


@pytest.mark.django_db
class TestKeepScales:
    def test_keeps_the_direction_too(self) -> None:
        old, new = (ItemFactory(code="warm", version=version) for version in (1, 2))
        scale = make_scale("warmth", [old], reversed_codes=["warm"])

        keep_scales(old, new)

        assert scale.scale_items.get(item=new).is_reversed


@pytest.mark.django_db
class TestDropUnplaced:
    def test_leaves_what_others_wrote_or_ask(self) -> None:
        one, other = (
            draft_questionnaire(name="D", audience="EMPLOYEE", languages=["en"]) for _ in range(2)
        )
        kept = [ItemFactory(), ItemFactory(drafted_in=other), ItemFactory(drafted_in=one)]
        other.questionnaire_items.create(item=kept[2], position=1)
        make_scale("warmth", [ItemFactory(drafted_in=one)])

        drop_unplaced(one)

        assert set(Item.objects.all()) == set(kept)

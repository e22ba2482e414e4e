"""When two wordings are the same."""

from typing import Any

import pytest

from survey.questionnaires.documents import DocumentItem, DocumentOption
from survey.questionnaires.models import Item, ItemKind
from survey.questionnaires.services import draft_questionnaire
from survey.questionnaires.services.wording import (
    counts_alike,
    drop_unplaced,
    find_version,
    keep_scales,
    reads_alike,
    wording_in,
    wording_of,
)
from tests.factories.questionnaires import AGREEMENT, ItemFactory, make_scale

EN, ES = {"en": "Warm?"}, {"en": "Warm?", "es": "¿Calor?"}


def item(**changes: Any) -> Item:
    return Item(**{"code": "warm", "texts": EN, "options": AGREEMENT} | changes)


class TestWordingOf:
    def test_is_that_of_the_same_item_in_a_document(self) -> None:
        option = {"value": 1, "texts": {"en": "Other"}, "is_other": True, "is_fixed": False}
        entry = DocumentItem(
            "warm", EN, options=(DocumentOption(1, {"en": "Other"}, is_other=True),)
        )

        assert wording_of(item(options=[option])) == wording_in(entry)


class TestReadsAlike:
    @pytest.mark.parametrize(
        "changes",
        [{"texts": ES}, {"settings": {"messages": {"missing": EN}}}, {"version": 2}],
    )
    def test_holds_where_nobody_meets_anything_else(self, changes: dict[str, Any]) -> None:
        assert reads_alike(item(), item(**changes))

    @pytest.mark.parametrize(
        "changes",
        [
            {"texts": {"en": "Warm enough?"}},
            {"texts": {"es": "¿Calor?"}},
            {"hints": {"en": "Today"}},
            {"options": AGREEMENT[1:]},
            {"kind": ItemKind.MULTIPLE},
            {"settings": {"shuffles_options": True}},
            {"allows_cant_say": False},
        ],
    )
    def test_holds_no_more_where_somebody_does(self, changes: dict[str, Any]) -> None:
        assert not reads_alike(item(), item(**changes))


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

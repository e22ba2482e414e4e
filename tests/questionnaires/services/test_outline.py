"""The parts of a draft, read and written back."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.questionnaires.services.outline import (
    ItemNotAskedError,
    Outline,
    SectionUnknownError,
)
from tests.factories.drafts import draft_in_sections, outline

pytestmark = pytest.mark.django_db


class TestOutline:
    def test_holds_the_parts_in_order(self) -> None:
        read = Outline(draft_in_sections())

        assert [part.code for part in read.parts] == ["", "one", "two"]
        assert [place.item.code for place in read.places] == list("abcde")
        at, place = read.find("d")
        assert (at, place.item.code) == (1, "d")

    def test_knows_no_others(self) -> None:
        read = Outline(draft_in_sections())

        with pytest.raises(SectionUnknownError):
            read.part("nine")
        with pytest.raises(ItemNotAskedError):
            read.find("z")

    def test_is_written_in_a_fixed_number_of_queries(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        draft = draft_in_sections()
        read = Outline(draft)
        read.parts[0].places.reverse()
        read.parts[1:] = reversed(read.parts[1:])

        with django_assert_num_queries(4):
            read.save()

        assert outline(draft) == "b a | two: e | one: c d"

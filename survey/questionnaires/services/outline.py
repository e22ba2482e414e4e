"""The parts of a draft with their items, in order: what placing changes and writes back."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import F

from survey.questionnaires.models import (
    Item,
    Questionnaire,
    QuestionnaireItem,
    Section,
)

ASIDE = 10_000  # beyond all positions: two items never hold the same one, not even for a moment


class ItemNotAskedError(Exception):
    """The draft does not ask an item of this code."""


class SectionUnknownError(Exception):
    """The draft has no section of this code."""


@dataclass(slots=True)
class Part:
    """The items of one section, or those that stand before all sections."""

    section: Section | None = None
    places: list[QuestionnaireItem] = field(default_factory=list)

    @property
    def code(self) -> str:
        """Return the section's code, empty for what stands before all sections."""
        return self.section.code if self.section else ""


class Outline:
    """A locked draft's parts; the first one holds what stands before all sections."""

    def __init__(self, draft: Questionnaire) -> None:
        self.draft = draft
        self.parts = [Part(), *map(Part, draft.sections.order_by("position"))]
        by_section = {part.section.pk if part.section else None: part for part in self.parts}
        for place in draft.questionnaire_items.select_related("item").order_by("position"):
            by_section[place.section_id].places.append(place)

    @property
    def places(self) -> Iterator[QuestionnaireItem]:
        """Yield all places in the order asked."""
        for part in self.parts:
            yield from part.places

    @property
    def codes(self) -> set[str]:
        """Return the codes of the items that are asked."""
        return {place.item.code for place in self.places}

    def part(self, code: str) -> Part:
        """Return the part of a section; an empty code names what stands before all sections."""
        for part in self.parts:
            if part.code == code:
                return part
        raise SectionUnknownError(code)

    def find(self, code: str) -> tuple[int, QuestionnaireItem]:
        """Return in which part an item stands, and its place."""
        for at, part in enumerate(self.parts):
            for place in part.places:
                if place.item.code == code:
                    return at, place
        raise ItemNotAskedError(code)

    def append(self, part: Part, item: Item) -> QuestionnaireItem:
        """Put an item at the end of a part."""
        place = QuestionnaireItem(questionnaire=self.draft, item=item)
        part.places.append(place)
        return place

    def save(self) -> None:
        """Write the order down, without gaps."""
        self._save_sections()
        for part in self.parts:
            for place in part.places:
                place.section = part.section
        places = list(self.places)
        for position, place in enumerate(places, start=1):
            place.position = position
        self.draft.questionnaire_items.update(position=F("position") + ASIDE)
        QuestionnaireItem.objects.bulk_update(
            [place for place in places if place.pk],
            ["item", "position", "section", "is_required", "shown_when"],
        )
        QuestionnaireItem.objects.bulk_create(place for place in places if not place.pk)

    def _save_sections(self) -> None:
        sections = [part.section for part in self.parts if part.section]
        for position, section in enumerate(sections, start=1):
            section.position = position
        self.draft.sections.update(position=F("position") + ASIDE)
        Section.objects.bulk_update(
            [section for section in sections if section.pk], ["position", "texts", "shown_when"]
        )
        for section in sections:
            if not section.pk:
                section.save()

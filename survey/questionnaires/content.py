"""What a questionnaire asks, as plain frozen values: no query, no database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from survey.questionnaires.models import ItemKind

Texts = Mapping[str, str]  # wording by language code
Condition = Mapping[str, Any]  # as `routing` reads it
Answer = int | float | str | list[int] | None  # None: "I can't say"

LONGEST_TEXT = 1500  # characters
LONGEST_LINE = 200
COUNTED = (ItemKind.CHOICE, ItemKind.RATING)
OF_WORDS = (ItemKind.TEXT, ItemKind.LINE)


@dataclass(frozen=True, slots=True)
class OptionContent:
    """One answer a person may choose. The score is None where it means "don't know"."""

    value: int
    score: float | None
    texts: Texts
    is_other: bool = False
    is_exclusive: bool = False
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class ItemContent:
    """One question as worded, and how it may be answered."""

    code: str
    version: int
    kind: str
    texts: Texts
    hints: Texts
    options: tuple[OptionContent, ...]
    allows_cant_say: bool
    asks_for_playback: bool
    is_required: bool
    max_length: int | None
    settings: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""
    shown_when: Condition | None = None

    @property
    def is_closed(self) -> bool:
        """Say whether the answer is one of some numbers, which can be counted."""
        return self.kind in COUNTED

    @property
    def is_of_words(self) -> bool:
        """Say whether the answer is words, which are kept apart from numbers."""
        return self.kind in OF_WORDS

    @property
    def has_answer(self) -> bool:
        """Say whether there is anything to answer; a note is only read."""
        return self.kind != ItemKind.NOTE

    @property
    def other(self) -> int | None:
        """Return the number of the option beside which own words are written, if there is one."""
        return next((option.value for option in self.options if option.is_other), None)

    @property
    def values(self) -> tuple[int, ...]:
        """Return the numbers that may be answered."""
        return tuple(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class SectionContent:
    """A heading over items, and when they are asked."""

    code: str
    texts: Texts = field(default_factory=dict)
    shown_when: Condition | None = None
    about: str = ""  # a team whose name stands by each question, where several are asked about


@dataclass(frozen=True, slots=True)
class ProfileContent:
    """A kind of person, told by scores on scales; the one without conditions is everybody else."""

    code: str
    name: str
    definition: str
    at_least: Mapping[str, float]  # by scale code, in the scale's own units
    below: Mapping[str, float]

    @property
    def is_everybody_else(self) -> bool:
        """Say whether it holds whoever fits no other profile."""
        return not self.scale_codes

    @property
    def scale_codes(self) -> frozenset[str]:
        """Return the scales that tell it."""
        return frozenset({*self.at_least, *self.below})


@dataclass(frozen=True, slots=True)
class ScaleContent:
    """A scale that the questionnaire asks whole, with its items in the order they are asked.

    It is a facet only where the scale it is a part of is asked too; otherwise it stands alone.
    """

    code: str
    name: str
    phrase: str
    method: str
    minimum: float
    maximum: float
    favourable_from: float | None
    item_codes: tuple[str, ...]
    reversed_codes: frozenset[str]
    facet_of: str | None = None
    mirrors: str | None = None
    profiles: tuple[ProfileContent, ...] = ()
    shows_items: bool = False
    is_linked: bool = True


@dataclass(frozen=True, slots=True)
class QuestionnaireContent:
    """A questionnaire's items and scales."""

    id: int
    code: str
    version: int
    name: str
    audience: str
    languages: tuple[str, ...]
    items: tuple[ItemContent, ...]
    scales: tuple[ScaleContent, ...]
    sections: tuple[SectionContent, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def linked_scales(self) -> tuple[ScaleContent, ...]:
        """Return the scales that are tested against those of the other side.

        Not a facet: its whole is, and testing parts too would add tests that repeat each other.
        Not a mirror: what staff think customers feel is compared with what they do feel by
        difference. Not trust in the survey: it is a light on all other answers.
        """
        return tuple(scale for scale in self.scales if scale.is_linked and not scale.facet_of)

    def asking_only(self, scale_codes: Collection[str]) -> "QuestionnaireContent":
        """Return what is asked where only some scales are: their items, and those of no scale.

        A facet stands alone where the scale it is a part of is left out.
        """
        of_scales = {code for scale in self.scales for code in scale.item_codes}
        wanted = {
            code for scale in self.scales if scale.code in scale_codes for code in scale.item_codes
        }
        left_out = of_scales - wanted
        items = tuple(item for item in self.items if item.code not in left_out)
        whole = [scale for scale in self.scales if wanted.issuperset(scale.item_codes)]
        codes = {scale.code for scale in whole}
        scales = tuple(
            scale if scale.facet_of in codes else replace(scale, facet_of=None) for scale in whole
        )
        return replace(self, items=items, scales=scales)

    def item(self, code: str) -> ItemContent:
        """Return the item with a code; raises KeyError when it is not asked."""
        for item in self.items:
            if item.code == code:
                return item
        raise KeyError(code)

    def section(self, code: str) -> SectionContent | None:
        """Return the section with a code, if there is one."""
        return next((section for section in self.sections if section.code == code), None)

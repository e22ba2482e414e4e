"""One item as it stands on a page, in one language: plain values for a template."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from survey.questionnaires.answers import AnswerError, leave_field
from survey.questionnaires.content import ItemContent, OptionContent, Texts
from survey.questionnaires.kinds import (
    CANT_SAY,
    CANT_SAY_WORDS,
    CHOSEN,
    LONGEST_OTHER,
    has_cant_say_field,
)
from survey.questionnaires.languages import direction_of
from survey.questionnaires.models import ItemKind, PlaybackLeave

LEAVE_WORDS = {
    PlaybackLeave.AS_TOLD: _("Yes, exactly as told"),
    PlaybackLeave.NO_NAMES: _("Yes, without names"),
    PlaybackLeave.NONE: _("No"),
}
WITH_OPTIONS = (*CHOSEN, ItemKind.RANKING)


@dataclass(frozen=True, slots=True)
class Choice:
    """One option in a row of its own, one number of a rating, or one answer to be ranked."""

    id: str
    value: str
    text: str
    is_checked: bool
    language: str = ""  # of the text, where it is not the question's
    other_name: str = ""  # of the field for own words beside it
    other_value: str = ""
    place_name: str = ""  # of the field for its place
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One item in one language, with what was answered so far and what is wrong with it."""

    id: str
    number: int
    name: str
    kind: str
    language: str
    direction: str
    text: str
    hint: str
    choices: tuple[Choice, ...]
    cant_say: Choice | None
    low_end: str
    high_end: str
    value: str
    max_length: int | None
    leave_name: str
    leaves: tuple[Choice, ...]
    error: str
    error_language: str  # of the author's own words
    is_required: bool
    is_preselected: bool
    heading: str = ""
    heading_language: str = ""  # where it is not the page's
    minimum: str = ""
    maximum: str = ""
    cant_say_name: str = ""
    hint_language: str = ""  # where it is not the question's; so the next two
    low_language: str = ""
    high_language: str = ""
    is_of_occasion: bool = False  # worded with answers or facts: nobody else's looks alike
    about: str = ""  # the team that is asked about, where several are

    @property
    def is_answered(self) -> bool:
        """Say whether there is an answer to keep."""
        chosen = any(choice.is_checked or choice.place for choice in self.choices)
        return (
            chosen or bool(self.value) or (self.cant_say is not None and self.cant_say.is_checked)
        )

    @property
    def is_written(self) -> bool:
        """Say whether there is one field to write in, which the question itself names."""
        return not self.choices and self.kind != ItemKind.NOTE

    @property
    def has_answer(self) -> bool:
        """Say whether there is anything to answer; a note is only read."""
        return self.kind != ItemKind.NOTE

    @property
    def places(self) -> tuple[str, ...]:
        """Return the places that can be given in a ranking."""
        return tuple(str(place) for place in range(1, len(self.choices) + 1))

    @property
    def other_length(self) -> int:
        """Return how many characters own words beside an option may take."""
        return LONGEST_OTHER

    @property
    def first_field(self) -> str:
        """Return the id where an error message leads."""
        return self.choices[0].id if self.choices else self.id


@dataclass(frozen=True, slots=True)
class Wording:
    """In which language an item is worded, and how placeholders in it are filled."""

    language: str
    fill: Callable[[str], str]
    others: tuple[str, ...] = ()  # tried in turn for a text that the language lacks

    def say(self, texts: Texts) -> tuple[str, str]:
        """Return a text, and its language where that is another one; empty where there is none."""
        known = (tag for tag in (self.language, *self.others, *texts) if texts.get(tag))
        found = next(known, self.language)
        return self.fill(texts.get(found, "")), "" if found == self.language else found


def word_item(item: ItemContent, languages: Sequence[str], fill: Callable[[str], str]) -> Wording:
    """Return how an item is worded: in the first of some languages that it has."""
    language = next((tag for tag in languages if tag in item.texts), next(iter(item.texts)))
    return Wording(language, fill, tuple(languages))


def ask_item(
    item: ItemContent,
    number: int,
    wording: Wording,
    *,
    values: Mapping[str, object],
    error: AnswerError | None,
    is_preselected: bool,
    heading: tuple[str, str] = ("", ""),
    is_of_occasion: bool = False,
    about: str = "",
) -> Question:
    """Return an item as a question; its number is its place among the questions asked."""
    is_rating = item.kind == ItemKind.RATING
    leave = leave_field(item) if item.asks_for_playback else ""
    hint, hint_language = wording.say(item.hints)
    low, low_language = wording.say(item.options[0].texts) if is_rating else ("", "")
    high, high_language = wording.say(item.options[-1].texts) if is_rating else ("", "")
    key = f"q{number}" if item.has_answer else f"note-{item.code}"
    return Question(
        id=key,
        number=number,
        name=item.code,
        kind=item.kind,
        language=wording.language,
        direction=direction_of(wording.language),
        text=wording.say(item.texts)[0],
        hint=hint,
        choices=_choices(item, key, wording, values),
        cant_say=_cant_say(item, key, values),
        low_end=low,
        high_end=high,
        value="" if item.kind in WITH_OPTIONS else _shown(values.get(item.code)),
        max_length=item.max_length,
        leave_name=leave,
        leaves=_leaves(key, _shown(values.get(leave))) if leave else (),
        error=error.message if error else "",
        error_language=error.language if error else "",
        is_required=item.is_required,
        is_preselected=is_preselected,
        heading=heading[0],
        heading_language=heading[1],
        minimum=_shown(item.settings.get("minimum")),
        maximum=_shown(item.settings.get("maximum")),
        cant_say_name=_cant_say_name(item),
        hint_language=hint_language,
        low_language=low_language,
        high_language=high_language,
        is_of_occasion=is_of_occasion,
        about=about,
    )


def _choices(
    item: ItemContent, key: str, wording: Wording, values: Mapping[str, object]
) -> tuple[Choice, ...]:
    if item.kind not in WITH_OPTIONS:
        return ()
    sent = values.get(item.code)
    several = sent if item.kind == ItemKind.MULTIPLE and isinstance(sent, list) else [sent]
    chosen = {_shown(value) for value in several}
    return tuple(
        _choice(item, option, key, wording.say(option.texts), chosen, values)
        for option in item.options
    )


def _choice(
    item: ItemContent,
    option: OptionContent,
    key: str,
    text: tuple[str, str],
    chosen: set[str],
    values: Mapping[str, object],
) -> Choice:
    value = str(option.value)
    is_ranked = item.kind == ItemKind.RANKING
    other = f"{item.code}.other" if option.is_other and not is_ranked else ""
    place = f"{item.code}.{value}" if is_ranked else ""
    return Choice(
        id=f"{key}-{value}",
        value=value,
        text=text[0],
        language=text[1],
        is_checked=value in chosen and not is_ranked,
        other_name=other,
        other_value=_shown(values.get(other)) if other else "",
        place_name=place,
        place=_shown(values.get(place)) if place else "",
    )


def _cant_say_name(item: ItemContent) -> str:
    """Return the field of "I can't say": the answer's own where options are chosen."""
    return f"{item.code}.{CANT_SAY}" if has_cant_say_field(item) else item.code


def _cant_say(item: ItemContent, key: str, values: Mapping[str, object]) -> Choice | None:
    if not (item.allows_cant_say and item.has_answer and not item.is_of_words):
        return None
    sent = values.get(_cant_say_name(item))
    is_checked = CANT_SAY in sent if isinstance(sent, list) else sent == CANT_SAY
    return Choice(f"{key}-none", CANT_SAY, str(CANT_SAY_WORDS), is_checked=is_checked)


def _leaves(key: str, value: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(f"{key}-{leave.value}", leave.value, str(text), is_checked=leave == value)
        for leave, text in LEAVE_WORDS.items()
    )


def _shown(value: object) -> str:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value if isinstance(value, str) else ""

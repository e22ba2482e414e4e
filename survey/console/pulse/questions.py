"""What a draft asks, item by item, with the time it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from survey.campaigns.models import Wave
from survey.campaigns.selectors import content_of
from survey.letters.words import primary_tag
from survey.questionnaires.content import ItemContent, QuestionnaireContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import SECONDS

OWN_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One question as it is worded, how it is answered, and the seconds it takes."""

    text: str
    kind: str
    scale: str
    seconds: int


@dataclass(frozen=True, slots=True)
class QuestionList:
    """All that is asked, and how long it takes together."""

    name: str
    items: tuple[ItemRow, ...]
    languages: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """Return how long all of it takes."""
        return sum(row.seconds for row in self.items)

    @property
    def takes(self) -> str:
        """Return the time in words, to ten seconds upwards."""
        minutes, seconds = divmod(-(-self.seconds // 10) * 10, 60)
        if not minutes:
            return _("%(seconds)s s") % {"seconds": seconds}
        if not seconds:
            return _("%(minutes)s min") % {"minutes": minutes}
        return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}


def list_questions(*, wave: Wave) -> QuestionList:
    """Return what a draft asks."""
    return describe_questions(content_of(wave=wave))


def describe_questions(content: QuestionnaireContent) -> QuestionList:
    """Return what a questionnaire, or a part of it, asks."""
    scales = _scale_names(content)
    return QuestionList(
        name=_("%(name)s, version %(version)s")
        % {"name": content.name, "version": content.version},
        items=tuple(_row(item, scales) for item in content.items),
        languages=content.languages,
    )


def _row(item: ItemContent, scales: Mapping[str, str]) -> ItemRow:
    return ItemRow(
        text=_text(item),
        kind=_kind(item),
        scale=scales.get(item.code, ""),
        seconds=SECONDS[item.kind],
    )


def _text(item: ItemContent) -> str:
    """Return a question in the reader's language, else in English, else as it is worded."""
    wanted = (primary_tag(get_language() or OWN_LANGUAGE), OWN_LANGUAGE, *item.texts)
    return next(item.texts[tag] for tag in wanted if tag in item.texts)


def _kind(item: ItemContent) -> str:
    if item.is_closed:
        n = len(item.options)
        return ngettext("%(n)s option", "%(n)s options", n) % {"n": n}
    return _("own words") if item.kind == ItemKind.TEXT else str(ItemKind(item.kind).label)


def _scale_names(content: QuestionnaireContent) -> dict[str, str]:
    """Return by item the name of the scale it counts in; a facet's before its whole's."""
    ordered = sorted(content.scales, key=lambda scale: scale.facet_of is not None)
    return {code: scale.name for scale in ordered for code in scale.item_codes}

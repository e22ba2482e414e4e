"""What kinds, states and audiences are called on the builder's pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.questionnaires.models import Audience, ItemKind, QuestionnaireStatus

KINDS: dict[str, Promise] = {
    ItemKind.CHOICE: gettext_lazy("One of some answers"),
    ItemKind.RATING: gettext_lazy("0 to 10"),
    ItemKind.TEXT: gettext_lazy("Own words"),
    ItemKind.MULTIPLE: gettext_lazy("Several answers"),
    ItemKind.RANKING: gettext_lazy("Answers put in order"),
    ItemKind.NUMBER: gettext_lazy("A number"),
    ItemKind.DATE: gettext_lazy("A day"),
    ItemKind.LINE: gettext_lazy("A few words"),
    ItemKind.NOTE: gettext_lazy("A text to read"),
}
AUDIENCES: dict[str, Promise] = {
    Audience.EMPLOYEE: gettext_lazy("staff"),
    Audience.COLLEAGUE: gettext_lazy("teams about teams"),
    Audience.CUSTOMER: gettext_lazy("customers"),
}
STATES: dict[str, Promise] = {
    QuestionnaireStatus.DRAFT: gettext_lazy("draft"),
    QuestionnaireStatus.PUBLISHED: gettext_lazy("published"),
    QuestionnaireStatus.RETIRED: gettext_lazy("retired"),
}
STATE_CHIPS: dict[str, str] = {
    QuestionnaireStatus.DRAFT: "gold",
    QuestionnaireStatus.PUBLISHED: "ok",
}
AUDIENCE_CHIPS: dict[str, str] = {Audience.CUSTOMER: "out"}
PAGES: dict[str, Promise] = {
    "": gettext_lazy("One page up to 8 questions, then parts"),
    "SCROLL": gettext_lazy("All on one page"),
    "SECTIONS": gettext_lazy("A page for each section"),
    "ONE_BY_ONE": gettext_lazy("One question at a time"),
}


def say_seconds(seconds: int) -> str:
    """Return a time in words, to ten seconds upwards."""
    minutes, rest = divmod(-(-seconds // 10) * 10, 60)
    if not minutes:
        return _("%(seconds)s s") % {"seconds": rest}
    if not rest:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": rest}


def say_kind(kind: str, options: int) -> str:
    """Return how an item is answered, in words."""
    if kind == ItemKind.CHOICE:
        return ngettext("One of %(n)d answer", "One of %(n)d answers", options) % {"n": options}
    return str(KINDS[kind])


def word(texts: Mapping[str, Any], language: str) -> tuple[str, str]:
    """Return a text and the language it is in: the wanted one, or any other."""
    if texts.get(language):
        return str(texts[language]), language
    found = ((str(text), tag) for tag, text in texts.items() if text)
    return next(found, ("", language))

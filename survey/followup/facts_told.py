"""The facts of a playback as sentences, in the language that is spoken: printed figures only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from survey.core.periods import Period, period_name
from survey.questionnaires.models import Audience

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
UNKNOWN, SAME = None, 0

Facts = Mapping[str, Any]  # as `moves.read_facts` returns them


@dataclass(frozen=True, slots=True)
class FactsTold:
    """Who answered, what moved, what did not, and what nothing can be compared with."""

    answered: str
    moved: tuple[str, ...] = ()
    same: str = ""
    new: str = ""
    reworded: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return all of it, in order."""
        return tuple(filter(None, (self.answered, *self.moved, self.same, self.new, self.reworded)))


def tell_facts(facts: Facts, *, audience: str) -> FactsTold:
    """Say what a release told of everybody who was asked."""
    measures = facts["measures"]
    before = _name_month(facts["before"]) if facts["before"] else ""
    moved = [one for one in measures if one["direction"]]
    new = [one for one in measures if one["direction"] is UNKNOWN and not one["is_reworded"]]
    return FactsTold(
        answered=_say_answered(facts["n_people"], audience),
        moved=tuple(_say_moved(one, before) for one in moved),
        same=_say_same([one for one in measures if one["direction"] == SAME], before),
        new=_say_new(new),
        reworded=_say_reworded([one for one in measures if one["is_reworded"]], before),
    )


def name_months(facts: Facts) -> str:
    """Return what the time is called that a playback tells of."""
    return _name_month(facts["period"])


def _name_month(start: str) -> str:
    return period_name(date.fromisoformat(start), Period.MONTH)


def _say_answered(n: int, audience: str) -> str:
    if not n:
        return _("Too few answered to show figures.")
    if audience == Audience.CUSTOMER:
        words = ngettext("%(n)s customer answered.", "%(n)s customers answered.", n)
    else:
        words = ngettext("%(n)s of us answered.", "%(n)s of us answered.", n)
    return words % {"n": intcomma(n)}


def _say_moved(measure: Mapping[str, Any], before: str) -> str:
    words = (
        _("%(name)s: higher than in %(before)s, %(now)s of 100 after %(then)s.")
        if measure["direction"] > SAME
        else _("%(name)s: lower than in %(before)s, %(now)s of 100 after %(then)s.")
    )
    return words % {
        "name": _quote(measure["name"]),
        "before": before,
        "now": _print(measure["mean"], measure["end"]),
        "then": _print(measure["before"], measure["before_end"]),
    }


def _say_same(measures: Sequence[Mapping[str, Any]], before: str) -> str:
    if not measures:
        return ""
    words = _("No clear change since %(before)s: %(names)s.")
    return words % {"before": before, "names": _list(measures)}


def _say_new(measures: Sequence[Mapping[str, Any]]) -> str:
    if not measures:
        return ""
    stand = [
        _("%(name)s %(now)s of 100")
        % {"name": _quote(one["name"]), "now": _print(one["mean"], one["end"])}
        for one in measures
    ]
    words = _("Without a comparison: %(names)s.")
    return words % {"names": get_text_list(stand, _("and"))}


def _say_reworded(measures: Sequence[Mapping[str, Any]], before: str) -> str:
    if not measures:
        return ""
    words = _("Asked in other words than in %(before)s, so not comparable: %(names)s.")
    return words % {"before": before, "names": _list(measures)}


def _list(measures: Sequence[Mapping[str, Any]]) -> str:
    return get_text_list([_quote(one["name"]) for one in measures], _("and"))


def _print(mean: float, end: str) -> str:
    """Print a score to a decimal; one beyond the ends, whose own value nobody knows, as such."""
    printed = number_format(mean, 1)
    if end == "high":
        return _("%(score)s or more") % {"score": printed}
    if end == "low":
        return _("%(score)s or less") % {"score": printed}
    return str(printed)


def _quote(name: str) -> str:
    """Keep the name of a scale, which is data, apart from a sentence in another language."""
    quoted = _("“%(name)s”") % {"name": name.rstrip(".")}
    if get_language() == settings.LANGUAGE_CODE:
        return quoted
    return f"{FIRST_STRONG_ISOLATE}{quoted}{POP_ISOLATE}"

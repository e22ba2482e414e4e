"""What the next letter may say of what came of the last one: paragraphs to take over."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.followup.commitments import Promise
from survey.followup.heard import outside_promises
from survey.followup.models import CommitmentState
from survey.questionnaires.languages import speak

TAKE = "take"  # the button that takes a paragraph over
FEW = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """A paragraph, by the key of the promise it tells of."""

    key: str
    text: str


def offer_paragraphs(*, audience: str, language: str, today: date) -> tuple[Offer, ...]:
    """Return the newest promises to an audience that were kept, then what is open, as sentences.

    Only what is shown outside stands in letters, of staff nothing that one team was promised; a
    promise that is late says so.
    """
    told = outside_promises(audience=audience, today=today)
    kept = [one for one in told if one.state == CommitmentState.KEPT]
    promised = [one for one in told if one.state == CommitmentState.PROMISED]
    with speak(language):
        return tuple(Offer(str(one.key), _write(one)) for one in [*kept, *promised][:FEW])


def take_over(data: QueryDict, *, offers: tuple[Offer, ...]) -> QueryDict:
    """Return a form with the wanted paragraph at the end of its letter; nothing is saved."""
    taken = data.copy()
    text = next((one.text for one in offers if one.key == data.get(TAKE)), "")
    body = data.get("body", "").rstrip()
    if text and text not in body:
        taken["body"] = f"{body}\n\n{text}"
    return taken


def _write(promise: Promise) -> str:
    what = promise.what.rstrip(".")
    words = {"heard": promise.heard, "what": what, "who": promise.signed, "day": ""}
    if promise.state == CommitmentState.KEPT and promise.settled_date is not None:
        words["day"] = date_format(promise.settled_date, "YEAR_MONTH_FORMAT")
        if promise.heard:
            return _("Last time you told us: “%(heard)s” Since %(day)s: %(what)s.") % words
        return _("Since you last answered, in %(day)s: %(what)s.") % words
    words["day"] = date_format(promise.due_date, _("j F Y")) if promise.due_date else ""
    if promise.is_late:
        return _("%(who)s promised: %(what)s. That was due on %(day)s and is late.") % words
    if promise.heard:
        said = _("Last time you told us: “%(heard)s” %(who)s promised, by %(day)s: %(what)s.")
        return said % words
    return _("%(who)s promised, by %(day)s: %(what)s.") % words

"""How a promise stands, in a word, a colour and an icon."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise as Words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.followup.commitments import Promise, count_promises
from survey.followup.models import CommitmentState

LATE, OPEN, KEPT, REFUSED, WITHDRAWN = "late", "open", "kept", "refused", "withdrawn"
NAMES: dict[str, Words] = {
    LATE: gettext_lazy("late"),
    OPEN: gettext_lazy("open"),
    KEPT: gettext_lazy("kept"),
    REFUSED: gettext_lazy("we won’t, and why"),
    WITHDRAWN: gettext_lazy("withdrawn"),
}
CHIPS = {LATE: "bad", OPEN: "gold", KEPT: "ok", REFUSED: "", WITHDRAWN: ""}
ICONS = {KEPT: "success", LATE: "warning"}  # of the look's notices
OF_STATES = {
    CommitmentState.KEPT: KEPT,
    CommitmentState.REFUSED: REFUSED,
    CommitmentState.WITHDRAWN: WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A promise, and how it stands as a page says it."""

    promise: Promise
    code: str

    @property
    def chip(self) -> str:
        """Return the colour of its chip."""
        return CHIPS[self.code]

    @property
    def icon(self) -> str:
        """Return the kind of its icon."""
        return ICONS.get(self.code, "")

    @property
    def label(self) -> str:
        """Say how it stands, with a day where there is one."""
        one = self.promise
        if self.code == LATE:
            words = ngettext("late, %(n)s day", "late, %(n)s days", one.days_late)
            return words % {"n": one.days_late}
        if one.is_kept_late and one.settled_date is not None:
            return _("kept late, %(day)s") % {"day": _day(one.settled_date)}
        if self.code == KEPT and one.settled_date is not None:
            return _("kept %(day)s") % {"day": _day(one.settled_date)}
        if self.code == OPEN and one.due_date is not None:
            return _("by %(day)s") % {"day": _day(one.due_date)}
        return str(NAMES[self.code])


def stand(promise: Promise) -> Standing:
    """Say how a promise stands."""
    usual = LATE if promise.is_late else OPEN
    return Standing(promise, OF_STATES.get(CommitmentState(promise.state), usual))


def say_counts(promises: Collection[Promise]) -> str:
    """Return how many promises were kept, stand and are late, as a headline; "" without any."""
    if not promises:
        return ""
    counts = count_promises(promises)
    counted = {"kept": counts.kept, "open": counts.open, "late": counts.late}
    said = [_("%(kept)s kept, %(open)s open, %(late)s late") % counted]
    if counts.was_late:
        moved = ngettext(
            "%(n)s was late and got another day",
            "%(n)s were late and got another day",
            counts.was_late,
        )
        said.append(moved % {"n": counts.was_late})
    if counts.kept_late:
        late = ngettext("%(n)s was kept late", "%(n)s were kept late", counts.kept_late)
        said.append(late % {"n": counts.kept_late})
    return "; ".join(said)


def _day(day: date) -> str:
    return date_format(day, _("j F Y"))

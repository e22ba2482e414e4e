"""How the letters of a wave fare, and what there is to do about those that do not arrive."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.deliveries import TROUBLED, WRONG_ADDRESS, advise, count_states
from survey.campaigns.mishaps import say_reason
from survey.campaigns.models import Wave
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState


@dataclass(frozen=True, slots=True)
class LetterLine:
    """Some letters that fare alike, and what to do about them: ok, wait, warn or bad."""

    tone: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deferred:
    """How many people are asked only from a day on, because they were asked lately."""

    day: date
    n_people: int
    is_in_time: bool


def list_letters(*, wave: Wave) -> tuple[LetterLine, ...]:
    """Return how the letters of a wave fare, in three queries."""
    counts = count_states(wave=wave)
    lines = [LetterLine("ok" if counts.sent else "wait", _say_sent(counts.sent))]
    if counts.queued:
        lines.append(_tell_queued(wave, counts.queued))
    lines += _undelivered(wave)
    without = counts.no_letter
    if without:
        lines.append(_tell_without(wave, without))
    return tuple(lines)


def say_opened(*, wave: Wave, is_undoable: bool) -> str:
    """Return what became of the letters since a wave opened."""
    if is_undoable:
        return _("Opened; the letters are about to go.")
    counts = count_states(wave=wave)
    if not _is_over(wave) and (
        counts.queued or any(one.is_in_time for one in list_deferred(wave=wave))
    ):
        return _("Opened; the letters go out, each at its own time.")
    if counts.sent or counts.bounced:
        return _("Opened; the letters went out.")
    return _("Opened; no letter went out.")


def list_deferred(*, wave: Wave) -> tuple[Deferred, ...]:
    """Return on which days deferred people may be asked, with their number, in one query."""
    rows = wave.invitations.filter(deferred_until__isnull=False).order_by("deferred_until")
    days = rows.values_list("deferred_until").annotate(n=Count("pk"))
    return tuple(Deferred(day, n, day <= wave.closes_at.date()) for day, n in days)


def _undelivered(wave: Wave) -> list[LetterLine]:
    failed = Delivery.objects.filter(invitation__wave=wave, state__in=TROUBLED)
    rows = failed.order_by("state", "reason").values_list("state", "reason")
    return [
        LetterLine(
            "bad" if reason.startswith(WRONG_ADDRESS) else "warn",
            _say_returned(n) if state == DeliveryState.BOUNCED else _say_undelivered(n),
            f"{capfirst(say_reason(reason))}. {advise(reason)}",
        )
        for state, reason, n in rows.annotate(n=Count("pk"))
    ]


def _is_over(wave: Wave) -> bool:
    return wave.closed_at is not None or wave.withdrawn_at is not None


def _tell_without(wave: Wave, n: int) -> LetterLine:
    if wave.opened_at is None and not _is_over(wave):
        title = ngettext("%(n)s letter not written yet", "%(n)s letters not written yet", n)
        return LetterLine("wait", title % {"n": n}, _("They are written when the wave opens."))
    title = ngettext("%(n)s person without a letter", "%(n)s people without a letter", n)
    detail = _("Not written yet, no address, asked lately, or asked for no more letters.")
    return LetterLine("warn", title % {"n": n}, detail)


def _tell_queued(wave: Wave, n: int) -> LetterLine:
    if not _is_over(wave):
        return LetterLine("wait", _say_queued(n), _next_turn(wave))
    title = ngettext("%(n)s letter did not go", "%(n)s letters did not go", n) % {"n": n}
    return LetterLine("warn", title, _("The wave was over before it was their turn."))


def _next_turn(wave: Wave) -> str:
    waiting = Delivery.objects.filter(invitation__wave=wave, state=DeliveryState.QUEUED)
    first: datetime | None = waiting.aggregate(first=Min("due_at"))["first"]
    return "" if first is None else _("They go at everybody’s own time, outside quiet hours.")


def _say_sent(n: int) -> str:
    return ngettext("%(n)s letter sent", "%(n)s letters sent", n) % {"n": n}


def _say_queued(n: int) -> str:
    return ngettext("%(n)s letter on the way", "%(n)s letters on the way", n) % {"n": n}


def _say_returned(n: int) -> str:
    return ngettext("%(n)s letter came back", "%(n)s letters came back", n) % {"n": n}


def _say_undelivered(n: int) -> str:
    return ngettext("%(n)s letter not delivered", "%(n)s letters not delivered", n) % {"n": n}

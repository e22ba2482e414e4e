"""How the letters of a wave fare, and what there is to do about those that do not arrive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min

from survey.campaigns.models import Wave
from survey.letters.models import Delivery
from survey.letters.outcomes import ADDRESS_REFUSED, CANNOT_BE_WRITTEN_TO
from survey.letters.postponing import SNOOZED
from survey.letters.retrying import NOT_TWICE_UNCERTAIN
from survey.letters.states import DeliveryState

ON_THEIR_WAY = (DeliveryState.QUEUED, DeliveryState.SENDING)
NOT_DELIVERED = (DeliveryState.FAILED, DeliveryState.BOUNCED)
WRONG_ADDRESS = "Correct the addresses on the staff list; the next wave uses them."
TO_DO = {
    "stopped": "They asked for no more letters. Leave it at that.",
    "closed": "The wave had closed before it was their turn.",
    SNOOZED: "They want a rest until after the close. Leave it at that.",
    NOT_TWICE_UNCERTAIN: "Nobody knows whether they arrived, so they are not sent once more.",
}


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
    counts = _count(wave)
    sent = counts.get(DeliveryState.SENT, 0)
    lines = [LetterLine("ok" if sent else "wait", _say(sent, "sent"))]
    waiting = sum(counts.get(state, 0) for state in ON_THEIR_WAY)
    if waiting:
        lines.append(LetterLine("wait", _say(waiting, "on the way"), _next_turn(wave)))
    lines += _undelivered(wave)
    without = counts.get("", 0)
    if without:
        detail = "Not written yet, no address, asked lately, or asked for no more letters."
        people = "person" if without == 1 else "people"
        lines.append(LetterLine("warn", f"{without} {people} without a letter", detail))
    return tuple(lines)


def list_deferred(*, wave: Wave) -> tuple[Deferred, ...]:
    """Return on which days deferred people may be asked, with their number, in one query."""
    rows = wave.invitations.filter(deferred_until__isnull=False).order_by("deferred_until")
    days = rows.values_list("deferred_until").annotate(n=Count("pk"))
    return tuple(Deferred(day, n, day <= wave.closes_at.date()) for day, n in days)


def what_to_do(reason: str) -> str:
    """Return what HR does about letters that were not delivered for a reason."""
    if reason.startswith((ADDRESS_REFUSED, CANNOT_BE_WRITTEN_TO)):
        return WRONG_ADDRESS
    return TO_DO.get(reason, "If it happens often, ask whoever runs the mail server.")


def _count(wave: Wave) -> Mapping[str, int]:
    rows = wave.invitations.order_by().values_list("delivery__state").annotate(n=Count("pk"))
    return {state or "": n for state, n in rows}


def _undelivered(wave: Wave) -> list[LetterLine]:
    failed = Delivery.objects.filter(invitation__wave=wave, state__in=NOT_DELIVERED)
    rows = failed.order_by("state", "reason").values_list("state", "reason")
    return [
        LetterLine(
            "bad" if what_to_do(reason) == WRONG_ADDRESS else "warn",
            _say(n, "came back" if state == DeliveryState.BOUNCED else "not delivered"),
            f"{reason.capitalize()}. {what_to_do(reason)}",
        )
        for state, reason, n in rows.annotate(n=Count("pk"))
    ]


def _next_turn(wave: Wave) -> str:
    waiting = Delivery.objects.filter(invitation__wave=wave, state=DeliveryState.QUEUED)
    first: datetime | None = waiting.aggregate(first=Min("due_at"))["first"]
    return "" if first is None else "They go at everybody’s own time, outside quiet hours."


def _say(n: int, what: str) -> str:
    return f"{n} {'letter' if n == 1 else 'letters'} {what}"

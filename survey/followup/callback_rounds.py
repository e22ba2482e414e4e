"""What is done about callbacks as time goes by: reminders, late ones, and one question at the end.

Each is done once; a callback whose owner is gone, or may not see it any more, is given to somebody
else.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from survey.followup.callback_notices import ask_whether_put_right, remind_owner
from survey.followup.callbacks import give_to_somebody, note_reminder
from survey.followup.calling import strayed_calls
from survey.followup.models import OPEN_STATES, Callback, CallbackState

AT_ONCE = 200


def calls_to_remind(*, now: datetime) -> QuerySet[Callback]:
    """Return the open callbacks whose owners are to be reminded, or told that they are late."""
    soon, late = Q(remind_at__lte=now), Q(due_at__lte=now, late_at=None)
    return Callback.objects.filter(soon | late, state__in=OPEN_STATES)


def calls_to_check(*, now: datetime) -> QuerySet[Callback]:
    """Return the solved callbacks whose person has an e-mail address and was not asked yet."""
    solved = Callback.objects.filter(state=CallbackState.SOLVED, checked_at=None)
    return solved.filter(ended_at__lte=now).exclude(email="")


def remind_owners(*, now: datetime) -> int:
    """Give away what is nobody's, remind, and ask whether it was put right; return how many."""
    given = sum(_give(callback_id, now) for callback_id in _ids(strayed_calls()))
    reminded = sum(_remind(callback_id, now) for callback_id in _ids(calls_to_remind(now=now)))
    asked = sum(_ask(callback_id, now) for callback_id in _ids(calls_to_check(now=now)))
    return given + reminded + asked


def _ids(rows: QuerySet[Callback]) -> list[int]:
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _give(callback_id: int, now: datetime) -> bool:
    callback = _lock(Callback.objects.filter(state__in=OPEN_STATES), callback_id)
    return callback is not None and give_to_somebody(callback=callback, now=now) is not None


@transaction.atomic
def _remind(callback_id: int, now: datetime) -> bool:
    callback = _lock(calls_to_remind(now=now), callback_id)
    if callback is None:
        return False
    callback.remind_at = None
    if callback.due_at <= now:
        callback.late_at = now.replace(second=0, microsecond=0)
    callback.save(update_fields=["remind_at", "late_at"])
    if callback.owner is not None:
        remind_owner(callback=callback, owner=callback.owner, now=now)
        note_reminder(callback=callback, now=now)
    return True


@transaction.atomic
def _ask(callback_id: int, now: datetime) -> bool:
    callback = _lock(calls_to_check(now=now), callback_id)
    if callback is None:
        return False
    callback.checked_at = now.replace(second=0, microsecond=0)
    callback.save(update_fields=["checked_at"])
    ask_whether_put_right(callback=callback, now=now)
    return True


def _lock(rows: QuerySet[Callback], callback_id: int) -> Callback | None:
    """Return a row that is still due, held until all of this is stored."""
    held = rows.filter(pk=callback_id).select_for_update(of=("self",))
    return held.select_related("team", "owner").first()

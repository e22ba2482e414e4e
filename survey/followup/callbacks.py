"""Wishes to be called or written to: taken in, given to somebody, and followed to their end.

Nothing here knows of an answer. Moments are kept to the minute.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from survey.accounts.models import User
from survey.followup.callback_history import was_reopened
from survey.followup.callback_notices import tell_owner
from survey.followup.callback_times import add_hours
from survey.followup.calling import choose_owner, list_takers
from survey.followup.models import (
    OPEN_STATES,
    Callback,
    CallbackEvent,
    CallbackEventKind,
    CallbackRule,
    CallbackState,
)


class StepNotPossibleError(Exception):
    """The callback does not stand so that this could be done; somebody was quicker."""


class NotATakerError(Exception):
    """A callback is handed over only to those who may see it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for, in their own words, and every way to reach them that they gave."""

    name: str
    phone: str = ""
    email: str = ""
    address: str = ""
    best_time: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """All that a callback takes over from the link it was asked for behind."""

    audience: str
    team_id: int | None
    language: str


@transaction.atomic
def ask_callback(*, wish: Wish, place: Place, form_key: UUID, now: datetime) -> Callback:
    """Take a wish in, once for each form, and give it to whoever takes calls today."""
    minute = _to_the_minute(now)
    due_at, remind_at = _plan(place.audience, minute)
    callback, is_new = Callback.objects.get_or_create(
        form_key=form_key,
        defaults={
            "audience": place.audience,
            "team_id": place.team_id,
            "language": place.language,
            "name": wish.name,
            "phone": wish.phone,
            "email": wish.email,
            "address": wish.address,
            "best_time": wish.best_time,
            "words": wish.words,
            "asked_at": minute,
            "due_at": due_at,
            "remind_at": remind_at,
        },
    )
    if is_new:
        _note(callback, CallbackEventKind.ASKED, minute)
        give_to_somebody(callback=callback, now=now)
    return callback


def give_to_somebody(*, callback: Callback, now: datetime) -> User | None:
    """Give a callback to whoever takes calls today, and tell them; None where nobody is there."""
    owner = choose_owner(audience=callback.audience, team_id=callback.team_id, now=now)
    if owner is not None:
        _give(callback, owner, now)
    return owner


@transaction.atomic
def take_callback(*, callback_id: int, user: User, now: datetime) -> None:
    """Take a callback in hand; one that was given up is open again."""
    callback = _lock(callback_id, (CallbackState.NEW, CallbackState.UNREACHED))
    callback.state, callback.ended_at, callback.owner = CallbackState.ACCEPTED, None, user
    callback.save(update_fields=["state", "ended_at", "owner"])
    _note(callback, CallbackEventKind.ACCEPTED, now, user.name)


@transaction.atomic
def note_callback(*, callback_id: int, user: User, note: str, now: datetime) -> None:
    """Add a note to a callback's history, however it stands."""
    _note(_lock(callback_id, CallbackState.values), CallbackEventKind.NOTED, now, user.name, note)


@transaction.atomic
def hand_over_callback(
    *, callback_id: int, user: User, to_user_id: int, note: str, now: datetime
) -> User:
    """Give an open callback to a colleague who may see it, and tell them."""
    callback = _lock(callback_id, OPEN_STATES)
    takers = list_takers(audience=callback.audience, team_id=callback.team_id)
    to_user = next((one for one in takers if one.pk == to_user_id), None)
    if to_user is None:
        raise NotATakerError
    _note(callback, CallbackEventKind.HANDED_OVER, now, user.name, note)
    callback.state = CallbackState.NEW
    _give(callback, to_user, now)
    return to_user


@transaction.atomic
def solve_callback(*, callback_id: int, user: User, note: str, now: datetime) -> None:
    """Say that a callback is solved; the person is asked whether it was put right."""
    _end(callback_id, CallbackState.SOLVED, CallbackEventKind.SOLVED, user, note, now)


@transaction.atomic
def give_up_callback(*, callback_id: int, user: User, note: str, now: datetime) -> None:
    """Say that somebody could not be reached."""
    _end(callback_id, CallbackState.UNREACHED, CallbackEventKind.UNREACHED, user, note, now)


@transaction.atomic
def confirm_callback(*, callback_id: int, now: datetime) -> None:
    """Note that the person says it was put right."""
    callback = _lock(callback_id, (CallbackState.SOLVED,))
    callback.state = CallbackState.CONFIRMED
    callback.save(update_fields=["state"])
    _note(callback, CallbackEventKind.CONFIRMED, now)


@transaction.atomic
def reopen_callback(*, callback_id: int, words: str, now: datetime) -> None:
    """Open a callback again because the person says it was not put right; they say so once."""
    callback = _lock(callback_id, (CallbackState.SOLVED, CallbackState.UNREACHED))
    if was_reopened(callback=callback):
        raise StepNotPossibleError
    minute = _to_the_minute(now)
    callback.state, callback.ended_at, callback.late_at = CallbackState.NEW, None, None
    callback.due_at, callback.remind_at = _plan(callback.audience, minute)
    callback.save(update_fields=["state", "ended_at", "late_at", "due_at", "remind_at"])
    _note(callback, CallbackEventKind.REOPENED, minute, note=words)
    if callback.owner is not None and callback.owner.is_active:
        tell_owner(callback=callback, owner=callback.owner, now=now)
    else:
        give_to_somebody(callback=callback, now=now)


def note_reminder(*, callback: Callback, now: datetime) -> None:
    """Add to the history that the owner was reminded."""
    _note(callback, CallbackEventKind.REMINDED, now, callback.owner.name if callback.owner else "")


def get_rule(*, audience: str) -> CallbackRule:
    """Return the rule of an audience, the usual one where nobody has set another."""
    found = CallbackRule.objects.filter(audience=audience).first()
    return found or CallbackRule(audience=audience)


def _plan(audience: str, start: datetime) -> tuple[datetime, datetime | None]:
    """Return until when a callback asked for now is due, and when its owner is reminded."""
    rule, zone = get_rule(audience=audience), timezone.get_default_timezone()
    hours, sooner = rule.answer_within_hours, rule.remind_before_hours

    def after(n: int) -> datetime:
        return add_hours(moment=start, hours=n, counts_weekends=rule.counts_weekends, zone=zone)

    return after(hours), after(hours - sooner) if sooner else None


def _give(callback: Callback, owner: User, now: datetime) -> None:
    callback.owner = owner
    callback.save(update_fields=["owner", "state"])
    _note(callback, CallbackEventKind.GIVEN, now, owner.name)
    tell_owner(callback=callback, owner=owner, now=now)


def _end(
    callback_id: int, state: str, kind: CallbackEventKind, user: User, note: str, now: datetime
) -> None:
    callback = _lock(callback_id, OPEN_STATES)
    callback.state, callback.ended_at, callback.remind_at = state, _to_the_minute(now), None
    if callback.owner != user:  # the person is asked in the name of whoever got in touch
        callback.owner = user
        _note(callback, CallbackEventKind.ACCEPTED, now, user.name)
    callback.save(update_fields=["state", "ended_at", "remind_at", "owner"])
    _note(callback, kind, now, user.name, note)


def _lock(callback_id: int, states: tuple[str, ...] | list[str]) -> Callback:
    """Return a callback in one of some states, held until all of this is stored."""
    found = Callback.objects.select_for_update(of=("self",)).filter(
        pk=callback_id, state__in=states
    )
    callback = found.select_related("team", "owner").first()
    if callback is None:
        raise StepNotPossibleError
    return callback


def _note(
    callback: Callback, kind: CallbackEventKind, at: datetime, by_name: str = "", note: str = ""
) -> None:
    CallbackEvent.objects.create(
        callback=callback, at=_to_the_minute(at), kind=kind, by_name=by_name, note=note
    )


def _to_the_minute(moment: datetime) -> datetime:
    return moment - timedelta(seconds=moment.second, microseconds=moment.microsecond)

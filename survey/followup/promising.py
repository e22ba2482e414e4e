"""Make promises, and change, keep or withdraw them; every change stays in their history."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.core.timestamps import local_date
from survey.followup.models import Commitment, CommitmentChange, CommitmentState
from survey.organization.models import Team

CHANGEABLE = frozenset({"heard", "what", "due_date", "who_name", "who", "is_shown_outside"})
SAID = (
    "is_draft",
    "audience", "team", "wave", "theme", "heard", "what", "who_name", "who", "is_shown_outside",
    "state", "because", "made_date", "due_date", "settled_date",
)  # fmt: skip


class CommitmentSettledError(Exception):
    """Only what is still promised can be changed, kept, withdrawn or refused."""


class DayPassedError(Exception):
    """A promise is made for today or a later day."""


class NoWhyError(Exception):
    """Moving the day of a promise, or taking it back, needs a reason."""


class KeptDayError(Exception):
    """A promise is kept between the day it was made and today."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is promised or refused, to whom and after what; theme is the code of a scale."""

    audience: str
    what: str
    heard: str = ""
    team: Team | None = None
    wave: Wave | None = None
    theme: str = ""
    is_shown_outside: bool = True
    is_draft: bool = False  # until the playback is published that it is written into


@transaction.atomic
def make_commitment(
    *, wording: Wording, who_name: str, who: User | None, due_date: date, by: User, now: datetime
) -> Commitment:
    """Promise something until a day; who is reminded of it, and by wrote it down.

    The same, said twice by one account on one day, is one promise.
    """
    if due_date < local_date(now):
        raise DayPassedError
    made = _build(wording, who_name=who_name, who=who, now=now)
    made.due_date = due_date
    return _begin(made, by=by, now=now)


@transaction.atomic
def refuse_wish(
    *, wording: Wording, because: str, who_name: str, who: User | None, by: User, now: datetime
) -> Commitment:
    """Say that something will not be done, and why."""
    if not because.strip():
        raise NoWhyError
    refused = _build(wording, who_name=who_name, who=who, now=now)
    refused.state, refused.because = CommitmentState.REFUSED, because
    refused.settled_date = local_date(now)
    return _begin(refused, by=by, now=now)


@transaction.atomic
def change_commitment(
    *, key: uuid.UUID, changes: Mapping[str, Any], why: str, by: User, now: datetime
) -> Commitment:
    """Change what a promise says; another day needs a reason and has not passed."""
    commitment = _lock(key)
    new = {
        name: value
        for name, value in changes.items()
        if name in CHANGEABLE and getattr(commitment, name) != value
    }
    if "due_date" in new:
        _check_day(new["due_date"], why, local_date(now))
    return _write(commitment, new, why=why, by=by, now=now) if new else commitment


@transaction.atomic
def keep_commitment(
    *, key: uuid.UUID, kept_date: date, by: User, now: datetime, note: str = ""
) -> Commitment:
    """Say that a promise was kept, and on which day."""
    commitment = _lock(key)
    if not commitment.made_date <= kept_date <= local_date(now):
        raise KeptDayError
    new = {"state": CommitmentState.KEPT, "settled_date": kept_date}
    return _write(commitment, new, why=note, by=by, now=now)


@transaction.atomic
def withdraw_commitment(*, key: uuid.UUID, why: str, by: User, now: datetime) -> Commitment:
    """Take a promise back, saying why."""
    return _end(key, CommitmentState.WITHDRAWN, why=why, by=by, now=now)


@transaction.atomic
def refuse_commitment(*, key: uuid.UUID, why: str, by: User, now: datetime) -> Commitment:
    """Say that what was promised will not be done after all, and why."""
    return _end(key, CommitmentState.REFUSED, why=why, by=by, now=now)


@transaction.atomic
def reopen_commitment(*, key: uuid.UUID, why: str, by: User, now: datetime) -> Commitment:
    """Say that a promise was not kept after all: it stands again with its day, and may be late."""
    commitment = _lock(key, state=CommitmentState.KEPT)
    if not why.strip():
        raise NoWhyError
    new = {"state": CommitmentState.PROMISED, "settled_date": None}
    return _write(commitment, new, why=why, by=by, now=now)


def find_promiser(*, name: str, otherwise: User) -> User:
    """Return the one account of that name, which is reminded; without one, somebody else."""
    named = list(User.objects.filter(name__iexact=name.strip(), is_active=True)[:2])
    return named[0] if len(named) == 1 else otherwise


def _build(wording: Wording, *, who_name: str, who: User | None, now: datetime) -> Commitment:
    return Commitment(
        audience=wording.audience,
        team=wording.team,
        wave=wording.wave,
        theme=wording.theme,
        heard=wording.heard.strip(),
        what=wording.what.strip(),
        who_name=who_name.strip(),
        who=who,
        made_date=local_date(now),
        is_shown_outside=wording.is_shown_outside,
        is_draft=wording.is_draft,
    )


def _begin(commitment: Commitment, *, by: User, now: datetime) -> Commitment:
    """Write down what was not written down by the same account on the same day already.

    The account is held meanwhile, so that of two presses at once the second finds the first.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    same = {name: getattr(commitment, name) for name in SAID}
    said = Commitment.objects.filter(changes__by_name=by.name, **same).order_by("pk").first()
    if said is not None:
        return said
    commitment.save(force_insert=True)
    told = ("what", "state", "due_date", "because")
    after = {name: _tell(getattr(commitment, name)) for name in told}
    CommitmentChange.objects.create(
        commitment=commitment, changed_at=now, by_name=by.name, before={}, after=after
    )
    return commitment


def _lock(key: uuid.UUID, *, state: str = CommitmentState.PROMISED) -> Commitment:
    """Return a commitment that nobody else changes meanwhile, if it stands as it must."""
    commitment = Commitment.objects.select_for_update().get(key=key)
    if commitment.state != state:
        raise CommitmentSettledError
    return commitment


def _end(key: uuid.UUID, state: str, *, why: str, by: User, now: datetime) -> Commitment:
    commitment = _lock(key)
    if not why.strip():
        raise NoWhyError
    new = {"state": state, "because": why.strip(), "settled_date": local_date(now)}
    return _write(commitment, new, why=why, by=by, now=now)


def _check_day(day: date, why: str, today: date) -> None:
    if day < today:
        raise DayPassedError
    if not why.strip():
        raise NoWhyError


def _write(
    commitment: Commitment, new: Mapping[str, Any], *, why: str, by: User, now: datetime
) -> Commitment:
    before = {name: _tell(getattr(commitment, name)) for name in new}
    for name, value in new.items():
        setattr(commitment, name, value)
    commitment.save(update_fields=list(new))
    after = {name: _tell(value) for name, value in new.items()}
    CommitmentChange.objects.create(
        commitment=commitment,
        changed_at=now,
        by_name=by.name,
        before=before,
        after=after,
        why=why.strip(),
    )
    return commitment


def _tell(value: Any) -> Any:
    """Return a value as the history keeps it: days and accounts in words."""
    if isinstance(value, date):
        return value.isoformat()
    return value.name if isinstance(value, User) else value

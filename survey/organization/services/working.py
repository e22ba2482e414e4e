"""The worker reads rosters and takes confirmed ones in, one after another.

Reading and planning change nothing and tell how far they are. What was planned is then written in
one transaction, in the order in which rosters came, so a roster is taken in whole or not at all; a
worker that dies gives its lease back by time, and the next one begins again.
"""

import gc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.core.leases import claim, release
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.organization.columns import plan_columns
from survey.organization.files import LineProblem, Said
from survey.organization.lines import RosterError, RosterFile
from survey.organization.models import Attribute, RosterColumn, RosterImport, RosterState
from survey.organization.roster import MOST_PROBLEMS, read_lines
from survey.organization.services.importing import (
    RosterPlan,
    carry_out,
    find_problems,
    plan_import,
)
from survey.organization.sheets import read_table
from survey.organization.summaries import KINDS, summarise, without_names

LEASE_SECONDS = 300  # longer than the tasks may take
MOST_TRIES = 2
N_SAMPLED = 100  # lines by which it is guessed what their headings mean
TOO_LONG = LineProblem(
    1, "", Said(_("It took too long to read. Split it, or take out what is not needed."))
)


CHANGED_SINCE = _("Something else changed the staff list since this was looked at.")


class UnmappedError(Exception):
    """Somebody has to say what the headings mean."""


def read_waiting_rosters(*, now: datetime) -> int:
    """Read what came in, and work out what it would change; return how many were read."""
    waiting = RosterImport.objects.filter(state=RosterState.WAITING).order_by("pk").defer("content")
    return run_each(list(waiting), partial(_read_one, now=now), name="read_rosters")


def apply_confirmed_rosters(*, now: datetime) -> int:
    """Take in the first confirmed roster; return whether one was."""
    confirmed = RosterImport.objects.filter(state=RosterState.CONFIRMED).order_by("pk")
    return run_each(confirmed.defer("content")[:1], partial(_apply_one, now=now), name="apply")


def _read_one(roster: RosterImport, *, now: datetime) -> int:
    with _leased(roster, now) as is_ours:
        if not is_ours or roster.state != RosterState.WAITING:
            return 0
        try:
            _check_tries(roster)
            plan = _plan(roster, local_date(now))
        except UnmappedError:
            roster.state = RosterState.UNMAPPED
        except RosterError as error:
            _refuse(roster, error)
        else:
            _show(roster, plan)
        return _store(roster, "columns", "problems", "difference", "n_done", "n_all")


def _store(roster: RosterImport, *fields: str) -> int:
    """Write down what came of reading, unless somebody has put the roster aside meanwhile."""
    waiting = RosterImport.objects.filter(pk=roster.pk, state=RosterState.WAITING)
    return waiting.update(**{name: getattr(roster, name) for name in ("state", *fields)})


def _apply_one(roster: RosterImport, *, now: datetime) -> int:
    """Plan again what was confirmed; where it is no longer the same, somebody looks again."""
    with _leased(roster, now) as is_ours:
        if not is_ours or roster.state != RosterState.CONFIRMED:
            return 0
        seen, day = roster.difference["digest"], date.fromisoformat(roster.difference["day"])
        n_before = _count_applied()
        try:
            _check_tries(roster)
            plan = _plan(roster, day)
        except RosterError as error:
            _refuse(roster, error)
        else:
            if summarise(plan.difference, day=day)["digest"] == seen:
                return _carry_out(roster, plan, n_before, now)
            roster.is_confirmed_ahead = False
            _show(roster, plan)
            roster.problems = [CHANGED_SINCE]
        roster.save(update_fields=["state", "problems", "difference", "is_confirmed_ahead"])
    return 1


def _carry_out(roster: RosterImport, plan: RosterPlan, n_before: int, now: datetime) -> int:
    with transaction.atomic():
        mine = RosterImport.objects.select_for_update().filter(
            pk=roster.pk, state=RosterState.CONFIRMED, lease_until=roster.lease_until
        )
        if not mine.exists() or _count_applied() != n_before:
            return 0  # somebody else was faster: the next run plans anew
        carry_out(plan=plan)
        mine.update(
            state=RosterState.APPLIED,
            applied_at=now,
            content=None,
            n_done=roster.n_all,
            problems=[],
        )
        _forget_names_before(roster)
    return 1


def _forget_names_before(roster: RosterImport) -> None:
    """Keep the names of the last roster only."""
    older = RosterImport.objects.filter(state=RosterState.APPLIED, difference__has_key="people")
    for one in older.exclude(pk=roster.pk).only("difference"):
        one.difference = without_names(one.difference)
        one.save(update_fields=["difference"])


def _count_applied() -> int:
    return RosterImport.objects.filter(state=RosterState.APPLIED).count()


def _check_tries(roster: RosterImport) -> None:
    """Refuse a roster that kept workers beyond their time, so that it holds up no others."""
    if roster.n_tries > MOST_TRIES:
        raise RosterError((TOO_LONG,))


def _count_tries(roster: RosterImport, n_tries: int) -> None:
    RosterImport.objects.filter(pk=roster.pk).update(n_tries=n_tries)


@contextmanager
def _leased(roster: RosterImport, now: datetime) -> Iterator[bool]:
    """Hold a roster, read again, for longer than a task may take; collect no garbage meanwhile.

    A try is counted first and taken back at the end, so that those stay whose worker was ended.
    """
    is_ours = claim(roster, now=now, seconds=LEASE_SECONDS)
    n_tries = 0
    if is_ours:
        roster.refresh_from_db()
        roster.n_tries += 1
        _count_tries(roster, roster.n_tries)
    was_enabled = gc.isenabled()
    gc.disable()  # hundreds of thousands of lines are all still needed
    try:
        yield is_ours
    except SoftTimeLimitExceeded:
        n_tries = roster.n_tries
        raise
    finally:
        if was_enabled:
            gc.enable()
        if is_ours:
            _count_tries(roster, n_tries)
            release(roster)


def _plan(roster: RosterImport, today: date) -> RosterPlan:
    """Read a roster and work out what it changes; its columns are kept with it."""
    file = _read(roster, today)
    return plan_import(roster=file, today=today)


def _read(roster: RosterImport, today: date) -> RosterFile:
    table = read_table(zlib.decompress(bytes(roster.content or b"")))
    attributes = set(Attribute.objects.values_list("code", flat=True))
    columns = dict(roster.columns)
    if set(columns) != set(table.headings):
        remembered = dict(RosterColumn.objects.values_list("heading", "column"))
        table, samples = table.peek(N_SAMPLED)
        guess = plan_columns(
            table.headings, remembered=remembered, attributes=attributes, samples=samples
        )
        columns = dict(guess.columns)
        roster.columns = list(columns.items())
        if not guess.is_certain:
            raise UnmappedError
    try:
        return read_lines(
            table,
            columns=columns,
            attributes=attributes,
            progress=partial(_tell_progress, roster),
        )
    except RosterError as error:
        others = find_problems(roster=error.readable, today=today)
        raise RosterError((*error.problems, *others)) from error


def _tell_progress(roster: RosterImport, n_done: int, n_all: int) -> None:
    roster.n_done, roster.n_all = n_done, n_all
    RosterImport.objects.filter(pk=roster.pk).update(n_done=n_done, n_all=n_all)


def _refuse(roster: RosterImport, error: RosterError) -> None:
    """Keep what is wrong, named by the headings of the file."""
    headings = {column: heading for heading, column in dict(roster.columns).items() if column}
    roster.state = RosterState.REFUSED
    roster.problems = [
        replace(problem, column=headings.get(problem.column, problem.column)).as_json()
        for problem in error.problems[:MOST_PROBLEMS]
    ]


def _show(roster: RosterImport, plan: RosterPlan) -> None:
    """Keep what would change; a roster confirmed ahead goes on unless too many would leave."""
    roster.difference = summarise(plan.difference, day=plan.today)
    goes_on = roster.is_confirmed_ahead and (roster.may_lose_many or not plan.difference.loses_many)
    roster.state = RosterState.CONFIRMED if goes_on else RosterState.READY
    roster.n_all = sum(roster.difference["counts"][kind] for kind in KINDS)
    roster.n_done = 0

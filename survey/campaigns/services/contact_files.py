"""Files of contacts: checked as a whole, shown as a difference, taken in when somebody says so."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.campaigns.contact_files import (
    MOST_PROBLEMS,
    MOST_ROWS,
    Line,
    open_sheet,
)
from survey.campaigns.models import ContactFile, ContactFileState, Interaction
from survey.campaigns.services.contact_groups import Place, find_places
from survey.campaigns.services.interactions import (
    KEY_REUSED,
    NO_OPEN_WAVE,
    UNKNOWN_TEAM,
    Receipt,
    RowError,
    record_batch,
    tells_who_served,
)
from survey.core.batches import in_batches
from survey.core.leases import held
from survey.core.stages import run_each
from survey.organization.files import LineProblem, Said

ROWS_AT_ONCE = 1000
KEYS_AT_ONCE = 500
RUN_SECONDS = 20  # and one chunk more stay below the workers' time limit
LEASE_SECONDS = 120  # longer than the task may take: nobody else counts its rows or its tries
KNOWN = "known"
UNDECIDED = (ContactFileState.WAITING, ContactFileState.READY)
KEPT_UNDECIDED = timedelta(days=30)
MOST_TRIES = 2
NO_PLACE = {  # of one line, of several
    UNKNOWN_TEAM: (
        _('There is no team "%(team)s". (this line)'),
        _('There is no team "%(team)s". (%(n)s lines name it, this one first)'),
    ),
    NO_OPEN_WAVE: (
        _('No open customer wave asks about the team "%(team)s". (this line)'),
        _(
            'No open customer wave asks about the team "%(team)s".'
            " (%(n)s lines name it, this one first)"
        ),
    ),
}
TOO_LONG = LineProblem(1, "", Said(_("This file took too long to read; split it.")))


class NotReadyError(Exception):
    """The file is not waiting for this any more."""


@dataclass
class _Sum:
    """What a file says as a whole."""

    n: int = 0
    n_known: int = 0
    teams: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)  # teams, by faulty lines too
    served: Counter[str] = field(default_factory=Counter)  # teams of lines that say who served
    n_unnamed: int = 0  # of them, where no page may say so
    first_lines: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    problems: list[LineProblem] = field(default_factory=list)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def count(self, line: Line) -> None:
        contact = line.contact
        self.n += 1
        self.teams[contact.team_code] += 1
        self.served[contact.team_code] += bool(contact.served_by)
        self.name_team(contact.team_code, line.number)
        self.n_known += contact.idempotency_key in self.keys
        self.keys.add(contact.idempotency_key)
        self.first_at = min(self.first_at or contact.occurred_at, contact.occurred_at)
        self.last_at = max(self.last_at or contact.occurred_at, contact.occurred_at)

    def name_team(self, code: str, number: int) -> None:
        if code:
            self.named[code] += 1
            self.first_lines.setdefault(code, number)


@transaction.atomic
def store_file(*, name: str, content: bytes, by: str, now: datetime) -> ContactFile:
    """Keep an uploaded file until it has been checked; raise ContactFileError on an absurd one."""
    open_sheet(content)
    return ContactFile.objects.create(name=name[:200], content=content, by=by, created_at=now)


def check_file(*, file_id: int, now: datetime) -> bool:
    """Read a waiting file to its end: it becomes ready with a difference, or refused with reasons.

    False where somebody else did it before.
    """
    file = ContactFile.objects.filter(pk=file_id, state=ContactFileState.WAITING).first()
    if file is None:
        return False
    with held(file, now=now, seconds=LEASE_SECONDS) as is_ours:
        return is_ours and _check(file, now)


@transaction.atomic
def confirm_file(*, file_id: int) -> None:
    """Have a checked file taken in; raise NotReadyError where it is not waiting for that."""
    ready = ContactFile.objects.filter(pk=file_id, state=ContactFileState.READY)
    if not ready.update(state=ContactFileState.CONFIRMED):
        raise NotReadyError(file_id)


@transaction.atomic
def discard_file(*, file_id: int) -> None:
    """Put a file aside and forget what it said; raise NotReadyError once it is being taken in."""
    rows = ContactFile.objects.filter(pk=file_id, state__in=UNDECIDED)
    if not rows.update(state=ContactFileState.DISCARDED, content=None):
        raise NotReadyError(file_id)


def work_on_files(*, now: datetime, read_clock: Callable[[], float] = time.monotonic) -> int:
    """Check the files that wait for it and take in the confirmed ones; return how many rows.

    What nobody decided on for a month is put aside first.
    """
    old = ContactFile.objects.filter(state__in=UNDECIDED, created_at__lt=now - KEPT_UNDECIDED)
    old.update(state=ContactFileState.DISCARDED, content=None)
    ends_at = read_clock() + RUN_SECONDS
    files = ContactFile.objects.order_by("created_at", "pk")
    waiting = list(files.filter(state=ContactFileState.WAITING).values_list("pk", flat=True))
    run_each(waiting, lambda pk: check_file(file_id=pk, now=now), name="Checking contacts")
    confirmed = list(files.filter(state=ContactFileState.CONFIRMED).values_list("pk", flat=True))
    work = partial(_work_on, now=now, has_time=lambda: read_clock() < ends_at)
    return run_each(confirmed, work, name="Taking in contacts")


def take_in_file(*, file_id: int, now: datetime) -> int:
    """Take in a confirmed file to its end; return how many rows this run took."""
    return _work_on(file_id, now, lambda: True)


def _work_on(file_id: int, now: datetime, has_time: Callable[[], bool]) -> int:
    """Take in chunk after chunk; where a worker is killed the next goes on after the last chunk."""
    file = ContactFile.objects.get(pk=file_id)
    with held(file, now=now, seconds=LEASE_SECONDS) as is_ours:
        file.refresh_from_db()  # as the last worker left it
        if not is_ours or file.state != ContactFileState.CONFIRMED:
            return 0
        sheet = open_sheet(bytes(file.content or b""))
        start = file.n_done
        lines = sheet.lines(now=file.created_at, after=start)
        while has_time():
            chunk = list(islice(lines, ROWS_AT_ONCE))
            _take_chunk(file, [line for line in chunk if isinstance(line, Line)], now)
            if len(chunk) < ROWS_AT_ONCE:
                break
        return file.n_done - start


@transaction.atomic
def _take_chunk(file: ContactFile, lines: Sequence[Line], now: datetime) -> None:
    """Take in some rows and count them as done, both or neither."""
    outcomes = record_batch(rows=[line.contact for line in lines], now=now)
    file.results = dict(Counter(file.results) + Counter(map(_name, outcomes)))
    file.n_done += len(lines)
    if len(lines) < ROWS_AT_ONCE:
        file.state, file.content, file.applied_at = ContactFileState.APPLIED, None, now
    file.save(update_fields=["results", "n_done", "state", "content", "applied_at"])


def _name(outcome: Receipt | RowError) -> str:
    """Return what a row is counted under; one that was reported before is no news."""
    if isinstance(outcome, RowError):
        return KNOWN if outcome.code == KEY_REUSED else outcome.code
    return KNOWN if outcome.is_repeat else outcome.reason


def _check(file: ContactFile, now: datetime) -> bool:
    """Read a file outside any transaction, and write down what came of it in one statement."""
    check, left_out = _try_to_read(file, now)
    waiting = ContactFile.objects.filter(pk=file.pk, state=ContactFileState.WAITING)
    if check.problems:
        problems = [problem.as_json() for problem in check.problems[:MOST_PROBLEMS]]
        changes: dict[str, object] = {"content": None, "problems": problems}
        return bool(waiting.update(state=ContactFileState.REFUSED, **changes))
    changes = {"n_all": check.n, "difference": _describe(check, left_out)}
    return bool(waiting.update(state=ContactFileState.READY, **changes))


def _try_to_read(file: ContactFile, now: datetime) -> tuple[_Sum, tuple[str, ...]]:
    """Read a file unless that ended two workers; a try counts unless the worker comes back."""
    file.refresh_from_db(fields=["n_tries"])
    if file.n_tries >= MOST_TRIES:
        return _Sum(problems=[TOO_LONG]), ()
    this = ContactFile.objects.filter(pk=file.pk)
    this.update(n_tries=file.n_tries + 1)
    try:
        found = _read(file, now)
    except SoftTimeLimitExceeded:
        raise
    except Exception:
        this.update(n_tries=0)
        raise
    return found


def _read(file: ContactFile, now: datetime) -> tuple[_Sum, tuple[str, ...]]:
    check = _Sum()
    sheet = open_sheet(bytes(file.content or b""))
    for row in sheet.lines(now=file.created_at):
        if isinstance(row, Line):
            check.count(row)
        else:
            check.problems += row.problems
            check.name_team(row.team_code, row.number)
        if len(check.problems) >= MOST_PROBLEMS:
            break
    check.problems += _size_problems(check)
    places = find_places(team_codes=check.named, now=now)
    check.problems += _team_problems(check, places)
    check.problems.sort(key=lambda problem: problem.line)
    if not check.problems:
        check.n_known += _count_known(check.keys)
        told = {code for code, place in places.items() if place and tells_who_served(place)}
        check.n_unnamed = sum(n for code, n in check.served.items() if code not in told)
    return check, sheet.left_out


def _size_problems(check: _Sum) -> Iterator[LineProblem]:
    if check.n > MOST_ROWS:
        sentence = _("This file holds more than %(n)s contacts; split it.")
        yield LineProblem(1, "", Said(sentence, n=MOST_ROWS))
    if not check.n and not check.problems:
        yield LineProblem(1, "", Said(_("This file holds no contact.")))


def _team_problems(check: _Sum, places: Mapping[str, Place | None]) -> Iterator[LineProblem]:
    for code, line in check.first_lines.items():
        if places.get(code) is None:
            sentence = NO_PLACE[NO_OPEN_WAVE if code in places else UNKNOWN_TEAM][
                check.named[code] > 1
            ]
            yield LineProblem(line, "team", Said(sentence, team=code, n=check.named[code]))


def _count_known(keys: set[str]) -> int:
    return sum(
        Interaction.objects.filter(idempotency_key__in=batch).count()
        for batch in in_batches(sorted(keys), KEYS_AT_ONCE)
    )


def _describe(check: _Sum, left_out: Sequence[str]) -> dict[str, object]:
    return {
        "n": check.n,
        "n_known": check.n_known,
        "n_unnamed": check.n_unnamed,
        "teams": check.teams.most_common(),
        "left_out": list(left_out),
        "first_at": check.first_at.isoformat() if check.first_at else "",
        "last_at": check.last_at.isoformat() if check.last_at else "",
    }

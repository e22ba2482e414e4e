"""What the pages of calls show."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from survey.accounts.models import User
from survey.dashboards.access import Reader
from survey.followup.calling import list_takers, owner_name, visible_calls
from survey.followup.due_words import Length, say_due
from survey.followup.models import (
    OPEN_STATES,
    Callback,
    CallbackEvent,
    CallbackEventKind,
    CallbackState,
    CallbackWay,
)
from survey.questionnaires.languages import describe_language
from survey.questionnaires.models import Audience

MOST_ENDED = 20
LINKS = {CallbackWay.PHONE: "tel:", CallbackWay.EMAIL: "mailto:"}
TRUNK = re.compile(r"\(\s*0\s*\)")  # dialled at home only, and so never after a country's code
EXTENSION = re.compile(r"(?<=\d)\W*(?:ext[^\W\d]*|x|durchwahl|#)\W*(?=\d)", re.IGNORECASE)
UNKNOWN = re.compile(r"\d\W*[^\W\d].*\d", re.DOTALL)  # a word between digits: two numbers, perhaps
NAMED = {CallbackEventKind.GIVEN, CallbackEventKind.REMINDED}  # of whom the name is, not by whom


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call in a list."""

    key: str
    name: str
    way: str
    team: str
    owner: str
    due: str
    is_late: bool
    state: str


@dataclass(frozen=True, slots=True)
class CallList:
    """Calls that wait for the reader, for others, and those that ended lately."""

    own: tuple[CallLine, ...]
    others: tuple[CallLine, ...]
    ended: tuple[CallLine, ...]
    is_tried_out: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to show."""
        return not (self.own or self.others or self.ended)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a call's history."""

    at: datetime
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One way to reach somebody, and what a press on it does: a letter is written by hand."""

    where: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class CallPage:
    """One call: who waits for what, and all that was done."""

    line: CallLine
    contacts: tuple[ContactLine, ...]
    due: str
    best_time: str
    words: str
    language: str
    audience: str
    asked_at: datetime
    steps: tuple[Step, ...]
    colleagues: tuple[User, ...]
    may_take: bool
    may_end: bool


def build_call_list(*, reader: Reader, now: datetime) -> CallList:
    """Return the calls that somebody may see; none while they try out another's role."""
    if reader.seen_as is not None:
        return CallList((), (), (), is_tried_out=True)
    calls = visible_calls(user=reader.user)
    waiting = list(calls.filter(state__in=OPEN_STATES).order_by("due_at", "pk"))
    ended = calls.exclude(state__in=OPEN_STATES).order_by("-ended_at", "-pk")[:MOST_ENDED]
    return CallList(
        own=_lines([one for one in waiting if one.owner_id == reader.user.pk], now),
        others=_lines([one for one in waiting if one.owner_id != reader.user.pk], now),
        ended=_lines(list(ended), now),
    )


def seen_calls(*, reader: Reader) -> QuerySet[Callback]:
    """Return the calls behind whose addresses a reader finds something."""
    found = visible_calls(user=reader.user)
    return found.none() if reader.seen_as else found


def build_call_page(*, callback: Callback, now: datetime) -> CallPage:
    """Return one call with its history."""
    takers = list_takers(audience=callback.audience, team_id=callback.team_id)
    is_open = callback.state in OPEN_STATES
    return CallPage(
        line=_line(callback, now),
        contacts=tuple(ContactLine(to, _link(way, to)) for way, to in callback.contacts.items()),
        due=say_due(callback.due_at, Length.SENTENCE),
        best_time=callback.best_time,
        words=callback.words,
        language=describe_language(callback.language).name,
        audience=_say_who(callback),
        asked_at=callback.asked_at,
        steps=tuple(map(_step, callback.events.order_by("pk"))),
        colleagues=tuple(one for one in takers if one.pk != callback.owner_id) if is_open else (),
        may_take=callback.state in (CallbackState.NEW, CallbackState.UNREACHED),
        may_end=is_open,
    )


def _say_who(callback: Callback) -> str:
    is_customer = callback.audience == Audience.CUSTOMER
    return _("a customer") if is_customer else _("somebody who works here")


def _lines(calls: Sequence[Callback], now: datetime) -> tuple[CallLine, ...]:
    return tuple(_line(one, now) for one in calls)


def _line(callback: Callback, now: datetime) -> CallLine:
    is_open = callback.state in OPEN_STATES
    return CallLine(
        key=str(callback.key),
        name=callback.name,
        way=str(callback.way.label),
        team=callback.team.name if callback.team else "",
        owner=owner_name(callback=callback),
        due=say_due(callback.due_at),
        is_late=is_open and callback.due_at <= now,
        state=str(CallbackState(callback.state).label),
    )


def _link(way: CallbackWay, where: str) -> str:
    if way == CallbackWay.PHONE:
        where = _dial(where)
    return LINKS[way] + where if way in LINKS and where else ""


def _dial(where: str) -> str:
    """Return what a telephone dials, nothing where that cannot be told."""
    plain = "".join(str(unicodedata.decimal(one, one)) for one in where).strip()
    if plain.startswith(("+", "00")):
        plain = TRUNK.sub("", plain)
    number, *extension = EXTENSION.split(plain, maxsplit=1)
    if not any(map(str.isdecimal, number)) or any(map(UNKNOWN.search, (number, *extension))):
        return ""
    dialled = "".join(one for one in number if one in "+0123456789")
    return ";ext=".join([dialled, *("".join(re.findall(r"\d", part)) for part in extension)])


def _step(event: CallbackEvent) -> Step:
    what = str(CallbackEventKind(event.kind).label)
    words = {"what": what, "name": event.by_name}
    if not event.by_name:
        sentence = what
    elif event.kind in NAMED:
        sentence = _("%(what)s: %(name)s") % words
    else:
        sentence = _("%(what)s by %(name)s") % words
    return Step(event.at, sentence[:1].upper() + sentence[1:], event.note)

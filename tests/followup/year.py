"""A year of what waits for one person, and a book that works out from its own rows what is due.

The book knows calendars, and nothing of the product's rules but what the documents say of them:
a call is late at its hour, a promise and a playback on the day after their last one; of a call its
owner hears when it is nearly due and when it is late, of a promise three days before and the day
after; a writer's words wait from the day they are shown on; the monthly page goes once, on one of
the days from the third to the tenth.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from survey.followup.models import Conversation

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
NEAR = 3 * DAY
YEAR_BEGINS = date(2026, 1, 1)
EVERY_DAY = [YEAR_BEGINS + n * DAY for n in range(365)]
LETTER_DAYS = range(3, 11)
State = dict[str, object]


@dataclass
class Row:
    """Something with a due moment or day, and when it is settled (None: never this year)."""

    pk: int
    due_at: datetime | None = None
    due_date: date = YEAR_BEGINS
    made_date: date = YEAR_BEGINS
    settled_at: datetime | None = None
    told: set[str] = field(default_factory=set)

    def waits_at(self, moment: datetime) -> bool:
        """Say whether it is not settled yet."""
        return self.settled_at is None or moment < self.settled_at


@dataclass
class Book:
    """All rows, and what follows from them at a moment in a zone."""

    zone: ZoneInfo
    calls: list[Row] = field(default_factory=list)
    promises: list[Row] = field(default_factory=list)
    playbacks: list[Row] = field(default_factory=list)
    answers: list[Row] = field(default_factory=list)
    talks: list[Conversation] = field(default_factory=list)
    told_months: set[tuple[int, int]] = field(default_factory=set)

    @property
    def telling_days(self) -> list[date]:
        """Return the days on which anything changes, and those between which pages go out."""
        rows = [*self.calls, *self.promises, *self.playbacks, *self.answers]
        settled = {self.today(one.settled_at) for one in rows if one.settled_at}
        near = {one.due_date + n * DAY for one in self.promises for n in (-4, -3, 0, 1)}
        due = {one.due_date + n * DAY for one in (*self.playbacks, *self.answers) for n in (0, 1)}
        hours = {
            self.today(one.due_at) + n * DAY for one in self.calls if one.due_at for n in (0, 1)
        }
        return [
            one for one in EVERY_DAY if one in settled | near | due | hours or one.day in (3, 11)
        ]

    @property
    def settlements(self) -> set[datetime | None]:
        """Return the moments at which anything is settled."""
        rows = (*self.calls, *self.promises, *self.playbacks, *self.answers)
        return {one.settled_at for one in rows}

    def today(self, moment: datetime) -> date:
        """Return the day on the wall."""
        return moment.astimezone(self.zone).date()

    def state_at(self, moment: datetime) -> State:
        """Return everything that should be said at a moment."""
        today = self.today(moment)
        calls = [one for one in self.calls if one.waits_at(moment)]
        promises = [one for one in self.promises if one.waits_at(moment)]
        drafts = [one for one in self.playbacks if one.waits_at(moment)]
        late = [one for one in promises if today > one.due_date]
        kept = len(self.promises) - len(promises)
        return {
            "calls": Counter(
                "bad" if moment >= (one.due_at or moment) else "wait" for one in calls
            ),
            "promises": Counter(
                _say(one.due_date, today) for one in promises if one.due_date - today <= NEAR
            ),
            "counts": (kept, len(promises) - len(late), len(late)),
            "drafts": {one.pk: "warn" if today > one.due_date else "wait" for one in drafts},
            "answers": sum(one.waits_at(moment) and today >= one.due_date for one in self.answers),
        }

    def count_told(self, moment: datetime) -> tuple[int, int]:
        """Return of how many calls and promises somebody is told now, for the first time."""
        today = self.today(moment)
        promises = [one for one in self.promises if one.waits_at(moment)]
        return (
            sum(self._is_told_of_call(one, moment) for one in self.calls),
            sum(self._is_told_of_promise(one, today) for one in promises),
        )

    def sends_page(self, moment: datetime) -> bool:
        """Say whether the monthly page goes now: once, where anything waits."""
        today, state = self.today(moment), self.state_at(moment)
        waits = any(state[name] for name in ("calls", "promises", "drafts", "answers"))
        month = (today.year, today.month)
        if today.day not in LETTER_DAYS or month in self.told_months or not waits:
            return False
        self.told_months.add(month)
        return True

    def _is_told_of_call(self, call: Row, moment: datetime) -> bool:
        if not call.waits_at(moment) or call.due_at is None:
            return False
        due = {"soon": call.due_at - 4 * HOUR, "late": call.due_at}
        news = {word for word, at in due.items() if moment >= at} - call.told
        call.told |= news
        return bool(news)

    def _is_told_of_promise(self, promise: Row, today: date) -> bool:
        left = promise.due_date - today
        word = "late" if left < 0 * DAY else "near" if left <= NEAR else ""
        is_short = promise.due_date - promise.made_date < NEAR
        if not word or word in promise.told or (word == "near" and is_short):
            return False
        promise.told |= {word}
        return True


def _say(due: date, today: date) -> str:
    days = (today - due).days
    if days > 0:
        return f"A promise is {days} day{'s' if days > 1 else ''} late"
    return f"A promise is due on {due.day} {due:%B}"


def boundaries(zone: ZoneInfo, days: Iterable[date]) -> list[datetime]:
    """Return the local midnight at which each day begins, and the second before."""
    midnights = [local(day, time.min, zone) for day in days]
    return [moment for midnight in midnights for moment in (midnight - SECOND, midnight)]


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return a wall time as a moment."""
    return datetime.combine(day, at, zone).astimezone(UTC)

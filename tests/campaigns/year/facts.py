"""What happened in a year, told in plain facts: the checker knows nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

Quiet = tuple[time, time]


@dataclass(frozen=True)
class Rule:
    """How often an audience may be asked, as HR has set it."""

    at_most: int
    within_days: int
    gap_days: int


@dataclass(frozen=True)
class Programme:
    """A campaign as HR has set it up."""

    code: str
    audience: str
    subject: str
    reminder_subjects: tuple[str, ...]
    signer: str
    quiet: Quiet
    letters_time: time | None = None
    reminder_days: tuple[int, ...] = ()  # after the letters
    delay_minutes: int = 0
    expires_days: int = 0
    same_team_days: int = 0


@dataclass(frozen=True)
class Opened:
    """A wave of staff that began: who belonged to the teams it asks on the day of its launch."""

    at: datetime
    programme: str
    letters_date: date
    closes_at: datetime
    addresses: frozenset[str]


@dataclass(frozen=True)
class Reported:
    """A contact that was reported, and what the receipt said."""

    at: datetime
    address: str
    zone: str
    team: str
    occurred_at: datetime
    closes_at: datetime
    reason: str
    deferred_until: date | None


@dataclass(frozen=True)
class Rested:
    """Somebody asked to rest for some months."""

    at: datetime
    address: str
    months: int


@dataclass(frozen=True)
class Stopped:
    """Somebody wants no more letters."""

    at: datetime
    address: str


@dataclass(frozen=True)
class Moved:
    """Somebody lives by another clock from now on."""

    at: datetime
    address: str
    zone: str


@dataclass(frozen=True)
class Answered:
    """A link was used."""

    at: datetime
    token: str


@dataclass(frozen=True)
class Sent:
    """A letter that the mail server took in."""

    at: datetime
    address: str
    subject: str
    body: str
    token: str
    sender: str
    reply_to: str


Event = Opened | Reported | Rested | Stopped | Moved | Answered


@dataclass
class Facts:
    """A whole year, up to the moment at which the watching ends."""

    ends_at: datetime
    rules: dict[str, Rule]
    programmes: dict[str, Programme]
    zones: dict[str, str]  # of everybody, at the beginning
    events: list[Event] = field(default_factory=list)
    letters: list[Sent] = field(default_factory=list)
    ledger: list[tuple[str, date]] = field(default_factory=list)  # whom, on which day
    unasked: list[tuple[str, str, date]] = field(default_factory=list)  # programme, whom, until
    broken: list[str] = field(default_factory=list)  # what verify said

"""How well the installation is as a whole: its database, its broker, its oldest due work."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection

from survey.followup.due import find_oldest, list_due
from survey.followup.ticks import last_tick

SILENT_TICKS = 6  # as many rounds may be missed before somebody is told


@dataclass(frozen=True, slots=True)
class Wellbeing:
    """What is reachable, what waits longest, and in sentences what is ill.

    People are served as long as the database is there; what else is ill makes figures late.
    """

    status: str  # ready, degraded or down
    database: str
    broker: str
    oldest_due_stage: str = ""
    oldest_due_seconds: int = 0
    last_tick_seconds: int | None = None
    problems: tuple[str, ...] = ()

    @property
    def can_serve(self) -> bool:
        """Say whether people can be served."""
        return self.status != "down"

    def as_json(self) -> dict[str, object]:
        """Return all of it for a reply."""
        return asdict(self)


def is_database_reachable() -> bool:
    """Ask the database for next to nothing."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def is_broker_reachable() -> bool:
    """Open a connection to the broker, within the seconds that its settings allow."""
    with current_app.connection_for_write() as broker:
        ill: tuple[type[BaseException], ...] = (OSError, *broker.connection_errors)
        try:  # once, which connect() does not
            broker.transport.close_connection(broker.transport.establish_connection())
        except ill:
            return False
    return True


def look_around(*, now: datetime) -> Wellbeing:
    """Return how the installation is at a moment."""
    if not is_database_reachable():
        return Wellbeing("down", "unreachable", "", problems=("The database cannot be reached.",))
    broker = "reachable" if is_broker_reachable() else "unreachable"
    oldest = find_oldest(list_due(now=now))
    seconds = int(oldest.age_at(now)) if oldest else 0
    ticked_at = last_tick()
    silence = int((now - ticked_at).total_seconds()) if ticked_at else None
    problems = []
    if broker != "reachable":
        problems.append("The broker cannot be reached: work waits for manage.py tick.")
    if oldest and seconds > settings.DUE_LIMIT_SECONDS:
        problems.append(f"Work waits for {oldest.stage} since {seconds} seconds.")
    if silence is not None and timedelta(seconds=silence) > _longest_silence():
        problems.append(f"The timetable has not gone round for {silence} seconds.")
    return Wellbeing(
        status="degraded" if problems else "ready",
        database="reachable",
        broker=broker,
        oldest_due_stage=oldest.stage if oldest else "",
        oldest_due_seconds=seconds,
        last_tick_seconds=silence,
        problems=tuple(problems),
    )


def _longest_silence() -> timedelta:
    """Return how long no round may be noted: they are noted to the minute."""
    return timedelta(seconds=60 + SILENT_TICKS * settings.TICK_SECONDS)

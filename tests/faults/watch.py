"""Watches since when the oldest due work waits, and so when each fault was caught up with."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.faults.due import oldest_due
from tests.faults.plant import Plant

LOOK_SECONDS = 0.3


@dataclass
class Struck:
    """One fault that struck: when it was put right, and when its backlog had been worked off."""

    name: str
    healed_at: datetime
    caught_up_at: datetime | None = None
    waited_for: str = ""  # what was the last to be caught up with

    @property
    def seconds(self) -> float:
        """Return how long after the fault work of before its end was still waiting."""
        ended_at = self.caught_up_at or datetime.now(UTC)
        return (ended_at - self.healed_at).total_seconds()


class Watch:
    """Looks at the database a few times in a second."""

    def __init__(self, plant: Plant) -> None:
        self.struck: list[Struck] = []
        self.oldest: tuple[datetime, str] | None = None
        self.is_idle = False  # nothing was due when it last looked
        self._plant = plant
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._is_over.set()
        self._thread.join(timeout=30)

    def note(self, name: str) -> None:
        """Note that a fault has just been put right."""
        self.struck.append(Struck(name, datetime.now(UTC)))

    @property
    def has_caught_up(self) -> bool:
        """Every fault so far has been caught up with."""
        return all(one.caught_up_at for one in self.struck)

    def _run(self) -> None:
        while not self._is_over.wait(LOOK_SECONDS):
            looked_at = datetime.now(UTC)
            try:
                self.oldest = oldest = oldest_due(self._plant)
            except OSError:
                self.is_idle = False
                continue
            self.is_idle = oldest is None
            for one in list(self.struck):
                if one.caught_up_at is None and looked_at > one.healed_at:
                    if oldest is None or oldest[0] > one.healed_at:
                        one.caught_up_at = looked_at
                    else:
                        one.waited_for = oldest[1]

"""One division after another is asked, answers, and its wave is closed: through HR's browser."""

import re
import threading
import time
from collections.abc import Callable

import psycopg

from tests.faults.company import EMAIL, N_TEAMS, PASSWORD, TEAM_SIZE
from tests.faults.load import Load
from tests.faults.plant import Plant
from tests.faults.wire import Desk, Wire

SHOWN = re.compile(r'name="shown" value="([^"]*)"')
ENOUGH = 0.7 * N_TEAMS * TEAM_SIZE
LONGEST_ROUND_SECONDS = 90
GIVE_UP_SECONDS = 120
CUSTOMERS = -1
WAVE = """
    SELECT w.id, w.launch_requested_at, w.closed_at, w.sealed_at FROM campaigns_wave w
    JOIN campaigns_campaign c ON c.id = w.campaign_id WHERE c.code = %s
"""


class RoundError(Exception):
    """A round could not go on; the message says where."""


class Rounds:
    """Keeps rounds going until it is told to end; what could not go on is in `failures`."""

    def __init__(self, plant: Plant, load: Load, divisions: range) -> None:
        self.n_done = 0
        self.failures: list[str] = []
        self._plant = plant
        self._load = load
        self._divisions = divisions
        self._desk = Desk(Wire(plant.port))
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin with the first division."""
        self._thread.start()

    def end(self) -> None:
        """Finish the round that is on, and the customers' survey."""
        self._is_over.set()
        self._thread.join(timeout=3 * GIVE_UP_SECONDS)
        if self._thread.is_alive():
            self.failures.append("the last round did not end")

    def launch(self, division: int) -> None:
        """Send a division's wave out as it stands on its check page."""
        wave_id = self._wave(division)[0]

        def launched() -> bool:
            if self._wave(division)[1] is not None:
                return True
            shown = SHOWN.search(self._page(f"/console/waves/{wave_id}/check/"))
            if shown:
                self._desk.send(f"/console/waves/{wave_id}/launch/", {"shown": shown[1]})
            return False

        self._insist(launched, f"launch of {division}")

    def close(self, division: int) -> None:
        """Close a wave once nobody is in the middle of answering it."""
        self._load.closing.add(division)
        self._insist(lambda: not self._load.n_busy(division), f"last answers of {division}")
        wave_id = self._wave(division)[0]

        def closed() -> bool:
            if self._wave(division)[2] is not None:
                return True
            self._page(f"/console/waves/{wave_id}/close/")
            self._desk.send(f"/console/waves/{wave_id}/close/", {})
            return False

        self._insist(closed, f"close of {division}")

    def _run(self) -> None:
        try:
            for division in self._divisions:
                if self._is_over.is_set():
                    break
                self.launch(division)
                self._wait_for_answers(division)
                self.close(division)
                self.n_done += 1
            self._is_over.wait()
            self._load.close_till()
            self.close(CUSTOMERS)
        except RoundError as error:
            self.failures.append(str(error))

    def _wait_for_answers(self, division: int) -> None:
        ends_at = time.monotonic() + LONGEST_ROUND_SECONDS
        while time.monotonic() < ends_at and self._load.n_thanked(division) < ENOUGH:
            time.sleep(0.2)

    def _wave(self, division: int) -> tuple:  # type: ignore[type-arg]
        code = "customers" if division == CUSTOMERS else f"round-d{division}"
        ends_at = time.monotonic() + GIVE_UP_SECONDS
        while time.monotonic() < ends_at:
            try:
                with self._plant.connect() as connection:
                    row = connection.execute(WAVE, [code]).fetchone()
            except psycopg.Error:
                time.sleep(0.2)
            else:
                assert row is not None, code
                return row
        raise RoundError("the database could not be reached")

    def _page(self, path: str) -> str:
        """Return a page, logging in where that is asked for."""
        reply = self._desk.get(path)
        if reply.status == 302:
            self._desk.log_in(EMAIL, PASSWORD)
            reply = self._desk.get(path)
        return reply.text

    def _insist(self, is_so: Callable[[], bool], what: str) -> None:
        ends_at = time.monotonic() + GIVE_UP_SECONDS
        while not is_so():
            if time.monotonic() > ends_at:
                raise RoundError(f"not within {GIVE_UP_SECONDS} s: {what}")
            time.sleep(0.3)

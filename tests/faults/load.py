"""People who answer and a till that reports contacts, all the time, whatever happens.

Each keeps its own record: what was thanked for, and what a receipt was given for. Whoever was not
thanked sends the same again until they are.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from queue import Empty, Queue

from tests.faults.bank import draw_answers
from tests.faults.company import N_TEAMS, team_code
from tests.faults.plant import Plant
from tests.faults.wire import Wire

N_RESPONDENTS = 4
GIVE_UP_SECONDS = 120
PAUSE_SECONDS = 0.3
CLOSED = 410
STAFF, CUSTOMER = "pulse", "treatment"


@dataclass
class Ledger:
    """What the product has promised, by its own words."""

    answers: dict[str, tuple[str, dict[str, int]]] = field(default_factory=dict)  # token -> team, …
    receipts: set[str] = field(default_factory=set)
    thanked_at: list[float] = field(default_factory=list)
    n: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class Load:
    """Threads that answer every link that arrives by mail, and that report contacts."""

    def __init__(
        self, plant: Plant, ledger: Ledger, *, n_divisions: int, seed: int, pace: float
    ) -> None:
        self.ledger = ledger
        self.closing: set[int] = set()  # divisions whose links are answered no more
        self._wire = Wire(plant.port)
        self._post = plant.post
        self._token = plant.token
        self._n_divisions = n_divisions
        self._pace = pace  # seconds from one contact to the next
        self._seed = seed
        self._links: Queue[tuple[str, str]] = Queue()
        self._busy: Counter[int] = Counter()  # by division, -1: customers
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._is_open = threading.Event()  # the till
        jobs: list[Callable[[random.Random], None]] = [self._hand_out, self._report_contacts]
        jobs += [self._respond] * N_RESPONDENTS
        self._threads = [
            threading.Thread(target=job, args=(random.Random(seed + n),), daemon=True)  # noqa: S311
            for n, job in enumerate(jobs)
        ]

    def start(self) -> None:
        """Let everybody begin."""
        self._is_open.set()
        for thread in self._threads:
            thread.start()

    def close_till(self) -> None:
        """Report no more contacts; what was begun is reported to its end."""
        self._is_open.clear()

    def stop(self) -> None:
        """Let everybody end what they have begun."""
        self._is_over.set()
        self._is_open.set()
        for thread in self._threads:
            thread.join(timeout=GIVE_UP_SECONDS)

    def n_busy(self, division: int) -> int:
        """Return how many are in the middle of answering in a division (-1: customers)."""
        with self._lock:
            return self._busy[division]

    def n_thanked(self, division: int) -> int:
        """Return how many of a division's people (-1: customers) have been thanked."""
        with self._lock:
            teams = [team for team, _ in self.ledger.answers.values()]
        return sum(_division(team) == division for team in teams)

    @property
    def is_idle(self) -> bool:
        """Nobody is answering, and no link waits."""
        with self._lock:
            return not +self._busy and self._links.empty()

    def _hand_out(self, chance: random.Random) -> None:
        while not self._is_over.wait(0.1):
            for link in self._post.take_links():
                self._links.put(link)

    def _respond(self, chance: random.Random) -> None:
        while not self._is_over.is_set():
            try:
                address, token = self._links.get(timeout=0.2)
            except Empty:
                continue
            team = address.partition("@")[2].removesuffix(".example.org")
            division = _division(team)
            with self._lock:
                if division in self.closing:
                    continue
                self._busy[division] += 1
            try:
                self._answer(token, team, chance)
            finally:
                with self._lock:
                    self._busy[division] -= 1

    def _answer(self, token: str, team: str, chance: random.Random) -> None:
        """Answer until thanked: some hang up first, some click twice."""
        answers = draw_answers(CUSTOMER if team.startswith("c-") else STAFF, chance)
        how = chance.random()
        if how < 0.15:
            self.ledger.n["replies lost"] += 1
            self._wire.answer_and_hang_up(token, answers)
        if how > 0.9:
            self.ledger.n["double clicks"] += 1
            with ThreadPoolExecutor(2) as pool:
                both = [pool.submit(self._wire.answer, token, answers) for _ in range(2)]
            if any(one.result().is_thanks for one in both):
                self._note(token, team, answers)
        self._insist(lambda: self._wire.answer(token, answers).is_thanks, f"the answer of {team}")
        self._note(token, team, answers)

    def _note(self, token: str, team: str, answers: dict[str, int]) -> None:
        with self._lock:
            self.ledger.answers[token] = team.removeprefix("c-"), answers
            self.ledger.thanked_at.append(time.monotonic())

    def _report_contacts(self, chance: random.Random) -> None:
        number = 0
        while not self._is_over.wait(self._pace):
            self._is_open.wait()
            if self._is_over.is_set():
                return
            number += 1
            team = team_code(chance.randrange(self._n_divisions), chance.randrange(N_TEAMS))
            key = f"till-{self._seed}-{number}"
            with self._lock:
                self._busy[-1] += 1
            body = _contact(key, team)
            self._insist(lambda: self._report(key, body), f"contact {key}")  # noqa: B023
            with self._lock:
                self._busy[-1] -= 1
                self.ledger.receipts.add(key)

    def _report(self, key: str, body: bytes) -> bool:
        headers = {
            "Authorization": f"Token {self._token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        return self._wire.ask("POST", "/api/v1/interactions/", body, headers).status == 202

    def _insist(self, succeeds: Callable[[], bool], what: str) -> None:
        """Try again until it succeeds; note it where it never does."""
        began_at = time.monotonic()
        while not succeeds():
            self.ledger.n["tries that failed"] += 1
            if time.monotonic() - began_at > GIVE_UP_SECONDS:
                self.ledger.failures.append(f"{what} was refused for {GIVE_UP_SECONDS} s")
                return
            time.sleep(PAUSE_SECONDS)


def _contact(key: str, team: str) -> bytes:
    customer = {"id": key, "name": "Kim", "email": f"{key}@c-{team}.example.org"}
    now = datetime.now(UTC).isoformat()
    return json.dumps({"customer": customer, "team": team, "occurred_at": now}).encode()


def _division(team: str) -> int:
    """Return the number of the division of a team of ours; -1 for customers."""
    return -1 if team.startswith("c-") else int(team[1:].partition("-")[0])

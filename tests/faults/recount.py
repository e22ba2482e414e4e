"""What the product says in the end, held against what the driver itself was promised."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from tests.faults.bank import measure
from tests.faults.load import Ledger

PRINTED_TO = 0.05 + 1e-9
Place = tuple[int, str]  # wave, group
Content = tuple[tuple[str, int], ...]

GROUPS = """
    SELECT g.wave_id, g.code, p.code, c.code
    FROM campaigns_group g JOIN campaigns_wave w ON w.id = g.wave_id
    JOIN campaigns_campaign c ON c.id = w.campaign_id
    LEFT JOIN campaigns_group p ON p.id = g.parent_id
"""
STORED = """
    SELECT r.wave_id, g.code, r.answers FROM responses_response r
    JOIN campaigns_group g ON g.id = r.group_id
"""
FIGURES = """
    SELECT r.wave_id, g.code, f.metric, f.n, f.mean FROM aggregation_figure f
    JOIN aggregation_release r ON r.id = f.release_id JOIN campaigns_group g ON g.id = f.group_id
    WHERE f.metric NOT LIKE 'profile:%'
"""
LEFT_OVER = """
    SELECT n_discarded, threshold FROM campaigns_wave WHERE n_discarded > 0
"""
LETTERS = "SELECT key::text, state, is_uncertain, reason FROM letters_delivery"


@dataclass
class Recount:
    """What was found; `wrong` says in sentences what is not as it was promised."""

    n_answers: int = 0
    n_left_over: int = 0  # fewer than five at the end of a wave, which tell nobody
    n_figures: int = 0
    n_letters: int = 0
    n_copies: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def recount(
    connection: "psycopg.Connection[Any]", ledger: Ledger, copies: Mapping[str, int]
) -> Recount:
    """Count everything anew: answers, contacts, figures, letters."""
    found = Recount(n_answers=len(ledger.answers))
    tree = _Tree(connection)
    stored: dict[Place, list[dict[str, int]]] = defaultdict(list)
    for wave, group, answers in connection.execute(STORED):
        stored[wave, group].append(answers["answers"])
    found.wrong += ledger.failures
    for n_left, k in connection.execute(LEFT_OVER):
        found.n_left_over += n_left
        if n_left >= k:
            found.wrong.append(f"{n_left} answers are left out, of which {k} could be told")
    found.wrong += _answers_wrong(tree, stored, ledger, n_left_over=found.n_left_over)
    found.wrong += _contacts_wrong(connection, ledger)
    for wave, group, metric, n, mean in connection.execute(FIGURES):
        found.n_figures += 1
        below = [one for place in tree.below((wave, group)) for one in stored[place]]
        found.wrong += _figure_wrong(f"{group}: {metric}", n, mean, below, metric)
    _check_letters(connection, copies, found)
    return found


class _Tree:
    """The frozen groups of every wave."""

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.parents: dict[Place, Place | None] = {}
        self.campaigns: dict[int, str] = {}
        for wave, code, parent, campaign in connection.execute(GROUPS):
            self.parents[wave, code] = (wave, parent) if parent else None
            self.campaigns[wave] = campaign

    def above(self, place: Place) -> Iterator[Place]:
        """Yield a group and all above it."""
        here: Place | None = place
        while here is not None:
            yield here
            here = self.parents[here]

    def below(self, place: Place) -> list[Place]:
        """Return a group and all below it."""
        return [one for one in self.parents if place in self.above(one)]


def _answers_wrong(
    tree: _Tree,
    stored: Mapping[Place, list[dict[str, int]]],
    ledger: Ledger,
    *,
    n_left_over: int,
) -> Iterator[str]:
    """Compare contents, not counts: each promised answer is there once, at its team or above."""
    promised: Counter[tuple[str, Content]] = Counter()
    home: dict[tuple[str, Content], set[str]] = defaultdict(set)
    for team, answers in ledger.answers.values():
        round_of_staff = f"round-{team.partition('-')[0]}"
        campaign = "customers" if "recommend" in answers else round_of_staff
        key = campaign, tuple(sorted(answers.items()))
        promised[key] += 1
        home[key].add(team)
    there: Counter[tuple[str, Content]] = Counter()
    for place, contents in stored.items():
        for answers in contents:
            key = tree.campaigns[place[0]], tuple(sorted(answers.items()))
            there[key] += 1
            teams = home[key]
            if teams and not any(place in tree.above((place[0], team)) for team in teams):
                yield f"an answer of {teams} is stored at {place}"
    lost = promised - there
    if lost.total() != n_left_over:
        yield f"{lost.total()} answers that were thanked for are lost"
    if doubled := there - promised:
        yield f"{doubled.total()} answers are stored that nobody was thanked for, or twice"


def _contacts_wrong(connection: "psycopg.Connection[Any]", ledger: Ledger) -> Iterator[str]:
    rows = connection.execute("SELECT idempotency_key FROM campaigns_interaction").fetchall()
    keys = Counter(key for (key,) in rows)
    if lost := ledger.receipts - keys.keys():
        yield f"{len(lost)} contacts with a receipt are lost"
    if extra := [key for key, n in keys.items() if n > 1 or key not in ledger.receipts]:
        yield f"{len(extra)} contacts are there that nobody has a receipt for, or twice"


def _figure_wrong(
    what: str, n: int, mean: float, answers: list[dict[str, int]], metric: str
) -> Iterator[str]:
    if n != len(answers):
        yield f"{what}: {n} people are told of, {len(answers)} answered"
    elif abs(measure(metric).mean(answers) - mean) > PRINTED_TO:  # type: ignore[arg-type]
        yield f"{what}: {mean} is printed, {measure(metric).mean(answers)} is counted"  # type: ignore[arg-type]


def _check_letters(
    connection: "psycopg.Connection[Any]", copies: Mapping[str, int], found: Recount
) -> None:
    """Hold every letter to the copies that the mail server took of its Message-ID."""
    taken = {key.strip("<>").partition("@")[0]: n for key, n in copies.items()}
    for key, state, is_uncertain, reason in connection.execute(LETTERS):
        n = taken.pop(key, 0)
        found.n_letters += 1
        found.n_copies += n
        found.letters[f"{state} {reason}".strip()] += 1
        most = 1 + is_uncertain
        if n > most or (state == "SENT" and not n):
            found.wrong.append(f"letter {key} is {state}, and {n} copies of it arrived")
        if state == "SENDING":
            found.wrong.append(f"letter {key} is stuck while being sent")
    if taken:
        found.wrong.append(f"{len(taken)} letters arrived that the product does not know")

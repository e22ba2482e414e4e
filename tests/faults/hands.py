"""Single acts of one person, for tests that go step by step."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg

from tests.faults.bank import draw_answers
from tests.faults.load import STAFF, Ledger
from tests.faults.plant import Plant
from tests.faults.wire import Wire

AT_ONCE = 25
N_SPENT = "SELECT count(*) FROM campaigns_credential WHERE is_spent"
N_SHOWN = """
    SELECT max(f.n) FROM aggregation_figure f JOIN campaigns_group g ON g.id = f.group_id
    JOIN campaigns_wave w ON w.id = g.wave_id JOIN campaigns_campaign c ON c.id = w.campaign_id
    WHERE c.code = 'round-' || %s AND g.code = %s
"""
TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
"""

Link = tuple[str, str]
chance = random.Random(5)  # noqa: S311 - repeatable


def answer(plant: Plant, ledger: Ledger, link: Link) -> None:
    """Answer a link once and note it; it must be thanked for."""
    answer_at_once(plant, ledger, [link], n_posts=1)


def answer_at_once(plant: Plant, ledger: Ledger, links: Sequence[Link], *, n_posts: int) -> None:
    """Post each link many times at once; every post must be thanked for, and each link is noted."""
    wire = Wire(plant.port)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for address, token in links:
            answers = draw_answers(STAFF, chance)
            posts = [pool.submit(wire.answer, token, answers) for _ in range(n_posts)]
            assert all(post.result().is_thanks for post in posts), plant.logs()
            team = address.partition("@")[2].removesuffix(".example.org")
            ledger.answers[token] = team, answers


def send_again(plant: Plant, ledger: Ledger, promised: Ledger) -> None:
    """Send what was answered before once more, as it was, and note it."""
    wire = Wire(plant.port)
    for token, (team, answers) in promised.answers.items():
        assert wire.answer(token, answers).is_thanks, plant.logs()
        ledger.answers[token] = team, answers


def n_spent(plant: Plant) -> int:
    """Return how many credentials of open waves are spent."""
    return _number(plant, N_SPENT)


def n_shown(plant: Plant, division: str) -> int:
    """Return of how many people the figures of a division's round tell; 0 where there are none."""
    return _number(plant, N_SHOWN, division, division)


def let_commits_wait(plant: Plant, *, wait: bool) -> None:
    """Say whether a commit waits for the log on the disk, for all connections from now on."""
    with plant.connect() as connection:
        for words in (
            f"ALTER ROLE CURRENT_USER SET synchronous_commit = {'on' if wait else 'off'}",
            f"ALTER SYSTEM SET wal_writer_delay = '{'200ms' if wait else '10s'}'",
            "SELECT pg_reload_conf()",
            TERMINATE,
        ):
            connection.execute(words)  # type: ignore[call-overload]


def is_waiting(connection: "psycopg.Connection[Any]") -> bool:
    """Say whether somebody waits for what somebody else has locked."""
    row = connection.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)").fetchone()
    return bool(row and row[0])


def _number(plant: Plant, query: str, *values: str) -> int:
    with plant.connect() as connection:
        row = connection.execute(query, values).fetchone()  # type: ignore[call-overload]
    return int((row and row[0]) or 0)

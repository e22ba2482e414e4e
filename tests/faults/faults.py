"""What can go wrong: each fault strikes, lasts as long as it is told to, and is put right."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

import psycopg

from tests.faults.hands import TERMINATE, is_waiting
from tests.faults.plant import Plant
from tests.faults.post import DROPS, REFUSES, WELL

EVERY_SECONDS = 2.0
Fault = Callable[[Plant, random.Random, float], None]

TABLES = (  # written by a stage and never by whoever answers
    "letters_delivery",
    "campaigns_wave",
    "campaigns_invitation",
    "responses_response",
    "aggregation_rollup",
    "aggregation_figure",
)


def kill_web_worker(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill a process that serves pages; gunicorn starts another."""
    plant.kill_child("web", chance.randrange(100))


def kill_web_server(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill the whole web server."""
    plant.kill("web")


def kill_worker(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill the Celery worker, whose children are left behind for a moment."""
    plant.kill("worker")


def kill_worker_at_work(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill the Celery worker while a stage waits for a table that somebody has locked."""
    table = chance.choice(TABLES)
    with suppress(psycopg.Error), plant.connect() as connection, connection.transaction():
        connection.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        ends_at = time.monotonic() + seconds
        while time.monotonic() < ends_at and not is_waiting(connection):
            time.sleep(0.05)
        plant.kill_child("worker", 0)
        plant.kill_child("worker", 1)
        plant.kill("worker")


def kill_pool_child(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill a process in which a task may be running."""
    plant.kill_child("worker", chance.randrange(100))


def kill_timetable(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill beat."""
    plant.kill("beat")


def flush_redis(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Forget every message, and which there were being worked on."""
    with plant.broker() as broker:
        broker.flushall()


def kill_redis(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill the broker; it comes back with its file."""
    plant.redis.crash()
    plant.redis.come_back()


def lose_redis(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Have no broker for a while, and then an empty one."""
    plant.redis.crash()
    time.sleep(seconds)
    plant.redis.come_back(with_its_file=False)


def freeze_redis(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Have a broker that takes connections and does not answer."""
    plant.redis.freeze()
    time.sleep(seconds)
    plant.redis.thaw()


def fill_redis(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Have a broker without room for another message."""
    with plant.broker() as broker:
        broker.config_set("maxmemory", 1)
        time.sleep(seconds)
        broker.config_set("maxmemory", 0)


def crash_postgres(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Stop the database as `pg_ctl stop -m immediate` does; it recovers from its log."""
    plant.postgres.crash()
    plant.postgres.come_back()


def cut_connections(plant: Plant, chance: random.Random, seconds: float) -> None:
    """End every connection to the database again and again."""
    ends_at = time.monotonic() + seconds
    while True:
        with suppress(psycopg.Error), plant.connect() as connection:
            connection.execute(TERMINATE)
        if time.monotonic() >= ends_at:
            return
        time.sleep(EVERY_SECONDS)


def fill_disk(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Leave the database no room; where that ended it, start it again."""
    if not plant.disk.is_small:
        return
    plant.disk.fill()
    time.sleep(seconds)
    plant.disk.free()
    if plant.postgres.is_dead:
        plant.postgres.come_back()


def lose_mail_server(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Have nobody who listens for letters."""
    plant.post.stop()
    time.sleep(seconds)
    plant.post.start()


def refuse_letters(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Have a mail server that puts letters off, in one of three ways."""
    with _ill(plant, chance.choice(REFUSES)):
        time.sleep(seconds)


def swallow_letters(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Have a mail server that takes a letter and hangs up without a word."""
    with _ill(plant, DROPS):
        time.sleep(seconds)


def cut_power(plant: Plant, chance: random.Random, seconds: float) -> None:
    """Kill everything at one moment."""
    for name in plant.commands:
        plant.kill(name)
    plant.redis.crash()
    plant.postgres.crash()
    plant.postgres.come_back()
    plant.redis.come_back()


@contextmanager
def _ill(plant: Plant, illness: str) -> Iterator[None]:
    plant.post.illness = illness
    try:
        yield
    finally:
        plant.post.illness = WELL


FAULTS: Mapping[str, Fault] = {
    "web worker killed": kill_web_worker,
    "web server killed": kill_web_server,
    "Celery worker killed": kill_worker,
    "worker killed in mid-stage": kill_worker_at_work,
    "pool child killed": kill_pool_child,
    "timetable killed": kill_timetable,
    "Redis flushed": flush_redis,
    "Redis killed": kill_redis,
    "Redis gone, back empty": lose_redis,
    "Redis frozen": freeze_redis,
    "Redis full": fill_redis,
    "PostgreSQL stopped immediately": crash_postgres,
    "connections cut every 2 s": cut_connections,
    "database's disk full": fill_disk,
    "mail server gone": lose_mail_server,
    "mail server says 421, 450 or 451": refuse_letters,
    "mail server hangs up after DATA": swallow_letters,
    "everything killed at once": cut_power,
}

"""A reader of nightly backups, and somebody who knows in which order 500 people answered."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from survey.campaigns.models import Wave
from survey.responses.models import Intake, Response
from survey.responses.opening import open_boxes as open_waiting
from survey.responses.storing import store_responses
from tests.attacks import stage
from tests.attacks.dumps import (
    BOXES,
    Loot,
    dump,
    list_boxes,
    open_boxes,
    read_rows,
    share_known,
)
from tests.attacks.stage import Answers, Known

pytestmark = pytest.mark.django_db

N_TEAMS, N_NIGHTS, LOT = 50, 10, 5
CHANCE = N_TEAMS / stage.N_PEOPLE  # of finding a person among the ten of their team
TOO_GOOD = 2 * CHANCE  # 100 of 500 where 50 are expected: once in 10**10 seals
A_DAY = stage.N_PEOPLE // N_NIGHTS
Rows = Sequence[tuple[str, Answers]]


class Undo(Exception):  # noqa: N818
    """Takes back what was played."""


@dataclass(frozen=True)
class Played:
    """Who came in which order, the sealed rows in the orders a database keeps, and the loot."""

    arrived: Sequence[Known]
    rows: Sequence[Rows]
    loot: Loot
    keys: frozenset[bytes]


@contextmanager
def own_transaction(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Play on an empty table, where no row is put into a gap that a vacuum has left."""
    with blocker.unblock(), suppress(Undo), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"TRUNCATE {Response._meta.db_table} CASCADE")
        yield
        raise Undo


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Played:
    """500 people answer in ten days; a dump every night and one after the seal."""
    with own_transaction(django_db_blocker):
        wave = stage.prepare_wave(N_TEAMS)
        keys = frozenset(
            file.read_bytes() for file in Path(settings.KEYS_DIR).glob(f"{wave.key}.*")
        )
        arrived, dumps = [], []
        for known in stage.arrivals(wave):
            arrived.append(known)
            if not len(arrived) % A_DAY:
                dumps.append(dump())
        stage.seal(wave)
        days = [arrived[start : start + A_DAY] for start in range(0, len(arrived), A_DAY)]
        rows = [read_rows(order) for order in orders()]
        return Played(arrived, rows, Loot([*dumps, dump()], days), keys)
    raise AssertionError


@pytest.fixture(scope="module")
def in_lots(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> tuple[Sequence[Known], Rows]:
    """The same people, where five are sealed at a time."""
    with own_transaction(django_db_blocker):
        wave = stage.prepare_wave(N_TEAMS)
        arrived = []
        for known in stage.arrivals(wave):
            arrived.append(known)
            if not len(arrived) % LOT:
                seal_lot(wave)
        return arrived, read_rows(orders()[-1])
    raise AssertionError


def orders() -> tuple[str, ...]:
    return ("r.id", "r.ctid" if connection.vendor == "postgresql" else "r.rowid")


def seal_lot(wave: Wave) -> None:
    """Store what waits, as if answers were not kept until the wave closes."""
    contents = [box.content for box in open_waiting(wave=wave).boxes]
    places = {content.group_id: content.group_id for content in contents}
    store_responses(wave=wave, contents=contents, stored_at=places, day=date(2026, 3, 2))
    Intake.objects.filter(wave=wave).delete()


def found_by_lots(arrived: Sequence[Known], rows: Rows) -> float:
    """Guess that rows lie in lots as people came, and within a lot by their teams."""
    found = 0.0
    for start in range(0, len(arrived), LOT):
        lot = rows[start : start + LOT]
        for known in arrived[start : start + LOT]:
            fitting = [answers for team, answers in lot if team == known.team]
            found += (known.answers in fitting) / max(len(fitting), 1)
    return found / len(arrived)


class TestWhoKnowsTheOrder:
    def test_finds_nobody_better_than_by_chance(self, played: Played) -> None:
        for rows in played.rows:
            assert len(rows) == stage.N_PEOPLE
            assert stage.found_by_team_order(played.arrived, rows) <= TOO_GOOD
            assert found_by_lots(played.arrived, rows) <= TOO_GOOD

    def test_finds_nearly_everybody_where_five_are_sealed_at_a_time(
        self, in_lots: tuple[Sequence[Known], Rows]
    ) -> None:
        assert found_by_lots(*in_lots) >= 0.9


class TestBackupReader:
    def test_learns_nothing_narrower_than_the_stored_group(self, played: Played) -> None:
        dumps = played.loot.dumps

        assert [len(one[BOXES]) for one in dumps] == [*range(A_DAY, 501, A_DAY), 0]
        assert len({len(box) for one in dumps for box in list_boxes(one).values()}) == 1
        assert list(open_boxes(played.loot)) == []
        assert share_known(played.loot) == 0

    def test_learns_nearly_everything_where_the_keys_are_backed_up_too(
        self, played: Played
    ) -> None:
        loot = replace(played.loot, keys=played.keys)

        assert len(list(open_boxes(loot))) == stage.N_PEOPLE
        assert share_known(loot) >= 0.95

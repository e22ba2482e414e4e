"""Whatever dies: nothing that was acknowledged is lost, nothing counts twice, all is caught up."""

import os
import sys
from collections.abc import Iterator
from copy import deepcopy

import pytest
from celery import Celery

from tests.faults.company import N_TEAMS, TEAM_SIZE
from tests.faults.due import oldest_due
from tests.faults.faults import FAULTS
from tests.faults.hands import (
    Link,
    answer,
    answer_at_once,
    is_waiting,
    let_commits_wait,
    n_shown,
    n_spent,
    send_again,
)
from tests.faults.load import Ledger, Load
from tests.faults.plant import WORKER, Plant
from tests.faults.recount import recount
from tests.faults.rounds import Rounds
from tests.faults.storm import draw_plan, keep_report, report, running_plant, storm
from tests.services.programs import MissingProgramError

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="finds the children of a process in /proc"
)
SEED = 7
MINUTES = float(os.environ.get("FAULTS_MINUTES", "30"))
CHOSEN_SEED = int(os.environ.get("FAULTS_SEED", "1"))
EVERY_SECONDS = 15.0
ROUND_SECONDS = 40  # about; there must be divisions enough
SENT = "SELECT key::text FROM letters_delivery WHERE state = 'SENT' LIMIT 1"
SOAKED = ("Redis killed", "timetable killed", "web server killed", "mail server gone")
SHORT = [(name, 0.7) for name in FAULTS if name not in SOAKED]


@pytest.fixture(scope="module")
def plant() -> Iterator[Plant]:
    """One product with servers of its own for the module's short tests."""
    try:
        with running_plant(n_divisions=2) as running:
            yield running
    except MissingProgramError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """What the module's product has promised so far."""
    return Ledger()


@pytest.fixture(scope="module")
def idle(plant: Plant) -> Plant:
    """The product without worker and timetable, from here on."""
    plant.halt("worker")
    plant.halt("beat")
    return plant


@pytest.fixture(scope="module")
def alone(idle: Plant) -> Plant:
    """The product without Redis either, from here on."""
    idle.redis.crash()
    return idle


@pytest.fixture(scope="module")
def rounds(alone: Plant, ledger: Ledger) -> Rounds:
    """HR's browser, in which the second division's round has been launched."""
    load = Load(alone, ledger, n_divisions=2, seed=SEED, pace=1.0)
    found = Rounds(alone, load, range(1, 2))
    alone.post.take_links()
    found.launch(1)
    return found


@pytest.fixture(scope="module")
def links(rounds: Rounds) -> list[Link]:
    """The links of the second division, once letters have gone out."""
    return []


class TestStorm:
    """Told in order: every test goes on with the product that the one before has left."""

    @pytest.mark.timeout(600)  # every wait inside has a limit of its own, and fails with words
    def test_loses_and_doubles_nothing(self, plant: Plant, ledger: Ledger) -> None:
        """Every kind of fault once; the others are in the soak."""
        outcome = storm(plant, ledger, divisions=range(1), seed=SEED, plan=SHORT, pace=0.4)

        assert outcome.wrong == [], report(outcome)
        assert outcome.recount.n_answers >= 20, report(outcome)
        assert outcome.recount.n_figures > 0, report(outcome)

    def test_recount_notices_what_is_not_so(self, plant: Plant, ledger: Ledger) -> None:
        token, (team, answers) = next(iter(ledger.answers.items()))
        forgotten, invented, changed = (deepcopy(ledger) for _ in range(3))
        del forgotten.answers[token]
        invented.answers["another"] = team, answers
        changed.answers[token] = team, {item: 6 - value for item, value in answers.items()}
        unreported = deepcopy(ledger)
        unreported.receipts.pop()

        said = _wrong(plant, forgotten)  # another sentence where it is one of those left over
        assert "stored that nobody was thanked for" in said or "thanked for are lost" in said
        assert "are lost" in _wrong(plant, invented)
        assert "are lost" in _wrong(plant, changed)
        assert "nobody has a receipt for" in _wrong(plant, unreported)
        with plant.connect() as connection:
            connection.execute("CREATE TEMP TABLE kept AS SELECT id, mean FROM aggregation_figure")
            connection.execute("UPDATE aggregation_figure SET mean = mean + 0.1")
            assert "is printed" in _wrong(plant, ledger)
            connection.execute(  # not by subtraction: what is stored must be the same to the bit
                "UPDATE aggregation_figure f SET mean = kept.mean, n = n + 1"
                " FROM kept WHERE kept.id = f.id"
            )
            assert "people are told of" in _wrong(plant, ledger)
            connection.execute("UPDATE aggregation_figure SET n = n - 1")

    def test_recount_notices_letters_that_came_twice_or_never(
        self, plant: Plant, ledger: Ledger
    ) -> None:
        with plant.connect() as connection:
            (sent,) = connection.execute(SENT).fetchone() or ("",)
            key = next(key for key in plant.post.copies if sent in key)
            for n in (0, 3):
                found = recount(connection, ledger, plant.post.copies | {key: n})
                assert f"{n} copies of it arrived" in "\n".join(found.wrong)


class TestTasks:
    """A worker is killed while its task waits for a table, and nobody sends another hint."""

    @pytest.mark.parametrize(
        ("app", "is_kept"), [("config", True), ("tests.faults.careless", False)]
    )
    def test_are_kept_by_the_broker_until_they_are_done(
        self, idle: Plant, app: str, is_kept: bool
    ) -> None:
        with idle.broker() as broker, idle.connect() as connection, connection.transaction():
            broker.flushall()
            connection.execute("LOCK TABLE letters_delivery IN ACCESS EXCLUSIVE MODE")
            idle.start("worker", command=("celery", "--app", app, *WORKER[3:]))
            with Celery(broker=f"{idle.redis.url}/0", set_as_current=False) as till:
                till.send_task("campaigns.send_letters")
            idle.wait_until(lambda: is_waiting(connection), "the task waits for the table")
            idle.halt("worker")
            left = broker.llen("celery") + broker.hlen("unacked")

        assert left == int(is_kept)


class TestWithoutBroker:
    """Redis is gone for a whole round, and so is every worker."""

    def test_nothing_happens_by_itself(
        self, alone: Plant, rounds: Rounds, links: list[Link]
    ) -> None:
        assert oldest_due(alone) is not None
        assert alone.post.take_links() == []

    def test_letters_go_out_with_the_ticker(self, alone: Plant, links: list[Link]) -> None:
        alone.manage("tick", "--until-idle")
        links += alone.post.take_links()

        assert len(links) == N_TEAMS * TEAM_SIZE
        assert oldest_due(alone) is None

    def test_a_crash_of_the_database_takes_no_answer_back(
        self, alone: Plant, ledger: Ledger, links: list[Link]
    ) -> None:
        for link in links[:5]:
            answer(alone, ledger, link)
        alone.postgres.crash()
        alone.postgres.come_back()

        assert n_spent(alone) == 5

    def test_the_same_crash_does_where_commits_do_not_wait_for_the_log(
        self, alone: Plant, ledger: Ledger, links: list[Link]
    ) -> None:
        """The driver notices, and the people whose answers were lost send them again."""
        let_commits_wait(alone, wait=False)
        promised = Ledger()
        for link in links[5:10]:
            answer(alone, promised, link)
        alone.postgres.crash()
        alone.postgres.come_back()

        assert n_spent(alone) < 10
        let_commits_wait(alone, wait=True)
        send_again(alone, ledger, promised)

    def test_many_posts_of_a_link_make_one_answer(
        self, alone: Plant, ledger: Ledger, links: list[Link]
    ) -> None:
        answer_at_once(alone, ledger, links[10:14], n_posts=25)

        assert n_spent(alone) == 14

    def test_the_figures_arrive_with_the_ticker(
        self, alone: Plant, ledger: Ledger, rounds: Rounds, links: list[Link]
    ) -> None:
        for link in links[14:]:
            answer(alone, ledger, link)
        rounds.close(1)
        alone.manage("tick", "--until-idle")

        assert _wrong(alone, ledger) == ""
        assert n_shown(alone, "d1") == len(links)
        alone.manage("verify")


@pytest.mark.soak
class TestSoak:
    def test_loses_and_doubles_nothing_for_half_an_hour(self) -> None:
        """FAULTS_MINUTES says for how long; the report is kept in var/faults.txt."""
        n_faults = round(60 * MINUTES / EVERY_SECONDS)
        n_divisions = 2 + round(60 * MINUTES / ROUND_SECONDS)
        with running_plant(n_divisions=n_divisions) as plant:
            plant.post.seconds = 0.08  # a batch takes two seconds, so that faults meet it
            outcome = storm(
                plant,
                Ledger(),
                divisions=range(n_divisions),
                seed=CHOSEN_SEED,
                plan=draw_plan(CHOSEN_SEED, n=n_faults, longest=12.0),
                every=EVERY_SECONDS,
            )
        keep_report(outcome)

        assert outcome.wrong == [], report(outcome)

    def test_two_hundred_links_posted_fifty_times_each_make_two_hundred_answers(self) -> None:
        ledger, divisions = Ledger(), range(5)
        links: list[Link] = []
        with running_plant(n_divisions=divisions.stop) as plant:
            load = Load(plant, ledger, n_divisions=divisions.stop, seed=SEED, pace=1.0)
            rounds = Rounds(plant, load, divisions)
            for division in divisions:
                rounds.launch(division)

            def all_have_come() -> bool:
                links.extend(plant.post.take_links())
                return len(links) == divisions.stop * N_TEAMS * TEAM_SIZE

            plant.wait_until(all_have_come, "every letter", seconds=120)
            answer_at_once(plant, ledger, links, n_posts=50)
            assert n_spent(plant) == len(links) == 200
            for division in divisions:
                rounds.close(division)
            plant.wait_until(lambda: oldest_due(plant) is None, "the figures", seconds=120)

            assert _wrong(plant, ledger) == ""

    def test_postgres_is_stopped_ten_times_and_keeps_every_answer(self) -> None:
        with running_plant(n_divisions=4) as plant:
            outcome = storm(
                plant,
                Ledger(),
                divisions=range(4),
                seed=SEED,
                plan=[("PostgreSQL stopped immediately", 0.0)] * 10,
                every=4.0,
                pace=0.1,
            )

        assert outcome.wrong == [], report(outcome)


def _wrong(plant: Plant, ledger: Ledger) -> str:
    with plant.connect() as connection:
        return "\n".join(recount(connection, ledger, plant.post.copies).wrong)

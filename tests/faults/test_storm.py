"""Whatever dies: nothing that was acknowledged is lost, nothing counts twice, all is caught up."""

import os
import sys
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

import pytest

from tests.faults.faults import FAULTS
from tests.faults.load import Ledger
from tests.faults.plant import Plant
from tests.faults.recount import recount
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
SHORT = [(name, 0.7) for name in FAULTS]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def plant(folder: Path) -> Iterator[Plant]:
    """One product with servers of its own for the module's short tests."""
    try:
        with running_plant(folder, n_divisions=2) as running:
            yield running
    except MissingProgramError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """What the module's product has promised so far."""
    return Ledger()


class TestStorm:
    """Told in order: every test goes on with the product that the one before has left."""

    def test_loses_and_doubles_nothing(self, plant: Plant, ledger: Ledger) -> None:
        """Every fault once."""
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

        assert "stored that nobody was thanked for" in _wrong(plant, forgotten)
        assert "are lost" in _wrong(plant, invented)
        assert "are lost" in _wrong(plant, changed)
        assert "nobody has a receipt for" in _wrong(plant, unreported)
        with plant.connect() as connection:
            connection.execute("UPDATE aggregation_figure SET mean = mean + 0.1")
            assert "is printed" in _wrong(plant, ledger)
            connection.execute("UPDATE aggregation_figure SET mean = mean - 0.1, n = n + 1")
            assert "people are told of" in _wrong(plant, ledger)
            connection.execute("UPDATE aggregation_figure SET n = n - 1")

    def test_recount_notices_letters_that_came_twice_or_never(
        self, plant: Plant, ledger: Ledger
    ) -> None:
        copies = dict(plant.post.copies)
        key = next(iter(copies))
        with plant.connect() as connection:
            for n in (0, 3):
                found = recount(connection, ledger, copies | {key: n})
                assert f"{n} copies of it arrived" in "\n".join(found.wrong)


@pytest.mark.soak
class TestSoak:
    def test_loses_and_doubles_nothing_for_half_an_hour(self, tmp_path: Path) -> None:
        """FAULTS_MINUTES says for how long; the report is kept in var/faults.txt."""
        n_faults = round(60 * MINUTES / EVERY_SECONDS)
        n_divisions = 2 + round(60 * MINUTES / ROUND_SECONDS)
        with running_plant(tmp_path, n_divisions=n_divisions) as plant:
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

    def test_postgres_is_stopped_ten_times_and_keeps_every_answer(self, tmp_path: Path) -> None:
        with running_plant(tmp_path, n_divisions=4) as plant:
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

"""A storm: faults in random order under load, and then the whole truth about it."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.faults import FAULTS
from tests.faults.load import Ledger, Load
from tests.faults.plant import Plant
from tests.faults.recount import Recount, recount
from tests.faults.rounds import Rounds
from tests.faults.watch import Struck, Watch
from tests.services import ROOT

CATCH_UP_SECONDS = 60
END_SECONDS = 120


@dataclass
class Outcome:
    """What a storm did, and what was left standing."""

    seed: int
    seconds: float
    struck: list[Struck]
    n_rounds: int
    restarts: Counter[str]
    n: Counter[str]
    n_receipts: int
    recount: Recount
    verify: str
    wrong: list[str] = field(default_factory=list)


@contextmanager
def running_plant(*, n_divisions: int) -> Iterator[Plant]:
    """Build a plant with so many divisions, start it, and tear it down afterwards.

    Its folder is not pytest's: PostgreSQL refuses to be root, and must be able to reach it.
    """
    plant = Plant(Path(tempfile.mkdtemp(prefix="hearthline-faults-")))
    try:
        plant.start_servers()
        plant.set_up(n_divisions=n_divisions)
        plant.start_product()
        yield plant
    finally:
        plant.stop()


def storm(
    plant: Plant,
    ledger: Ledger,
    *,
    divisions: range,
    seed: int,
    plan: Sequence[tuple[str, float]],
    every: float = 0.0,
    pace: float = 0.5,
) -> Outcome:
    """Let every planned fault strike for its seconds, one after another, and count everything."""
    began_at = time.monotonic()
    load = Load(plant, ledger, n_divisions=divisions.stop, seed=seed, pace=pace)
    rounds, watch = Rounds(plant, load, divisions), Watch(plant)
    for part in (load, rounds, watch):
        part.start()
    plant.wait_until(lambda: bool(ledger.answers), "the first answer")
    chance = random.Random(seed)  # noqa: S311 - repeatable
    for name, seconds in plan:
        next_at = time.monotonic() + every
        FAULTS[name](plant, chance, seconds)
        watch.note(name)
        time.sleep(max(0.0, next_at - time.monotonic()))
    rounds.end()
    _wait_for_the_end(load, rounds, watch)
    load.stop()
    watch.stop()
    return _settle(plant, load, rounds, watch, seed, time.monotonic() - began_at)


def _wait_for_the_end(load: Load, rounds: Rounds, watch: Watch) -> None:
    ends_at = time.monotonic() + END_SECONDS
    while not (load.is_idle and watch.is_idle and watch.has_caught_up):
        if time.monotonic() > ends_at:
            told = f"{watch.oldest} is due"
            rounds.failures.append(f"not idle {END_SECONDS} s after the end: {told}")
            return
        time.sleep(0.2)


def draw_plan(seed: int, *, n: int, longest: float) -> list[tuple[str, float]]:
    """Draw faults: every one once in each shuffled pack, for a random while."""
    chance = random.Random(seed)  # noqa: S311 - repeatable
    plan: list[tuple[str, float]] = []
    while len(plan) < n:
        pack = list(FAULTS)
        chance.shuffle(pack)
        plan += [(name, chance.uniform(1, longest)) for name in pack]
    return plan[:n]


def _settle(
    plant: Plant, load: Load, rounds: Rounds, watch: Watch, seed: int, seconds: float
) -> Outcome:
    verify = plant.manage("verify").strip()
    with plant.connect() as connection:
        found = recount(connection, load.ledger, plant.post.copies)
    late = [one for one in watch.struck if one.seconds > CATCH_UP_SECONDS]
    wrong = [*rounds.failures, *found.wrong]
    wrong += [f"{one.name}: {one.waited_for} only after {one.seconds:.0f} s" for one in late]
    return Outcome(
        seed=seed,
        seconds=seconds,
        struck=watch.struck,
        n_rounds=rounds.n_done,
        restarts=plant.restarts,
        n=load.ledger.n,
        n_receipts=len(load.ledger.receipts),
        recount=found,
        verify=verify,
        wrong=wrong,
    )


def report(outcome: Outcome) -> str:
    """Tell a storm in a table and a few lines."""
    seconds: dict[str, list[float]] = {}
    for one in outcome.struck:
        seconds.setdefault(one.name, []).append(one.seconds)
    rows = [
        f"{name:35} {len(took):4} {sum(took) / len(took):9.1f} {max(took):9.1f}"
        for name, took in sorted(seconds.items())
    ]
    found, n, minutes = outcome.recount, outcome.n, outcome.seconds / 60
    return "\n".join(
        [
            f"{len(outcome.struck)} faults in {minutes:.1f} minutes, seed {outcome.seed}",
            "",
            f"{'fault':35} {'n':>4} {'mean s':>9} {'longest s':>9}   until caught up",
            *rows,
            "",
            f"answers thanked for       {found.n_answers}; {n['replies lost']} had hung up before "
            f"the reply and sent again, {n['double clicks']} clicked twice",
            f"answers left over         {found.n_left_over} at the end of a wave: under five "
            "tell nobody",
            f"tries that failed         {n['tries that failed']}, each repeated until it succeeded",
            f"contacts with a receipt   {outcome.n_receipts}",
            f"rounds of staff           {outcome.n_rounds}",
            f"released figures          {found.n_figures}, each compared with a recount",
            f"letters                   {found.n_letters} ({_tell(found.letters)}), "
            f"{found.n_copies} copies arrived",
            f"processes started again   {_tell(outcome.restarts)}",
            f"manage.py verify          {outcome.verify}",
            f"wrong                     {len(outcome.wrong)}",
            *(f"  {sentence}" for sentence in outcome.wrong),
            "",
        ]
    )


def keep_report(outcome: Outcome) -> Path:
    """Write the report where docs/operations.md says it is."""
    path = ROOT / "var" / "faults.txt"
    path.parent.mkdir(exist_ok=True)
    path.write_text(report(outcome))
    return path


def _tell(counts: Counter[str]) -> str:
    return ", ".join(f"{n} {name}" for name, n in sorted(counts.items())) or "none"

"""`make mutants`: plant small mistakes in survey/statistics and see whether its tests notice."""

import random
import sys
from argparse import ArgumentParser, Namespace
from functools import cache
from pathlib import Path

from tqdm import tqdm

from tests.mutation.choosing import files_testing
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.report import share_killed, table
from tests.mutation.trials import Outcome, Trial, UnusableTestsError, prove_unchanged, try_mutants


def main(arguments: list[str]) -> int:
    """Try the mutants, print what came of them, and return 1 where too few were noticed."""
    wanted = _read(arguments)

    @cache
    def choose(module: Path) -> list[Path]:
        return files_testing(module, package=wanted.package, tests=wanted.tests)

    mutants = _sample(wanted)
    try:
        prove_unchanged(wanted.tests)
        trials = try_mutants(
            mutants,
            tests=wanted.tests,
            choose=choose,
            processes=wanted.processes,
            seconds=wanted.seconds,
        )
        found = [_tell(one) for one in tqdm(trials, total=len(mutants), mininterval=5)]
    except UnusableTestsError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    print(table(found))  # noqa: T201
    return int(share_killed(found) < wanted.least)


def _tell(trial: Trial) -> Trial:
    """Show a survivor at once: a long run that is interrupted has said something."""
    if trial.outcome is Outcome.SURVIVED:
        tqdm.write(trial.mutant.difference + "\n")
        sys.stdout.flush()
    return trial


def _sample(wanted: Namespace) -> list[Mutant]:
    """Draw from all mutants, or list all; in the order of the files either way."""
    mutants = list(mutants_of(sorted(wanted.package.rglob(wanted.only))))
    if wanted.all or wanted.sample >= len(mutants):
        return mutants
    drawn = random.Random(wanted.seed).sample(range(len(mutants)), wanted.sample)  # noqa: S311
    return [mutants[number] for number in sorted(drawn)]


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--package", type=Path, default=Path("survey/statistics"))
    parser.add_argument("--tests", type=Path, default=Path("tests/statistics"))
    parser.add_argument("--only", default="*.py", help="which modules, as a pattern")
    parser.add_argument("--all", action="store_true", help="every mutant, not a sample")
    parser.add_argument("--sample", type=int, default=400)
    parser.add_argument("--seed", type=int, default=20260701)
    parser.add_argument("--least", type=float, default=85, help="per cent that must be noticed")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=60, help="of work, then a trial is stopped")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What is printed at the end: how many mutants of each module the tests noticed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tests.mutation.trials import Outcome, Trial

COLUMNS = ("mutants", *(outcome.value for outcome in Outcome), "% killed")


def share_killed(trials: Sequence[Trial]) -> float:
    """Return how many of 100 mutants were noticed; one that runs on for ever is noticed too."""
    return 100 * sum(trial.outcome is not Outcome.SURVIVED for trial in trials) / len(trials)


def table(trials: Sequence[Trial]) -> str:
    """Count the outcomes, a line per module and one for all."""
    by_module: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_module[trial.mutant.module].append(trial)
    width = max(map(len, by_module))
    lines = [_line("", COLUMNS, width)]
    lines += [_line(name, _figures(by_module[name]), width) for name in sorted(by_module)]
    return "\n".join([*lines, _line("all", _figures(trials), width)])


def _figures(trials: Sequence[Trial]) -> tuple[str, ...]:
    counts = [sum(trial.outcome is outcome for trial in trials) for outcome in Outcome]
    return (*map(str, (len(trials), *counts)), f"{share_killed(trials):.1f}")


def _line(name: str, cells: Iterable[str], width: int) -> str:
    return name.ljust(width) + "".join(cell.rjust(11) for cell in cells)

"""Whether tests notice a mistake: each mutant meets its tests in a process of its own.

Nothing is written to the tree. What is slow to import is imported once, before the processes fork.
"""

import importlib
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from itertools import islice
from pathlib import Path
from types import CodeType

import hypothesis
import pytest

import tests.conftest  # noqa: F401  (registers the suite's profile of hypothesis)
from tests.mutation.mutants import Mutant

SLOW_TO_IMPORT = ("numpy", "pandas", "scipy.optimize", "scipy.stats", "hypothesis.strategies")
QUIETLY = (
    *("-x", "-q", "--tb=no", "-m", "not soak"),
    *("-p", "no:cacheprovider", "-p", "socket", "-p", "hypothesispytest"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)

hypothesis.settings.register_profile(
    "mutants",
    hypothesis.settings.get_profile("suite"),
    # a mutant that fails has been noticed: its smallest case is not looked for
    phases=(hypothesis.Phase.explicit, hypothesis.Phase.generate),
    report_multiple_bugs=False,
)


class Outcome(StrEnum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Trial:
    """One mutant, the tests it met, and what came of it."""

    mutant: Mutant
    outcome: Outcome


class UnusableTestsError(Exception):
    """The tests do not run, or fail before anything is changed."""


def prove_unchanged(tests: Path) -> None:
    """Run all tests once without a mistake; raise UnusableTestsError where they do not pass."""
    _import_what_is_slow()
    _, status = os.waitpid(_start([tests], tests, lambda: None, seconds=0), 0)
    if status:
        raise UnusableTestsError(f"the tests in {tests} fail before anything is changed")


def try_mutants(
    mutants: Iterable[Mutant],
    *,
    tests: Path,
    choose: Callable[[Path], list[Path]],
    processes: int,
    seconds: int,
) -> Iterator[Trial]:
    """Let each mutant meet the tests chosen for its module; seconds of work bound one meeting."""
    _import_what_is_slow()
    waiting = iter(mutants)
    running: dict[int, Mutant] = {}
    while True:
        for mutant in islice(waiting, processes - len(running)):
            files = choose(mutant.file)
            if not files:
                raise UnusableTestsError(f"{mutant.file} has no tests")
            running[_start(files, tests, partial(_put_in, mutant), seconds=seconds)] = mutant
        if not running:
            return
        process, status = os.wait()
        yield Trial(running.pop(process), _outcome(status))


def _outcome(status: int) -> Outcome:
    if os.WIFSIGNALED(status):
        was_late = os.WTERMSIG(status) == signal.SIGPROF
        return Outcome.TIMED_OUT if was_late else Outcome.KILLED
    code = os.waitstatus_to_exitcode(status)
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise UnusableTestsError(f"pytest ended with {pytest.ExitCode(code)!r}")
    return Outcome.KILLED if code else Outcome.SURVIVED


def _start(files: list[Path], tests: Path, prepare: Callable[[], None], *, seconds: int) -> int:
    """Fork a process that runs these tests, and return its number."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        prepare()
        hypothesis.settings.load_profile("mutants")
        code = pytest.main([*QUIETLY, f"--confcutdir={tests}", *map(str, files)])
    finally:
        os._exit(code)


def _import_what_is_slow() -> None:
    for name in SLOW_TO_IMPORT:
        importlib.import_module(name)


def _put_in(mutant: Mutant) -> None:
    """Let the next import of the module find it with the mistake."""
    sys.meta_path.insert(0, _Finder(mutant))


class _Loader(SourceFileLoader):
    def __init__(self, mutant: Mutant) -> None:
        super().__init__(mutant.module, str(mutant.file))
        self.mutant = mutant

    def get_code(self, fullname: str) -> CodeType:
        return compile(self.mutant.text, str(self.mutant.file), "exec")


class _Finder(MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        if name != self.mutant.module:
            return None
        return spec_from_file_location(name, self.mutant.file, loader=_Loader(self.mutant))

"""Rows that many tests begin with: made once, kept below them, and gone before others see them.

A fixture marked `stage` is made in a transaction around the one that a test is rolled back from.
It stands while the tests that follow ask for it, and is taken down before the first one with a
database that does not, or with a fixture of a module that begins a transaction of its own. Each
test is given copies of what was returned, and keys are put back.
"""

import copy
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from survey.questionnaires.models import Questionnaire
from survey.questionnaires.selectors import forget_content

Build = Callable[..., Any]
REAL = {"transactional_db", "live_server", "django_db_reset_sequences"}
OF_THE_RUN = {"django_db_setup", "_django_setup_unittest", "standing_stages"}
next_key = pytest.StashKey[pytest.Item | None]()

_builds: dict[Build, Build] = {}  # by the fixture that gives what was built


@dataclass(frozen=True)
class Stage:
    """What is to be built, and of what: other stages, or values of the whole run."""

    build: Build
    needs: tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Level:
    """A stage that stands, and what it and all below it have returned and written.

    Contents are the questionnaires it has made: SQLite gives their numbers away a second time.
    """

    stage: Stage
    atomic: transaction.Atomic
    made: Mapping[Stage, Any]
    keys: Mapping[Path, bytes]
    contents: frozenset[int]


class Stack:
    """The stages that stand now, each upon the one before."""

    def __init__(self) -> None:
        self._levels: list[Level] = []
        self.given: dict[Build, Any] = {}

    def stand(self, wanted: Sequence[Stage]) -> None:
        """Take down what is not wanted, build what is missing, and copy it all for one test."""
        self.take_down(to=self._count_kept(wanted))
        standing = [level.stage for level in self._levels]
        for stage in wanted:
            if stage not in standing:
                self._build(stage)
        self.given = {}
        if self._levels:
            made = _copy(self._levels[-1].made)
            self.given = {stage.build: result for stage, result in made.items()}
            _put_back(self._levels[-1].keys)

    def keep(self, builds: Collection[Build]) -> None:
        """Take down what is none of these; all of it where it stands in somebody's transaction."""
        is_first = self._levels and connection.atomic_blocks[0] is self._levels[0].atomic
        kept = [level.stage for level in self._levels if level.stage.build in builds]
        self.take_down(to=self._count_kept(kept) if is_first else 0)

    def take_down(self, *, to: int = 0) -> None:
        """Roll back all stages above so many."""
        while len(self._levels) > to:
            level = self._levels.pop()
            _roll_back(level.atomic)
            for questionnaire_id in level.contents:
                forget_content(questionnaire_id=questionnaire_id)

    def _count_kept(self, wanted: Sequence[Stage]) -> int:
        if connection.closed_in_transaction or connection.needs_rollback:
            return 0  # the last test has left nothing to build upon
        unwanted = (at for at, level in enumerate(self._levels) if level.stage not in wanted)
        return next(unwanted, len(self._levels))

    def _build(self, stage: Stage) -> None:
        below = self._levels[-1] if self._levels else None
        made = _copy(below.made) if below else {}
        known = frozenset(_list_keys())
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            needs = {name: _known(need, made) for name, need in stage.needs}
            made[stage] = stage.build(**needs)
            connection.check_constraints()
            contents = set(Questionnaire.objects.values_list("pk", flat=True))
        except BaseException:
            _roll_back(atomic)
            raise
        written = {path: path.read_bytes() for path in _list_keys() if path not in known}
        keys = {**below.keys, **written} if below else written
        contents.difference_update(*(level.contents for level in self._levels))
        self._levels.append(Level(stage, atomic, made, keys, frozenset(contents)))


_stack = Stack()


def stage(build: Build) -> Any:
    """Make a fixture of a function, built once for tests that follow each other and ask for it.

    It may need other stages, `db`, and fixtures of the whole run.
    """

    @wraps(build)
    def give(**needs: Any) -> Any:
        return _stack.given[build] if build in _stack.given else build(**needs)

    _builds[give] = build
    return pytest.fixture(give)


@pytest.fixture(scope="session")
def standing_stages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Stack]:
    """The stages of this process; none stands when the database is dropped."""
    yield _stack
    with django_db_blocker.unblock():
        _stack.take_down()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Tell a test's fixtures which test comes next."""
    item.stash[next_key] = nextitem


@pytest.fixture(autouse=True)
def stages_come_down(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Leave standing what the next test asks for, or all of it where that has no database."""
    yield
    following = request.node.stash[next_key]
    wanted = _may_stand(following) if following else ()
    if wanted is not None:
        with django_db_blocker.unblock():
            _stack.keep(wanted)


@pytest.fixture
def stages_of_this_test(
    request: pytest.FixtureRequest,
    stages_come_down: None,
    standing_stages: Stack,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Let stand what this test asks for and nothing else."""
    with django_db_blocker.unblock():
        standing_stages.stand([] if commits(request) else _find_stages(request))


@pytest.fixture
def _django_db_helper(stages_of_this_test: None, _django_db_helper: None) -> None:
    """Begin what a test does in the database upon its stages."""


@pytest.fixture(autouse=True)
def stages_come_first(request: pytest.FixtureRequest) -> None:
    """Build before the fixtures of a module, which may stop a clock or change a setting."""
    if _builds_of(request.node):
        request.getfixturevalue("_django_db_helper")


def commits(request: pytest.FixtureRequest) -> bool:
    """Say whether a test has real transactions."""
    marker = request.node.get_closest_marker("django_db")
    marked = marker.kwargs if marker else {}
    is_marked = marked.get("transaction", False) or marked.get("reset_sequences", False)
    return is_marked or not REAL.isdisjoint(request.fixturenames)


def _find_stages(request: pytest.FixtureRequest) -> list[Stage]:
    """Return the stages a test asks for, each after those it needs, always in the same order."""
    found: dict[Stage, None] = {}

    def add(stage: Stage) -> None:
        for _, need in stage.needs:
            if isinstance(need, Stage):
                add(need)
        found.setdefault(stage)

    for name in sorted(_builds_of(request.node)):
        add(_resolve(request, name))
    return list(found)


def _resolve(request: pytest.FixtureRequest, name: str) -> Any:
    """Return the stage of a name, or the value that a fixture of the whole run has."""
    build = _builds_of(request.node).get(name)
    if build is None:
        scope = _definitions(request.node)[name].scope
        assert name == "db" or scope == "session", f"a stage cannot need {name}, made for each test"
        return None if name == "db" else request.getfixturevalue(name)
    needs = signature(build).parameters
    return Stage(build, tuple((need, _resolve(request, need)) for need in needs))


def _builds_of(item: pytest.Item) -> dict[str, Build]:
    """Return what builds the stages of a test, and those they need, by name."""
    known = _definitions(item)
    return {name: _builds[one.func] for name, one in known.items() if one.func in _builds}


def _may_stand(item: pytest.Item) -> Collection[Build] | None:
    """Return what a test may find standing; None if it does not care, having no database."""
    begins_one = any(
        "django_db_blocker" in one.argnames and one.scope != "function" and name not in OF_THE_RUN
        for name, one in _definitions(item).items()
    )
    if begins_one:
        return ()
    has_database = item.get_closest_marker("django_db") or "_django_db_helper" in item.fixturenames  # type: ignore[attr-defined]
    return _builds_of(item).values() if has_database else None


def _definitions(item: pytest.Item) -> dict[str, pytest.FixtureDef[Any]]:
    """Return the fixtures of a test by the names that they have for it."""
    known = item._fixtureinfo.name2fixturedefs  # type: ignore[attr-defined]
    return {name: known[name][-1] for name in item.fixturenames if known.get(name)}  # type: ignore[attr-defined]


def _copy(made: Mapping[Stage, Any]) -> dict[Stage, Any]:
    """Copy what was returned all together: what two stages share, their copies share too."""
    return dict(zip(made, copy.deepcopy(list(made.values())), strict=True))


def _known(need: Any, made: Mapping[Stage, Any]) -> Any:
    return made[need] if isinstance(need, Stage) else need


def _roll_back(atomic: transaction.Atomic) -> None:
    assert connection.atomic_blocks[-1] is atomic, "somebody has begun a transaction upon a stage"
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)


def _list_keys() -> Iterator[Path]:
    folder = Path(settings.KEYS_DIR)
    return folder.iterdir() if folder.is_dir() else iter(())


def _put_back(keys: Mapping[Path, bytes]) -> None:
    """Write again what a test may have destroyed or spoilt."""
    for path, secret in keys.items():
        if not path.exists() or path.read_bytes() != secret:
            path.write_bytes(secret)
            path.chmod(0o600)

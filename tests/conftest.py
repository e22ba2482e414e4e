"""Starts the suite's servers and then Django, and says at the end what could not be had."""

import logging
import os
import sys
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.db import connection
from hypothesis import settings as hypothesis_settings

from tests import environment
from tests.longest import place_of
from tests.services import Keeper
from tests.services.chromium import find_chromium
from tests.services.templates import forget_templates, postgres_template

hypothesis_settings.register_profile(
    "suite", max_examples=50, deadline=None, derandomize=True, print_blob=True
)
hypothesis_settings.register_profile("soak", max_examples=2000, deadline=None)

NAMES = ("FOLDER", "POSTGRES_URL", "REDIS_URL", "MISSING")
PREFIX = "HEARTHLINE_SUITE_"
keeper_key = pytest.StashKey[Keeper]()


LONGEST_NAME = 60

pytest.register_assert_rewrite(  # plugins of the console's tests that others import before
    *("tests.console.waves", "tests.console.customers.company"),
    *("tests.console.collectors.hanging", "tests.console.questionnaires.drafts"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--engine",
        choices=("postgresql", "sqlite"),
        default="postgresql",
        help="the database of the tests that do not choose one themselves",
    )
    parser.addoption("--soak", action="store_true", help="run the tests marked soak too")


def pytest_configure(config: pytest.Config) -> None:
    if settings.configured:
        raise pytest.UsageError("unset DJANGO_SETTINGS_MODULE: the suite makes its own settings")
    config.option.loadscopereorder = False  # xdist would begin with the files of most tests
    sys.dont_write_bytecode = False  # compiling 950 modules costs each worker a quarter of a minute
    if not hasattr(config, "workerinput"):
        _start_servers(config)
    profile = config.getoption("hypothesis_profile", None) or "suite"
    hypothesis_settings.load_profile(profile)
    _start_django(config)
    for plugin in (
        "tests.stages",  # before what forgets, and before what stops a clock
        "tests.cast",
        "tests.counting",
        "tests.guards",
        "tests.languages",
        "tests.memory",
        "tests.answering.asking",
    ):
        config.pluginmanager.import_plugin(plugin)


@pytest.fixture(scope="session")
def at_length(pytestconfig: pytest.Config) -> bool:
    """Whether this is `make soak`, which tries all of what the suite tries a part of."""
    return bool(pytestconfig.getoption("soak"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Copy the tables that the run has made once; the suite's own database is dropped as ever."""
    if connection.vendor == "postgresql":
        template = postgres_template(os.environ[PREFIX + "POSTGRES_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name tests after the beginning of long values: whole files in names slow every run."""
    if isinstance(val, (str, bytes)) and len(val) > LONGEST_NAME:
        return f"{val[:LONGEST_NAME]!a}..."
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place_of(item.nodeid))
    if config.getoption("soak"):
        return
    long = pytest.mark.skip(reason="a long run: make soak")
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(long)


def pytest_unconfigure(config: pytest.Config) -> None:
    keeper = config.stash.get(keeper_key, None)
    if keeper is not None:
        if not keeper.services.postgres_url and os.environ[PREFIX + "POSTGRES_URL"]:
            forget_templates(os.environ[PREFIX + "POSTGRES_URL"])
        keeper.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missing = [line for line in os.environ[PREFIX + "MISSING"].split("\n") if line]
    if missing:
        terminalreporter.section("not tried on this machine", yellow=True)
        for line in missing:
            terminalreporter.line(line)


def _start_servers(config: pytest.Config) -> None:
    """Start what the environment does not name, and leave the addresses to the workers."""
    given = {
        "postgres": os.environ.get("TEST_DATABASE_URL", ""),
        "redis": os.environ.get("TEST_REDIS_URL", "").rstrip("/"),
    }
    keeper = Keeper(tuple(name for name, url in given.items() if not url))
    config.stash[keeper_key] = keeper
    services = keeper.services
    missing = list(services.missing)
    if find_chromium() is None:
        missing.append("Chromium: no program of that name, so no page was opened in a browser")
    found = (
        str(services.folder),
        given["postgres"] or services.postgres_url,
        given["redis"] or services.redis_url,
        "\n".join(missing),
    )
    os.environ.update(zip((PREFIX + name for name in NAMES), found, strict=True))


def _start_django(config: pytest.Config) -> None:
    folder = Path(os.environ[PREFIX + "FOLDER"])
    sqlite_url = f"sqlite:///{folder / 'suite.sqlite3'}"
    postgres_url = os.environ[PREFIX + "POSTGRES_URL"]
    wants_sqlite = config.getoption("engine") == "sqlite" or not postgres_url
    variables = environment.suite_environment(
        folder=folder,
        database_url=sqlite_url if wants_sqlite else postgres_url,
        redis_url=os.environ[PREFIX + "REDIS_URL"],
    )
    clean = environment.clean_environment()
    os.environ.clear()
    os.environ.update(clean | dict(variables))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every word
    del os.environ["DJANGO_SETTINGS_MODULE"]  # a worker that inherits it would start too early
    settings.STATIC_ROOT.mkdir(exist_ok=True)  # WhiteNoise warns where there is none
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if wants_sqlite:  # a file as in production, not shared memory
        test_database = settings.DATABASES["default"].setdefault("TEST", {})
        test_database["NAME"] = str(folder / "test.sqlite3")

"""Whole products and a browser for the journeys."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import environment
from tests.journeys.contexts import CONTEXTS
from tests.journeys.product import SQLITE, Product
from tests.services.chromium import FLAGS, find_chromium
from tests.services.databases import own_database
from tests.services.templates import copy_sqlite_template, postgres_template

ENGINES = ("production", "embedded")
REDIS_SLOT = 6


@contextmanager
def running_product(engine: str, folder: Path) -> Iterator[Product]:
    """Start a product on an engine, and stop it afterwards."""
    with ExitStack() as stack:
        urls = {}
        if engine == "production":
            server = os.environ["HEARTHLINE_SUITE_POSTGRES_URL"]
            broker = os.environ["HEARTHLINE_SUITE_REDIS_URL"]
            if not server or not broker:
                pytest.skip("PostgreSQL or Redis is missing")
            name = f"journey_{environment.worker_number()}"
            migrated = own_database(server, name, template=postgres_template(server))
            urls["database_url"] = stack.enter_context(migrated)
            urls["redis_url"] = environment.redis_database(broker, slot=REDIS_SLOT)
        else:
            copy_sqlite_template(folder / SQLITE)
        product = Product(folder=folder, **urls)
        stack.callback(product.stop)
        product.start()
        yield product


@pytest.fixture(scope="module", params=ENGINES)
def product(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Product]:
    """One product per module and engine: PostgreSQL and Redis, then SQLite and files."""
    with running_product(request.param, tmp_path_factory.mktemp(request.param)) as running:
        yield running


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """One product per module, on PostgreSQL and Redis."""
    with running_product("production", tmp_path_factory.mktemp("production")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's event loop runs in this thread; Django would refuse the database beside it
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        running = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield running
        CONTEXTS.forget(running)
        running.close()


@pytest.fixture(autouse=True)
def windows_closed() -> Iterator[None]:
    """Close the windows that a test has opened, before its rows go."""
    yield
    CONTEXTS.take_back()

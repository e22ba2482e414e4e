"""Brings in the open links of these tests once Django is ready."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("tests.console.collectors.hanging")

"""Brings in the drafts of the builder's tests once Django is ready."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.import_plugin("tests.console.questionnaires.drafts")

"""What a backup says of itself."""

import tomllib

from survey import __version__
from survey.followup.manifests import MIGRATIONS, list_tables
from tests.services import ROOT


class TestListTables:
    def test_names_every_table_of_the_product(self) -> None:
        tables = list_tables()

        assert {"responses_intake", "auth_permission", MIGRATIONS} <= set(tables)
        assert len(tables) == len(set(tables))


class TestVersion:
    def test_is_that_of_the_project(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

        assert __version__ == project["version"]

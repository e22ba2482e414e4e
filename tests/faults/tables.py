"""The product's tables on a server of a plant's own, as the suite has made them once already."""

import os
import subprocess

from tests import environment
from tests.services.databases import address_of, own_database
from tests.services.postgres import find_programs
from tests.services.templates import postgres_template


def bring_tables(url: str) -> None:
    """Copy the suite's migrated tables into an empty database; making them takes ten seconds.

    Where there are none, or its server is newer than the tools, whoever sets up makes them.
    """
    server = os.environ["HEARTHLINE_SUITE_POSTGRES_URL"]
    if not server:
        return
    name = f"plant_{environment.worker_number()}"
    with own_database(server, name, template=postgres_template(server)):
        command = [find_programs() / "pg_dump", "--no-owner", "--dbname", address_of(server, name)]
        dumped = subprocess.run(command, capture_output=True, check=False)
    if dumped.returncode == 0:
        command = [find_programs() / "psql", "--quiet", "--single-transaction", "--dbname", url]
        subprocess.run(
            [*command, "--set", "ON_ERROR_STOP=1"],
            input=dumped.stdout,
            capture_output=True,
            check=True,
        )

"""Every file that can be taken along, with a formula in every text: a spreadsheet runs none."""

import csv
import logging
from collections.abc import Iterator
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from pytest_django.plugin import DjangoDbBlocker

from survey.console.people import files
from survey.dashboards import tables
from tests.access.stage import Stage, build_stage
from tests.access.visiting import addresses_of, find_routes, read_table
from tests.attacks.bad_input import Sender
from tests.attacks.planting import plant

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)+"
STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), build_stage(tmp_path_factory.mktemp("keys")) as built:
        assert len(plant(FORMULA, is_first=True)) >= 25
        yield built
    logging.disable(logging.NOTSET)


def read_files(stage: Stage) -> dict[str, tuple[str, bytes]]:
    """Return every file that the people team can take along, with its kind."""
    sender, found = Sender(stage), {}
    for route, holds in find_routes().items():
        if "GET" not in read_table()[route].verbs or route.startswith(("api:", "answering:")):
            continue
        for address in addresses_of(route, holds, stage).values():
            for query in ("", "?format=csv", "?format=xlsx", "?table=all&format=csv"):
                if query and not route.startswith("dashboards:"):
                    continue
                response, body = sender.send("GET", address + query)
                kind = response.get("Content-Type", "")
                if "csv" in kind or "spreadsheet" in kind:
                    found[address + query] = (kind, body)
    return found


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would take a cell for a formula; a number below zero is none."""
    return cell.startswith(STARTS) and not cell[1:].replace(".", "", 1).isdigit()


def find_formulas(kind: str, body: bytes) -> list[str]:
    """Return the cells of a file that a spreadsheet would run."""
    if "csv" in kind:
        rows = csv.reader(StringIO(body.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if is_formula(cell)]
    with ZipFile(BytesIO(body)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        return [name for name in sheets if b"<f>" in book.read(name)]


class TestFiles:
    def test_hold_no_formula(self, stage: Stage) -> None:
        read = read_files(stage)

        assert {
            address: found for address, one in read.items() if (found := find_formulas(*one))
        } == {}
        assert sum(FORMULA.encode() in body for kind, body in read.values() if "csv" in kind) >= 3
        assert sum("spreadsheet" in kind for kind, _ in read.values()) >= 3

    def test_would_be_found_to_hold_some(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tables, "_make_safe", list)
        monkeypatch.setattr(files, "as_text", str)

        read = read_files(stage)

        assert [address for address, one in read.items() if find_formulas(*one)]

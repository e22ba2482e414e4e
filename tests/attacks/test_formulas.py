"""Every file that can be taken along, with a formula in every text: a spreadsheet runs none."""

import csv
import logging
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from pytest_django.plugin import DjangoDbBlocker
from xlsxwriter import Workbook

from survey.dashboards import tables
from tests.access.stage import Stage, build_stage
from tests.access.visiting import addresses_of, find_routes, read_table
from tests.attacks.bad_input import Sender
from tests.attacks.planting import plant

pytestmark = pytest.mark.django_db
FORMULA = "=HYPERLINK(1)+"
STARTS = ("=", "+", "-", "@", "\t", "\r")
QUERIES = ("format=csv", "format=xlsx", "table=all&format=csv")
Files = dict[str, tuple[str, bytes]]  # by address: the kind and the content


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


@pytest.fixture(scope="module")
def files(stage: Stage) -> Files:
    """Every file that the people team can take along."""
    return read_files(stage, list_addresses(stage))


def list_addresses(stage: Stage) -> Iterator[str]:
    """Yield every address that shows something, and those that may give the same as a file."""
    for route, holds in find_routes().items():
        if "GET" not in read_table()[route].verbs or route.startswith(("api:", "answering:")):
            continue
        for address in addresses_of(route, holds, stage).values():
            yield address
            if route.startswith("dashboards:"):
                yield from (f"{address}?{query}" for query in QUERIES)


def read_files(stage: Stage, addresses: Iterable[str]) -> Files:
    """Return the files among what stands at some addresses, with their kinds."""
    sender, found = Sender(stage), {}
    for address in addresses:
        response, body = sender.send("GET", address)
        kind = response.get("Content-Type", "")
        if "csv" in kind or "spreadsheet" in kind or "zip" in kind:
            found[address] = (kind, body)
    return found


def is_formula(cell: str) -> bool:
    """Say whether a spreadsheet would take a cell for a formula; a number below zero is none."""
    return cell.startswith(STARTS) and not cell[1:].replace(".", "", 1).isdigit()


def find_formulas(kind: str, body: bytes) -> list[str]:
    """Return the cells of a file that a spreadsheet would run."""
    if "csv" in kind:
        rows = csv.reader(StringIO(body.decode("utf-8-sig")))
        return [cell for row in rows for cell in row if is_formula(cell)]
    if "zip" in kind:
        with ZipFile(BytesIO(body)) as bundle:
            names = [name for name in bundle.namelist() if name.endswith(".csv")]
            return [cell for name in names for cell in find_formulas("csv", bundle.read(name))]
    with ZipFile(BytesIO(body)) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/")]
        return [name for name in sheets if b"<f>" in book.read(name)]


class TestFiles:
    def test_hold_no_formula(self, files: Files) -> None:
        assert {
            address: found for address, one in files.items() if (found := find_formulas(*one))
        } == {}
        assert sum(FORMULA.encode() in body for kind, body in files.values() if "csv" in kind) >= 3
        assert sum("spreadsheet" in kind for kind, _ in files.values()) >= 3

    def test_would_be_found_to_hold_some(
        self, stage: Stage, files: Files, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tables, "_make_safe", list)
        monkeypatch.setattr(tables, "Workbook", lambda out, _options: Workbook(out))
        monkeypatch.setattr("survey.console.people.files.as_text", str)

        read = read_files(stage, files)

        found = {"csv" in kind for kind, body in read.values() if find_formulas(kind, body)}
        assert found == {True, False}  # spreadsheets too

    def test_would_be_found_in_a_bundle(self) -> None:
        out = BytesIO()
        with ZipFile(out, "w") as bundle:
            bundle.writestr("edges.csv", f"chain\n{FORMULA}\nBread\n")

        assert find_formulas("application/zip", out.getvalue()) == [FORMULA]

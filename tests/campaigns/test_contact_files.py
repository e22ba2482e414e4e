"""Files of contacts, honest and hostile."""

from datetime import UTC, datetime

import pytest

from survey.campaigns.contact_files import BadLine, ContactFileError, Line, open_sheet
from tests.factories.campaigns import NOW

HEAD = "customer_id,name,email,team,occurred_at\n"
GOOD = "C1,Ana,ana@example.com,shop,2026-03-01T10:00:00+01:00\n"


def read(text: str | bytes, *, after: int = 0) -> list[Line | BadLine]:
    content = text if isinstance(text, bytes) else text.encode()
    return list(open_sheet(content).lines(now=NOW, after=after))


def told(text: str | bytes) -> list[tuple[int, str]]:
    """Return where each fault of a file is."""
    try:
        rows = read(text)
    except ContactFileError as error:
        return [(problem.line, problem.column) for problem in error.problems]
    faults = [row for row in rows if not isinstance(row, Line)]
    return [(problem.line, problem.column) for row in faults for problem in row.problems]


class TestOpenSheet:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_reads_what_spreadsheets_write(self, encoding: str, delimiter: str) -> None:
        text = (HEAD + GOOD.replace("Ana,", "Zoë,")).replace(",", delimiter)

        (line,) = read(text.encode(encoding))

        assert isinstance(line, Line)
        contact = line.contact
        assert (contact.customer.external_id, contact.customer.name) == ("C1", "Zoë")
        assert contact.team_code == "shop"
        assert contact.occurred_at == datetime(2026, 3, 1, 9, 0, tzinfo=UTC)

    def test_takes_columns_in_any_order_and_says_which_it_left_out(self) -> None:
        sheet = open_sheet(b"Team;Till no;Customer ID;Occurred at\nshop;7;C1;2026-03-01\n")

        assert sheet.left_out == ("Till no",)
        assert all(isinstance(line, Line) for line in sheet.lines(now=NOW))

    @pytest.mark.parametrize(
        ("text", "places"),
        [
            ("", [(1, "")]),
            ("\n\n", [(1, "")]),
            ("name,email\n", [(1, "")]),
            ("customer_id,team,team,occurred_at\n", [(1, "")]),
            (HEAD.encode() + b"C1,Zo\xeb,,shop,2026-03-01\n", [(2, "")]),
            (b"\xff\xfe\x00", [(1, "")]),
            (HEAD + GOOD + "C2,,nobody,shop,2026-03-01\n", [(3, "email")]),
            (HEAD + "C2,,,shop,yesterday\n" + GOOD, [(2, "occurred_at")]),
            (HEAD + "C2,,,shop,2999-01-01\n", [(2, "occurred_at")]),
            (HEAD + "C2,,,shop,1999-01-01\n", [(2, "occurred_at")]),
            (
                HEAD + ",,,,\n\n" + ",Ana,,,\n",
                [(4, "customer_id"), (4, "team"), (4, "occurred_at")],
            ),
            (HEAD + "C2,a\0b,,shop,2026-03-01\n", [(2, "name")]),
            (HEAD + "C2,a\u2028b,x@y.example,shop,2026-03-01\n", [(2, "name")]),
            (HEAD + '"C2,,,shop,2026-03-01\n', [(2, "")]),
            (HEAD + 'C2,"a"b,,shop,2026-03-01\n', [(2, "")]),
            (HEAD + "C2,,,shop,2026-03-01,more,and more\n", [(2, "")]),
            (HEAD + f"{'x' * 81},,,shop,2026-03-01\n", [(2, "customer_id")]),
            (HEAD + f"C2,{'x' * 140_000},,shop,2026-03-01\n", [(2, "")]),
            ("customer_id,team,occurred_at,phone\nC1,shop,2026-03-01,113\n", [(2, "phone")]),
            ("customer_id,team,occurred_at,language\nC1,shop,2026-03-01,!\n", [(2, "language")]),
            ("customer_id,team,occurred_at,time_zone\nC1,a,2026-03-01,Mars\n", [(2, "time_zone")]),
            ("customer_id,team,occurred_at,key\nC1,shop,2026-03-01,ü\n", [(2, "key")]),
            (
                "customer_id,team,occurred_at,key\n,shop,soon,ü\n",
                [(2, "key"), (2, "customer_id"), (2, "occurred_at")],
            ),
        ],
        ids=range(23),
    )
    def test_names_the_line_and_column_of_every_fault(
        self, text: str | bytes, places: list[tuple[int, str]]
    ) -> None:
        assert told(text) == places

    def test_finds_nothing_wrong_with_a_good_file(self) -> None:
        assert told(HEAD + GOOD) == []


class TestLines:
    def test_goes_on_after_the_lines_that_are_done(self) -> None:
        text = HEAD + "".join(GOOD.replace("C1", f"C{n}") + "\n" for n in range(5))

        ids = [row.contact.customer.external_id for row in read(text, after=3)]  # type: ignore[union-attr]

        assert ids == ["C3", "C4"]

    def test_knows_the_same_contact_in_another_file(self) -> None:
        (first,) = read(HEAD + GOOD)
        (second,) = read("team,occurred_at,customer_id\nshop,2026-03-01T10:00:00+01:00,C1\n")

        assert isinstance(first, Line)
        assert isinstance(second, Line)
        assert first.contact.idempotency_key == second.contact.idempotency_key

    def test_keeps_the_keys_that_the_file_gives(self) -> None:
        (row,) = read("customer_id,team,occurred_at,key\nC1,shop,2026-03-01,till-9\n")

        assert isinstance(row, Line)
        assert row.contact.idempotency_key == "till-9"

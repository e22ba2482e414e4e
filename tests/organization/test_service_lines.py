"""Files of who serves whom, cell by cell."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organization import service_lines
from survey.organization.files import FileError
from survey.organization.service_lines import ServiceLine, as_json, from_json, read_services
from tests.organization.arrivals import xlsx_of


def problems_of(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        read_services(text.encode())
    return [str(problem) for problem in caught.value.problems]


class TestReadServices:
    def test_reads_every_column(self) -> None:
        text = "provider,consumer,chain,from,to\nstores,kitchen,Parcels,2026-01-01,2026-05-01\n"

        assert read_services(text.encode()) == (
            ServiceLine(2, "stores", "kitchen", "Parcels", date(2026, 1, 1), date(2026, 5, 1)),
        )

    def test_tells_a_missing_column_from_an_empty_cell(self) -> None:
        assert read_services(b"consumer;provider\nkitchen;stores\n")[0].chain is None
        assert read_services(b"Provider,Consumer,Chain\nstores,kitchen,\n")[0].chain == ""

    def test_reads_spreadsheets_too(self) -> None:
        content = xlsx_of(["provider", "consumer", "from"], ["stores", "kitchen", "2026-01-05"])

        assert read_services(content) == (
            ServiceLine(2, "stores", "kitchen", None, date(2026, 1, 5)),
        )

    def test_names_the_columns_that_are_missing_or_not_known(self) -> None:
        assert problems_of("provider,team\na,b\n") == [
            "line 1, consumer: this column is missing",
            "line 1, team: this column is not known; the columns are provider, consumer, chain, "
            "from, to",
        ]

    def test_names_every_cell_that_cannot_be(self) -> None:
        text = "provider,consumer,chain,from,to\n,the kitchen,=1,soon,2026-02-30\na\n"

        found = problems_of(text)

        assert found[0] == "line 2, provider: is empty"
        assert "line 2, consumer: 'the kitchen' is not a code" in found[1]
        assert "line 2, chain: begins with =" in found[2]
        assert found[3] == "line 2, from: 'soon' is not a date such as 2026-11-30"
        assert found[4] == "line 2, to: '2026-02-30' is not a date such as 2026-11-30"
        assert found[5] == "line 3: has 1 cells, but there are 5 columns"

    def test_refuses_a_file_without_lines(self) -> None:
        assert problems_of("provider,consumer\n") == [
            "line 1: there is no line below the names of the columns"
        ]

    def test_refuses_a_file_with_too_many_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service_lines, "MOST_LINES", 2)
        assert len(read_services(b"provider,consumer\na,b\nb,c\n")) == 2

        assert problems_of("provider,consumer\na,b\nb,c\nc,d\n") == [
            "line 4: the file has more than 2 lines"
        ]

    def test_refuses_a_file_that_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(service_lines, "LARGEST", 10)

        assert "is larger than" in problems_of("provider,consumer\na,b\n")[0]

    @given(st.binary(max_size=200))
    def test_reads_or_refuses_whatever_comes(self, content: bytes) -> None:
        with suppress(FileError):
            assert read_services(b"provider,consumer\n" + content)


class TestFromJson:
    def test_returns_what_was_kept(self) -> None:
        lines = (
            ServiceLine(2, "a", "b", "", None, date(2026, 5, 1)),
            ServiceLine(3, "b", "c", None, date(2026, 1, 1)),
        )

        assert from_json(json.loads(json.dumps(as_json(lines)))) == lines

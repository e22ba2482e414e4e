"""Reading a roster file."""

import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.organization.roster import RosterError, RosterFile, read_roster

HEADER = "person_id,name,email,team,team_name,parent,language,leader,from"


def read(text: str, encoding: str = "utf-8") -> RosterFile:
    return read_roster(io.BytesIO(text.encode(encoding)))


def problems_of(content: bytes) -> list[str]:
    with pytest.raises(RosterError) as caught:
        read_roster(io.BytesIO(content))
    return [str(problem) for problem in caught.value.problems]


def problems_in(*lines: str, header: str = HEADER) -> list[str]:
    return problems_of("\n".join((header, *lines)).encode())


class TestReadRoster:
    def test_reads_every_column(self) -> None:
        roster = read(
            f"{HEADER}\n7,Ana Duarte,ana@example.org,bakery,Bakery,harbour,pt_BR,yes,2026-03-01"
        )

        person = roster.people[0]
        assert (person.line, person.person_id, person.name) == (2, "7", "Ana Duarte")
        assert (person.email, person.language, person.team) == (
            "ana@example.org",
            "pt-br",
            "bakery",
        )
        assert person.is_leader
        assert person.active_from == date(2026, 3, 1)
        assert (roster.teams[0].name, roster.teams[0].parent) == ("Bakery", "harbour")

    def test_needs_only_four_columns(self) -> None:
        person = read("team,email,name,person_id\nbakery,,Ana,7").people[0]

        assert (person.email, person.is_leader, person.active_from) == ("", None, None)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_reads_unicode_however_it_is_marked(self, encoding: str) -> None:
        assert (
            read(f"{HEADER}\n7,Zoë Ångström,,bakery,,,,,", encoding).people[0].name
            == "Zoë Ångström"
        )

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_reads_the_delimiters_of_spreadsheets(self, delimiter: str) -> None:
        text = "person_id,name,email,team\r\n7,Ana,,bakery\r\n".replace(",", delimiter)

        assert read(text).people[0].team == "bakery"

    def test_takes_a_line_without_a_person_for_a_team(self) -> None:
        roster = read(f"{HEADER}\n,,,harbour,Harbour,,,,\n7,Ana,,bakery,Bakery,harbour,,,")

        assert [team.code for team in roster.teams] == ["harbour", "bakery"]
        assert len(roster.people) == 1

    def test_needs_no_columns_of_people_in_a_list_of_teams(self) -> None:
        roster = read("team,team_name,parent\nharbour,Harbour,\nbakery,Bakery,harbour")

        assert [team.name for team in roster.teams] == ["Harbour", "Bakery"]
        assert roster.people == ()

    def test_counts_lines_as_an_editor_does(self) -> None:
        lines = ('7,"Ana, of the\tbakery",,bakery,,,,,', "", "8,Ben,wrong,bakery,,,,,")

        assert problems_in(*lines)[-1] == "line 4, email: 'wrong' is not an e-mail address"


class TestRefusals:
    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            (",Ana,,bakery,,,,,", "line 2, person_id: is empty"),
            ("7,,,bakery,,,,,", "line 2, name: is empty"),
            ("7,Ana,,,,,,,", "line 2, team: is empty"),
            ("7,Ana,,the bakery,,,,,", "line 2, team: 'the bakery' is not a code"),
            ("7,Ana,a@b,bakery,,,,,", "line 2, email: 'a@b' is not an e-mail address"),
            ("7,Ana,,bakery,,,english,,", "line 2, language: 'english' is not a language tag"),
            ("7,Ana,,bakery,,,,perhaps,", "line 2, leader: 'perhaps' is neither yes nor no"),
            ("7,Ana,,bakery,,,,,31/11/2026", "line 2, from: '31/11/2026' is not a date"),
            ("7,Ana,,bakery,,,,,2026-11-31", "line 2, from: '2026-11-31' is not a date"),
            (f"7,{'a' * 201},,bakery,,,,,", "line 2, name: is longer than 200 letters"),
            ("7,A\x00na,,bakery,,,,,", "line 2, name: holds a line break or another sign"),
            ("7,Ana,,bakery", "line 2: has 4 cells, but there are 9 columns"),
            ('7,"Ana"x,,bakery,,,,,', "line 2: is not a line of a CSV file"),
            ('7,"Ana,,bakery,,,,,', "line 2: is not a line of a CSV file"),
        ],
    )
    def test_name_line_and_column(self, line: str, problem: str) -> None:
        problems = problems_in(line)

        assert len(problems) == 1
        assert problems[0].startswith(problem)

    def test_name_every_problem_at_once(self) -> None:
        assert len(problems_in("7,,,bakery,,,,,", "8,Ben,x,,,,,,")) == 3

    def test_name_a_person_who_stands_twice(self) -> None:
        problems = problems_in("7,Ana,a@example.org,bakery,,,,,", "7,Ana,A@example.org,mill,,,,,")

        assert problems == [
            "line 3, person_id: '7' stands in line 2 already",
            "line 3, email: 'a@example.org' stands in line 2 already",
        ]

    def test_name_the_cell_that_is_latin_1(self) -> None:
        text = f"{HEADER}\n7,Ana,,bakery,,,,,\n8,Zoë,,bakery,,,,,"

        problems = problems_of(text.encode("latin-1"))

        assert len(problems) == 1
        assert problems[0].startswith("line 3, name: is not written in UTF-8")

    @pytest.mark.parametrize("content", [b"", b"\n", b" \r\n"])
    def test_say_that_a_file_is_empty(self, content: bytes) -> None:
        assert problems_of(content) == ["line 1: the file is empty"]

    def test_hand_on_what_could_be_read(self) -> None:
        with pytest.raises(RosterError) as caught:
            read(f"{HEADER}\n7,Ana,wrong,bakery,Bakery,,,,\n8,Ben,,bakery,,,,,")

        readable = caught.value.readable
        assert [person.name for person in readable.people] == ["Ben"]
        assert readable.teams[0].name == "Bakery"

    def test_name_missing_and_unknown_columns(self) -> None:
        problems = problems_in(header="person_id,name,e-mail,team")

        assert problems[0] == "line 1, email: this column is missing"
        assert problems[1].startswith("line 1, e-mail: this column is not known")

    def test_name_repeated_columns(self) -> None:
        problems = problems_in(header="person_id,name,Name,email,team")

        assert problems == ["line 1, name: this column is there twice"]

    @pytest.mark.parametrize(
        "content", [b"", b"\n", HEADER.encode(), b"\xff\xfe\x00", b"PK\x03\x04\x00\xff"]
    )
    def test_cover_files_without_people(self, content: bytes) -> None:
        assert problems_of(content)

    @given(content=st.binary(max_size=400))
    def test_are_the_only_way_out_for_any_bytes(self, content: bytes) -> None:
        for start in (b"", HEADER.encode() + b"\n", b"\xff\xfe"):
            with suppress(RosterError):
                assert read_roster(io.BytesIO(start + content)).teams

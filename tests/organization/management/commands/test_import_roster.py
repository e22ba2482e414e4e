"""The command that takes a roster in."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.organization.models import Person, RosterImport, Team
from tests.organization.arrivals import WITHOUT_CODES, rows_as_csv, xlsx_of

ROSTER = "person_id,name,email,team,team_name\n1,Ana,,bakery,Bakery\n2,Ben,,bakery,\n"


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_roster", *map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
class TestImportRosterCommand:
    def test_prints_what_changed(self, roster: Path) -> None:
        printed = run(roster)

        assert "1 new teams\n  Bakery" in printed
        assert "2 joined\n  Ana: Bakery" in printed
        assert Person.objects.count() == 2

    def test_changes_nothing_in_a_dry_run(self, roster: Path) -> None:
        assert "Nothing has been changed yet" in run(roster, "--dry-run")
        assert not Person.objects.exists()

    def test_cuts_long_lists(self, roster: Path) -> None:
        roster.write_text(ROSTER + "".join(f"x{n},X,,bakery,\n" for n in range(30)))

        assert "32 joined" in (printed := run(roster))
        assert "and 12 more" in printed

    def test_names_what_is_wrong(self, roster: Path) -> None:
        roster.write_text(ROSTER.replace("Ben", ""))

        with pytest.raises(CommandError, match="line 3, name: is empty"):
            run(roster)

    def test_names_what_is_wrong_in_the_file_and_with_what_is_stored(self, roster: Path) -> None:
        roster.write_text("person_id,name,email,team\n1,,,bakery\n2,Ben,,mill\n")

        with pytest.raises(CommandError) as caught:
            run(roster)
        printed = str(caught.value)
        assert "line 2, name: is empty" in printed
        assert "line 3, team: no team has the code 'mill' yet" in printed

    def test_refuses_a_file_that_was_cut_off(self, roster: Path) -> None:
        run(roster)
        roster.write_text("person_id,name,email,team\n1,Ana,,bakery\n")

        assert "1 of 2 people would leave: it takes --allow-leaving." in run(roster, "--dry-run")
        with pytest.raises(CommandError, match="was the file cut off"):
            run(roster)
        assert "1 left\n  Ben" in run(roster, "--allow-leaving")

    def test_names_what_changes(self, roster: Path) -> None:
        run(roster)
        roster.write_text(ROSTER.replace("Ben,", "Ben,ben@example.org"))

        assert "Ben: email: none -> ben@example.org" in run(roster)

    def test_says_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            run(tmp_path / "nothing.csv")

    def test_reads_headings_as_told(self, roster: Path) -> None:
        roster.write_text(ROSTER.replace("person_id", "No.").replace("email", "Pet"))
        with pytest.raises(CommandError, match="line 1, Pet: this column is not known"):
            run(roster, "--column", "No.=person_id")

        run(roster, "--column", "No.=person_id", "--column", "Pet=email")
        assert Person.objects.count() == 2

    @pytest.mark.parametrize("make", [rows_as_csv, xlsx_of])
    def test_makes_codes_where_a_list_has_names_only(
        self, tmp_path: Path, make: Callable[..., bytes]
    ) -> None:
        path = tmp_path / "staff"
        path.write_bytes(make(*WITHOUT_CODES))

        assert "2 new teams\n  Fish & Chips\n  Bakery" in run(path)
        assert set(Team.objects.values_list("code", flat=True)) == {"fish-chips", "bakery"}
        assert "0 changed\n3 as before" in run(path)

        path.write_bytes(make(*WITHOUT_CODES, (4, "Dan", "", "Fish Chips")))
        with pytest.raises(CommandError, match="line 5, team_name: 'Fish Chips' would get"):
            run(path)

    def test_notes_what_came_in(self, roster: Path) -> None:
        run(roster, "--dry-run")
        assert not RosterImport.objects.exists()

        run(roster)
        noted = RosterImport.objects.get()
        assert (noted.source, noted.difference["counts"]["joined"]) == ("command", 2)
        assert "Ana" not in str(noted.difference)

"""A file is taken in at once; its command is tried in test_import_roster.py."""

import pytest

from survey.organization.lines import RosterError
from survey.organization.models import Person, RosterColumn, RosterImport
from survey.organization.services import import_file
from tests.organization.arrivals import NOW, csv_of, xlsx_of

HEADER = "Nr,name,email,team,team_name"
ANA = "1,Ana,ana@example.org,bakery,Bakery"


@pytest.mark.django_db
class TestImportFile:
    def test_takes_headings_as_remembered_or_told(self) -> None:
        RosterColumn.objects.create(heading="Nr", column="person_id")
        import_file(name="a.csv", content=csv_of(ANA, header=HEADER), columns={}, now=NOW)

        again = csv_of(ANA, header=HEADER.replace("Nr", "No"))
        found = import_file(name="b.csv", content=again, columns={"No": "person_id"}, now=NOW)
        assert found.n_unchanged == 1

    def test_takes_spreadsheets(self) -> None:
        book = xlsx_of(HEADER.split(","), ANA.split(","))
        import_file(name="a.xlsx", content=book, columns={"Nr": "person_id"}, now=NOW)

        assert Person.objects.get().external_id == "1"

    def test_notes_nothing_of_what_was_refused(self) -> None:
        wrong = csv_of("1,Ana,wrong,garden,", header=HEADER)
        with pytest.raises(RosterError) as caught:
            import_file(name="a.csv", content=wrong, columns={"Nr": "person_id"}, now=NOW)

        assert [problem.column for problem in caught.value.problems] == ["email", "team"]
        assert not RosterImport.objects.exists()

"""The command that takes in who serves whom."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.organization.models import Service
from tests.cast import Organisation

FILE = "provider,consumer,chain\nbakery,garden,Bread\nkitchen,garden,\n"


@pytest.fixture
def path(tmp_path: Path, organisation: Organisation) -> Path:
    path = tmp_path / "services.csv"
    path.write_text(FILE)
    return path


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command("import_services", *map(str, arguments), stdout=out)
    return out.getvalue()


class TestImportServicesCommand:
    def test_only_shows_the_difference_unless_told_to_apply_it(self, path: Path) -> None:
        printed = run(path)

        assert "2 added\n  Bakery -> Garden, from " in printed
        assert "Nothing has been changed yet" in printed
        assert not Service.objects.exists()

    def test_takes_a_file_in(self, path: Path) -> None:
        assert "Done." in run(path, "--apply")

        assert Service.objects.count() == 2
        assert "2 as before" in run(path)

    def test_names_the_chain_before_and_after(self, path: Path) -> None:
        run(path, "--apply")
        path.write_text(FILE.replace("Bread", ""))

        assert "1 with another chain\n  Bakery -> Garden" in (printed := run(path))
        assert ", Bread -> none\n" in printed

    def test_ends_what_is_missing_where_asked(self, path: Path) -> None:
        run(path, "--apply")
        path.write_text("provider,consumer\nbakery,garden\n")

        assert "0 ended" in run(path)
        assert "1 ended\n  Kitchen -> Garden" in run(path, "--end-missing")

    def test_cuts_long_lists_of_what_is_wrong(self, path: Path) -> None:
        path.write_text("provider,consumer\n" + "mill,garden\n" * 30)

        with pytest.raises(CommandError, match="no team has the code 'mill'") as caught:
            run(path, "--apply")
        assert "  and " in str(caught.value)

    def test_says_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read: No such file"):
            run(tmp_path / "nothing.csv")

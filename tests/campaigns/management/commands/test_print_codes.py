from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.campaigns.models import Wave
from survey.organization.models import Person
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    present = datetime.now(tz=UTC)
    teams = make_teams({"top": None}, {"top": 6})
    Person.objects.update(email="")
    return make_open_wave(make_campaign(teams["top"]), now=present)


class TestPrintCodes:
    def test_writes_a_page_that_only_its_owner_reads(self, wave: Wave, tmp_path: Path) -> None:
        out = tmp_path / "codes.html"

        call_command("print_codes", wave=wave.pk, out=out)

        assert out.read_text().count("<svg") == 6
        assert out.stat().st_mode & 0o077 == 0

    def test_overwrites_nothing(self, wave: Wave, tmp_path: Path) -> None:
        out = tmp_path / "codes.html"
        out.write_text("mine")

        with pytest.raises(CommandError, match="cannot be made"):
            call_command("print_codes", wave=wave.pk, out=out)
        assert out.read_text() == "mine"

    def test_leaves_no_file_where_there_is_nothing_to_print(
        self, wave: Wave, tmp_path: Path
    ) -> None:
        out = tmp_path / "codes.html"

        with pytest.raises(CommandError, match="Nothing was printed"):
            call_command("print_codes", wave=wave.pk + 1, out=out)
        assert not out.exists()

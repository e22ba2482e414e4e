"""manage.py import_counts."""

import json
import resource
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from survey.aggregation.models import Release
from survey.campaigns.models import Pairing, Wave
from survey.linkage.models import Study
from survey.organization.models import Team
from tests.attacks.keeping import count_kept
from tests.samples.counts_files import COUNTS, ITEMS, NYC, UNITS

pytestmark = pytest.mark.django_db
MOST_MEMORY = 1024 * 1024  # kilobytes that 74,000 people may add to what earlier tests took


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("units", UNITS), ("items", ITEMS), ("counts", COUNTS)):
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def run(folder: Path, *arguments: str, pairing: str = "town", **options: str) -> str:
    out = StringIO()
    files = {name: folder / f"{name}.csv" for name in ("units", "items", "counts")}
    call_command("import_counts", *arguments, **files, pairing=pairing, **options, stdout=out)
    return out.getvalue()


def peak_memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class TestCommand:
    def test_says_what_was_brought_in_and_what_to_look_at(self, folder: Path) -> None:
        said = run(folder)

        assert "The counts hold 54 people in 4 units: 19 who work there and 35 whom" in said
        assert "manage.py linkage --pairing town" in said

    def test_says_that_a_second_time_changed_nothing(self, folder: Path) -> None:
        run(folder)

        assert "nothing was changed" in run(folder)
        assert Wave.objects.count() == 2

    def test_files_an_old_survey_under_its_own_year(self, folder: Path) -> None:
        run(folder, "--closed-on=2011-05-31")

        assert {wave.closes_at.year for wave in Wave.objects.all()} == {2011}
        assert {study.period_start for study in Study.objects.all()} == {date(2011, 4, 1)}

    @pytest.mark.parametrize(
        ("day", "words"),
        [("2999-01-01", "has not come yet"), ("31/05/2011", "is not a day written as YYYY-MM-DD")],
    )
    def test_refuses_other_days(self, folder: Path, day: str, words: str) -> None:
        with pytest.raises(CommandError, match=words):
            run(folder, f"--closed-on={day}")
        assert not Team.objects.exists()

    def test_names_file_and_line_and_imports_nothing(self, folder: Path) -> None:
        (folder / "counts.csv").write_text(COUNTS.replace("S2,parent,q1,2,12", "S2,parent,q1"))

        with pytest.raises(CommandError, match=r"counts\.csv, line 11: the row is cut short"):
            run(folder)
        assert not Team.objects.exists()

    def test_says_plainly_that_a_file_is_not_there(self, folder: Path) -> None:
        (folder / "items.csv").unlink()

        with pytest.raises(CommandError, match=r"items\.csv cannot be read: No such file"):
            run(folder)

    @pytest.mark.parametrize("name", ["", "two words", ".x", "x" * 29, "../town", "tōwn"])
    def test_refuses_names_that_make_no_code(self, folder: Path, name: str) -> None:
        with pytest.raises(CommandError, match="cannot name a pairing"):
            run(folder, pairing=name)

    def test_refuses_one_audience_as_both_sides(self, folder: Path) -> None:
        with pytest.raises(CommandError, match="must differ"):
            run(folder, cx_audience="teacher")


class TestPublishedSchoolSurvey:
    def test_finds_what_is_known_of_it(self) -> None:
        if not NYC.exists():
            pytest.skip("../shared/data/nyc2011 is not here")
        before = peak_memory()
        run(NYC, pairing="nyc2011")
        grown = peak_memory() - before
        out = StringIO()
        call_command("linkage", pairing="nyc2011", format="json", stdout=out)

        document = json.loads(out.getvalue())
        pairs = {(pair["ex_scale"], pair["cx_scale"]): pair for pair in document["pairs"]}
        pair = pairs["teacher_safety_and_respect", "parent_safety_and_respect"]
        assert 0.53 <= pair["r"] <= 0.56
        assert 290 <= pair["n_teams"] <= 299
        assert pair["low"] < pair["r"] < pair["high"]
        assert len(pairs) == 9
        assert Pairing.objects.get(code="nyc2011").name == "nyc2011"
        kept = count_kept(Release.objects.all())
        assert kept.naive > 1_000
        assert 0.8 <= kept.share <= 1, kept
        if sys.platform == "linux":
            assert grown <= MOST_MEMORY

"""The bundle computes the page's numbers again, with nothing of the product's own code."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qsl
from zipfile import ZipFile

import pytest

from benchmarks.released_organisation import Size, fill
from survey.accounts.models import User
from survey.aggregation.models import Figure, Release
from survey.aggregation.quality import NOT_FROM_COUNTS
from survey.dashboards.access import find_reader
from survey.dashboards.linkage.bundle import respond_with_bundle
from survey.dashboards.linkage.pages import LinkagePage, build_linkage_page
from survey.linkage.models import Result
from survey.linkage.services import update_due_studies
from tests.stages import stage

NOW = datetime(2026, 10, 3, 9, tzinfo=UTC)


def unpack(user: User, folder: Path, query: str = "") -> LinkagePage:
    """Take the bundle of a page along, as somebody would, and unpack it."""
    reader = find_reader(user=user)
    page = build_linkage_page(reader=reader, wanted=dict(parse_qsl(query)), now=NOW)
    assert isinstance(page, LinkagePage)
    answer = respond_with_bundle(page, reader=reader)
    assert answer["Content-Disposition"].endswith('.zip"')
    ZipFile(BytesIO(answer.content)).extractall(folder)
    return page


def recompute(folder: Path) -> tuple[int, dict[str, str]]:
    """Run the script far from the product; return its status and what came out, by name."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(folder / "recompute.py")],
        capture_output=True, text=True, check=False, cwd=folder, timeout=60,
    )  # fmt: skip
    lines = [line.rsplit(maxsplit=2) for line in done.stdout.splitlines()]
    assert not done.stderr, done.stderr
    return done.returncode, {line[0].strip(): line[-1] for line in lines if len(line) == 3}


@stage
def months(db: None) -> None:
    """Thirty teams over seven months; some miss a month, one misses a scale now."""
    fill(Size(teams=30, months=7, scales=2), quiet=True)
    figures = Figure.objects.filter(group__kind="TEAM")
    figures.filter(group__code="team-3", metric="ex_1").delete()
    last = Release.objects.order_by("-wave__closes_at")[:2]
    figures.filter(release__in=last, group__code="team-7", metric="cx_2").delete()
    update_due_studies(now=NOW)


@stage
def counts(db: None) -> None:
    """Thirty schools once, from published counts: nothing is known of people or margins."""
    fill(Size(teams=30, months=1, scales=2), quiet=True)
    Figure.objects.update(se=None, low=None, high=None)
    for release in Release.objects.all():
        for said in release.scales.values():
            said |= {"pooled_sd": None, "pooled_df": None, "icc1": None, "gate": None}
            said["reason"] = NOT_FROM_COUNTS
        release.save()
    update_due_studies(now=NOW)


@pytest.mark.usefixtures("months")
class TestRecompute:
    def test_prints_the_same_numbers_as_the_page(self, alice: User, tmp_path: Path) -> None:
        for query in ("", "staff=ex_2&customers=cx_2"):
            page = unpack(alice, tmp_path, query)

            status, found = recompute(tmp_path)

            assert status == 0
            numbers = page.result.numbers
            assert found["teams"] == str(page.result.n_teams)
            for name in ("r", "low", "high", "p_value", "q_value", "spearman", "kendall", "loo_low",
                         "loo_high", "bootstrap_low", "bootstrap_high", "ceiling"):  # fmt: skip
                assert found[name] == f"{numbers[name]:.3f}", name
            assert found["within r"] == f"{numbers['within']['r']:.3f}"
            assert found["1 periods later"] == f"{numbers['lags']['points'][1]['r']:.3f}"
            assert "team_size held steady" in found
        about = (tmp_path / "README.txt").read_text()
        assert page.study.release_checksum in about
        assert "Seed of all draws: 1" in about
        assert "Fisher" in about

    def test_tells_when_the_page_shows_something_else(self, alice: User, tmp_path: Path) -> None:
        page = unpack(alice, tmp_path)
        result = Result.objects.get(pk=page.result.pk)
        shown = json.loads((tmp_path / "page.json").read_text())
        shown["shown"]["kendall"] = result.numbers["kendall"] + 0.001
        (tmp_path / "page.json").write_text(json.dumps(shown))

        assert recompute(tmp_path)[0] == 1

    def test_takes_nothing_along_from_outside_the_part(self, alice: User, tmp_path: Path) -> None:
        unpack(alice, tmp_path, "scope=area-2")

        assert recompute(tmp_path)[0] == 0
        units = (tmp_path / "units.csv").read_text().splitlines()[1:]
        assert {line.split(",")[0] for line in units} == {f"team-{at}" for at in range(11, 21)}


@pytest.mark.usefixtures("counts")
class TestRecomputeCounts:
    def test_does_without_what_counts_do_not_tell(self, alice: User, tmp_path: Path) -> None:
        page = unpack(alice, tmp_path)

        status, found = recompute(tmp_path)

        assert status == 0
        assert found["r"] == f"{page.result.numbers['r']:.3f}"
        assert not {"ceiling", "within r", "1 periods later"} & found.keys()

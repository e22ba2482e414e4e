"""The script of the bundle: how it compares. What it computes is tested with the bundle."""

import json
from pathlib import Path

import pandas as pd
import pytest

from survey.dashboards.linkage import recompute
from tests.dashboards.studies import make_numbers


class TestMain:
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A bundle of three teams, too few for any coefficient."""
        monkeypatch.setattr(recompute, "HERE", tmp_path)
        units = pd.DataFrame({"code": ["a", "b", "c"], "name": ["A", "B", "C"], "branch": ""})
        units["ex fair"], units["cx care"] = [1.0, 2.0, None], [1.0, 2.0, 3.0]
        units.to_csv(tmp_path / "units.csv", index=False)
        pd.DataFrame({"unit": [], "period": []}).to_csv(tmp_path / "history.csv", index=False)
        return tmp_path

    def describe(self, folder: Path, n_teams: int) -> None:
        page = {"ex_scale": "fair", "cx_scale": "care", "seed": 1, "pairs": [], "shown": {}}
        (folder / "page.json").write_text(json.dumps(page | {"n_teams": n_teams}))

    def test_says_that_all_numbers_agree(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.describe(folder, 2)

        assert recompute.main() == 0
        assert "All numbers agree." in capsys.readouterr().out

    def test_counts_the_numbers_that_differ(
        self, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.describe(folder, 3)

        assert recompute.main() == 1
        assert "DIFFERS" in capsys.readouterr().out


class TestFisher:
    def test_gives_the_interval_that_the_page_stores(self) -> None:
        numbers = make_numbers(0.42, n_teams=38)

        assert recompute.fisher(0.42, 35) == pytest.approx(
            {"low": numbers["low"], "high": numbers["high"]}, abs=1e-6
        )

"""The script of the bundle, which has nothing of the product's own code, beside the product."""

import json
import shutil
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from survey.dashboards.cascade import recompute
from survey.statistics.cascade import chain

SCRIPT = Path(recompute.__file__)
WAVES = ("2026-01-01", "2026-04-01", "2026-07-01")
N_TEAMS = 30


def make_tables(n_waves: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return ratings of sixty arrows and figures of thirty teams, some of both missing."""
    rng = np.random.default_rng(7)
    teams = ["NA", "null", *(f"t{at}" for at in range(2, N_TEAMS))]
    places = [(team, wave) for wave in WAVES[:n_waves] for team in teams]
    units = pd.DataFrame(places, columns=["unit", "wave"])
    units["ex"] = rng.normal(65, 8, len(units))
    units["cx"] = 20 + 0.7 * units["ex"] + rng.normal(0, 6, len(units))
    units.loc[::9, "cx"] = np.nan
    units.loc[4::13, "ex"] = np.nan
    ends = [
        (teams[at % N_TEAMS], teams[(at * 7 + 3 + at // N_TEAMS) % N_TEAMS]) for at in range(60)
    ]
    edges = pd.DataFrame(
        [(wave, *each) for wave in WAVES[:n_waves] for each in ends if each[0] != each[1]],
        columns=["wave", "provider", "consumer"],
    )
    edges["chain"] = np.where(np.arange(len(edges)) % 2, "x", "")
    feels = units.set_index(["unit", "wave"])["ex"]
    own = feels.reindex(pd.MultiIndex.from_frame(edges[["provider", "wave"]])).to_numpy()
    edges["rating"] = np.nan_to_num(own, nan=65.0) * 0.5 + rng.normal(30, 5, len(edges))
    return edges, units


def describe(edges: pd.DataFrame, units: pd.DataFrame) -> dict[str, Any]:
    """Compute every chain as the product does, and write it as its page does."""
    ex, cx = (units.set_index(["unit", "wave"])[name] for name in ("ex", "cx"))
    chains = []
    for code in ("", "x"):
        kept = edges[edges["chain"] == code] if code else edges
        found = chain(kept, ex, cx, replicates=50)
        assert found.product is not None
        n_arrows = len(kept[["provider", "consumer"]].drop_duplicates())
        chains.append(
            {"code": code, "name": code, "n_arrows": n_arrows, "product": found.product,
             "links": [asdict(link) for link in found.links]}
        )  # fmt: skip
    return {"chains": chains}


def write(folder: Path, n_waves: int) -> dict[str, Any]:
    edges, units = make_tables(n_waves)
    page = describe(edges, units)
    edges.to_csv(folder / "edges.csv", index=False)
    units.to_csv(folder / "units.csv", index=False)
    (folder / "page.json").write_text(json.dumps(page))
    shutil.copy(SCRIPT, folder)
    return page


def run(folder: Path) -> tuple[int, str]:
    """Run the script far from the product."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", str(folder / "recompute.py")],
        capture_output=True, text=True, check=False, cwd=folder, timeout=60,
    )  # fmt: skip
    assert not done.stderr, done.stderr
    return done.returncode, done.stdout


class TestRecompute:
    def test_prints_the_same_numbers_as_the_product(self, tmp_path: Path) -> None:
        page = write(tmp_path, 3)

        status, printed = run(tmp_path)

        assert status == 0, printed
        assert printed.endswith("All numbers agree.\n")
        for one in page["chains"]:
            assert f"{one['product']:.3f}" in printed
        assert printed.count("staff_to_customers") == 2 * 4

    def test_agrees_on_a_single_wave_too(self) -> None:
        edges, units = make_tables(1)

        found = list(recompute.compute(describe(edges, units), edges, units))

        assert len(found) == 2 * (1 + 3 * 4 + 1)
        for name, shown, here in found:
            assert here == pytest.approx(shown, abs=1e-9), name

    def test_tells_when_the_page_shows_something_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        page = write(tmp_path, 3)
        page["chains"][0]["links"][1]["high"] += 0.001
        (tmp_path / "page.json").write_text(json.dumps(page))
        monkeypatch.setattr(recompute, "HERE", tmp_path)

        assert recompute.main() == 1

        assert capsys.readouterr().out.count("DIFFERS") == 1

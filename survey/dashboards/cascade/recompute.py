"""Compute the chains of the page again from the tables beside this file, and compare.

Needs pandas, numpy and scipy, nothing else. Prints each number as the page shows it and as it
comes out here; ends with an error if any two differ.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

HERE = Path(__file__).resolve().parent
NORMAL, SAME = stats.norm.ppf(0.975), 1e-6
FORMULA_STARTS = tuple("=+-@\t\r\n")
SINCE = (
    "Figures have come since the page was computed, perhaps with another name for a chain. It is\n"
    "computed anew by itself: take this file again in a while."
)
HELD_BACK = (
    "Teams have moved since, and the rows of those that you do not see now are held back here.\n"
    "The page still counts them, so its numbers cannot be computed again from this file."
)
Found = Iterator[tuple[str, float | None, float | None]]


def main() -> int:
    """Print every number twice; return how many differ that should not."""
    page = json.loads((HERE / "page.json").read_text())
    edges = read("edges.csv", "provider", "consumer", "chain")
    units = read("units.csv", "unit")
    write(f"{'':60}{'page':>10}{'here':>10}")
    differing, is_complete = 0, page.get("is_complete", True)
    for name, shown, here in compute(page, edges.fillna({"chain": ""}), units):
        differs = (shown is None) != (here is None) or abs((shown or 0) - (here or 0)) > SAME
        differing += int(differs)
        verdict = "  DIFFERS" if differs and is_complete else ""
        write(f"{name:60}{say(shown):>10}{say(here):>10}{verdict}")
    if not is_complete:
        write(HELD_BACK)
        return 0
    write("All numbers agree." if not differing else f"{differing} numbers differ.")
    if differing and not page.get("is_current", True):
        write(SINCE)
    return differing


def read(name: str, *words: str) -> pd.DataFrame:
    """Read a table; a team may be called NA or null, so only an empty place is missing."""
    return pd.read_csv(
        HERE / name, dtype=dict.fromkeys(words, str), keep_default_na=False, na_values=[""]
    )


def mark(word: str) -> str:
    """Return a word as the tables hold it, so that no spreadsheet takes it for a formula."""
    return f"'{word}" if word.startswith(FORMULA_STARTS) else word


def compute(page: dict[str, Any], edges: pd.DataFrame, units: pd.DataFrame) -> Found:
    """Yield each number: its name, as the page shows it, as it comes out here."""
    for chain in page["chains"]:
        name = chain["name"] or "all arrows"
        kept = edges[edges["chain"] == mark(chain["code"])] if chain["code"] else edges
        yield f"{name}: arrows", chain["n_arrows"], len(kept.groupby(["provider", "consumer"]))
        if chain["product"] is None or kept.empty:
            continue
        product = 1.0
        for link, pairs in zip(chain["links"], pair_up(kept, units), strict=True):
            r = correlate(pairs)
            product *= r
            low, high = bound(pairs, r)
            label = f"{name}: {link['name']}"
            yield f"{label} n", link["n"], len(pairs.groupby(["provider", "consumer"]))
            yield f"{label} r", link["r"], r
            yield f"{label} low", link["low"], low
            yield f"{label} high", link["high"], high
        yield f"{name}: whole chain", chain["product"], product


def pair_up(edges: pd.DataFrame, units: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the pairs of each step: x, y, the wave, and the teams at both ends."""
    inside = units.set_index(["unit", "wave"])["ex"].dropna()
    outside = units.set_index(["unit", "wave"])["cx"].dropna()
    waves = sorted(inside.index.get_level_values("wave").unique())
    later = edges["wave"].map(lambda wave: next((one for one in waves if one > wave), None))
    after = look_up(inside, edges["consumer"], later)
    if (after.notna() & edges["rating"].notna()).sum() == 0:
        after = look_up(inside, edges["consumer"], edges["wave"])
    before = look_up(inside, edges["provider"], edges["wave"])
    yield centre(edges.assign(x=before, y=edges["rating"]))
    yield centre(edges.assign(x=edges["rating"], y=after))
    both = pd.concat([inside.rename("x"), outside.rename("y")], axis=1).reset_index()
    yield centre(both.assign(provider=both["unit"], consumer=both["unit"]))


def look_up(figures: pd.Series, teams: pd.Series, waves: pd.Series) -> pd.Series:
    """Return the figure of each team in each wave; NaN where there is none."""
    places = pd.MultiIndex.from_arrays([teams, waves])
    return pd.Series(figures.reindex(places).to_numpy(), teams.index)


def centre(pairs: pd.DataFrame) -> pd.DataFrame:
    """Keep what has both figures, without the mean of its wave."""
    kept = pairs.dropna(subset=["x", "y"]).copy()
    for name in ("x", "y"):
        kept[name] -= kept.groupby("wave")[name].transform("mean")
    return kept


def correlate(pairs: pd.DataFrame) -> float:
    """Return the correlation over all waves."""
    x, y = pairs["x"], pairs["y"]
    return float((x * y).sum() / np.sqrt((x**2).sum() * (y**2).sum()))


def bound(pairs: pd.DataFrame, r: float) -> tuple[float, float]:
    """Return the ends of a step's interval, in which pairs that share a team go together."""
    error = standard_error(pairs, r)
    return float(np.tanh(np.arctanh(r) - NORMAL * error)), float(
        np.tanh(np.arctanh(r) + NORMAL * error)
    )


def standard_error(pairs: pd.DataFrame, r: float) -> float:
    """Return that of atanh r: dyadic and clustered by team, wider by Student's t for few teams."""
    x, y = (pairs[name] / np.sqrt((pairs[name] ** 2).mean()) for name in ("x", "y"))
    pairs = pairs.assign(moved=(x * y - r * (x**2 + y**2) / 2) / len(pairs) / (1 - r**2))
    is_own = bool((pairs["provider"] == pairs["consumer"]).all())
    if is_own and len(set(pairs["wave"])) == 1:
        return 1 / float(np.sqrt(len(pairs) - 3))
    each = [pairs.groupby(end)["moved"].sum() for end in ("provider", "consumer")]
    n_teams = min(len(one) for one in each)
    shared = float((each[0] ** 2).sum())
    if not is_own:
        dyads = [
            " ".join(sorted(ends))
            for ends in zip(pairs["provider"], pairs["consumer"], strict=True)
        ]
        twice = float((pairs.groupby(dyads)["moved"].sum() ** 2).sum())
        both = float((each[0].add(each[1], fill_value=0) ** 2).sum()) - twice
        shared = max(both, twice, *(float((one**2).sum()) for one in each))
    widening = stats.t.ppf(0.975, n_teams - 1) / NORMAL
    return float(np.sqrt(shared * n_teams / (n_teams - 1)) * widening)


def write(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def say(number: float | None) -> str:
    """Return a number in three decimals, a count whole, and a dash for none."""
    if number is None:
        return "-"
    return f"{number:.0f}" if float(number).is_integer() and abs(number) > 1 else f"{number:.3f}"


if __name__ == "__main__":
    sys.exit(1 if main() else 0)

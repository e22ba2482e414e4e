"""Compute the numbers of the page again from the tables beside this file, and compare.

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
FEWEST_TEAMS, FEWEST_FOR_LAGS, REPLICATES, SAME = 8, 3, 2000, 1e-6
NORMAL = stats.norm.ppf(0.975)
CHANNELS = ("OPEN", "IMPORT")
Found = Iterator[tuple[str, float | None, float | None]]


def main() -> int:
    """Print every number twice; return how many differ."""
    page = json.loads((HERE / "page.json").read_text())
    units = pd.read_csv(HERE / "units.csv", dtype={"code": str, "name": str, "branch": str})
    history = pd.read_csv(HERE / "history.csv")
    write(f"{'':34}{'page':>10}{'here':>10}")
    differing = 0
    for name, shown, here in compute(page, units, history):
        differs = (shown is None) != (here is None) or abs((shown or 0) - (here or 0)) > SAME
        differing += int(differs)
        write(f"{name:34}{say(shown):>10}{say(here):>10}{'  DIFFERS' if differs else ''}")
    write("All numbers agree." if not differing else f"{differing} numbers differ.")
    return differing


def compute(page: dict[str, Any], units: pd.DataFrame, history: pd.DataFrame) -> Found:
    """Yield each number: its name, as the page shows it, as it comes out here."""
    shown, ex, cx = page["shown"], f"ex {page['ex_scale']}", f"cx {page['cx_scale']}"
    both = units.dropna(subset=[ex, cx])
    yield "teams", page["n_teams"], len(both)
    if not shown or shown["r"] is None:
        return
    for name in ("ex", "cx"):
        scale = {"ex": ex, "cx": cx}[name]
        yield f"n_{name}", shown[f"n_{name}"], both[f"{scale} n"].sum()
    x, y = both[ex].to_numpy(), both[cx].to_numpy()
    r = np.corrcoef(x, y)[0, 1]
    yield from compare(shown, {"r": r, **fisher(r, len(x) - 3), "p_value": t_test(r, len(x) - 2)})
    yield "q_value", shown["q_value"], q_value(page, units)
    yield from by_rank(shown, x, y)
    yield from draw_otherwise(page, units, x, y)
    if shown["ceiling"] is not None:
        ceiling = np.sqrt(max(shown["reliability_ex"], 0) * max(shown["reliability_cx"], 0))
        yield "ceiling", shown["ceiling"], ceiling
        if shown["disattenuated"] is not None:
            yield "disattenuated", shown["disattenuated"], r / ceiling
    yield from hold_steady(shown, both, x, y, units)
    yield from over_time(shown, history.dropna(subset=[ex, cx]), ex, cx)


def by_rank(shown: dict[str, Any], x: np.ndarray, y: np.ndarray) -> Found:
    """Correlate ranks: Spearman with the interval of Bonett and Wright, Kendall's tau-b."""
    rho = stats.spearmanr(x, y).statistic
    low, high = bounds(rho, np.sqrt((1 + rho**2 / 2) / (len(x) - 3)))
    here = {"spearman": rho, "spearman_low": low, "spearman_high": high}
    yield from compare(shown, here | {"kendall": stats.kendalltau(x, y).statistic})


def draw_otherwise(
    page: dict[str, Any], units: pd.DataFrame, x: np.ndarray, y: np.ndarray
) -> Found:
    """Leave each team out in turn, and draw teams again."""
    shown, without, r = page["shown"], leave_one_out(x, y), np.corrcoef(x, y)[0, 1]
    yield from compare(shown, {"loo_low": without.min(), "loo_high": without.max()})
    if shown["influence"] is not None:
        most = np.abs(without - r).max()
        yield "most moved by one team", abs(shown["influence"]["r_without"] - r), most
    if shown["bootstrap_low"] is not None:
        sides = units[f"ex {page['ex_scale']}"], units[f"cx {page['cx_scale']}"]
        low, high = draw_again(*sides, r, without, page["seed"])
        yield from compare(shown, {"bootstrap_low": low, "bootstrap_high": high})


def write(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def compare(shown: dict[str, Any], here: dict[str, float]) -> Found:
    """Yield numbers that the page has under the same name."""
    for name, value in here.items():
        yield name, shown[name], value


def fisher(r: float, df: float) -> dict[str, float]:
    """Return Fisher's interval."""
    low, high = bounds(r, 1 / np.sqrt(df))
    return {"low": low, "high": high}


def bounds(r: float, error: float) -> tuple[float, float]:
    """Return the ends of an interval of a correlation."""
    z = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15))
    return float(np.tanh(z - NORMAL * error)), float(np.tanh(z + NORMAL * error))


def t_test(r: float, df: int) -> float:
    """Return the two-sided p-value of a correlation."""
    return float(2 * stats.t.sf(abs(r) * np.sqrt(df / max(1 - r * r, 1e-300)), df))


def q_value(page: dict[str, Any], units: pd.DataFrame) -> float | None:
    """Adjust the p-values of all pairs tested together (Benjamini and Hochberg)."""
    p_values = {}
    for one, other in page["pairs"]:
        both = units[[f"ex {one}", f"cx {other}"]].dropna().to_numpy()
        if len(both) >= FEWEST_TEAMS and np.ptp(both, axis=0).min() > 0:
            p_values[one, other] = t_test(np.corrcoef(both.T)[0, 1], len(both) - 2)
    adjusted = stats.false_discovery_control(list(p_values.values()))
    found = dict(zip(p_values, adjusted, strict=True))
    return found.get((page["ex_scale"], page["cx_scale"]))


def leave_one_out(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return r without each team in turn."""
    everybody = np.arange(len(x))
    return np.array([np.corrcoef(x[everybody != at], y[everybody != at])[0, 1] for at in everybody])


def draw_again(
    ex: pd.Series, cx: pd.Series, r: float, without: np.ndarray, seed: int
) -> tuple[float, float]:
    """Bound r by drawing teams again, bias-corrected and accelerated (Efron 1987)."""
    n_teams, there = len(ex), (ex.notna() & cx.notna()).to_numpy()
    drawn = np.random.default_rng(seed).integers(0, n_teams, size=(REPLICATES, n_teams))
    found = []
    for teams in drawn:
        teams = teams[there[teams]]
        x, y = ex.to_numpy()[teams], cx.to_numpy()[teams]
        if len(teams) > 1 and np.ptp(x) > 0 and np.ptp(y) > 0:
            found.append(np.corrcoef(x, y)[0, 1])
    n = len(found)
    below = (np.array(found) < r - 1e-9).sum() + (np.array(found) <= r + 1e-9).sum()
    bias = stats.norm.ppf(np.clip(below / (2 * n), 1 / (n + 1), n / (n + 1)))
    pull = without.mean() - without
    acceleration = (pull**3).sum() / (6 * (pull**2).sum() ** 1.5)
    z = bias + stats.norm.ppf([0.025, 0.975])
    low, high = np.quantile(found, stats.norm.cdf(bias + z / (1 - acceleration * z)))
    return float(low), float(high)


def hold_steady(
    shown: dict[str, Any], both: pd.DataFrame, x: np.ndarray, y: np.ndarray, units: pd.DataFrame
) -> Found:
    """Take out what else teams differ in, one at a time and all together (Fisher 1924)."""
    sizes = units.filter(regex="^ex .* n$")
    columns = {
        "team_size": np.log(sizes.max(axis=1)[both.index]).to_frame(),
        "region": pd.get_dummies(both["branch"], dtype=float),
        "channel": both[[name for name in CHANNELS if name in both]].fillna(0),
    }
    columns["all"] = pd.concat(columns.values(), axis=1)
    for one in shown["partial"]:
        if one["r"] is not None:
            left = np.linalg.lstsq(
                design := np.column_stack([np.ones(len(x)), columns[one["given"]]]),
                np.column_stack([x, y]),
                rcond=1e-9,
            )[0]
            r = np.corrcoef((np.column_stack([x, y]) - design @ left).T)[0, 1]
            yield f"{one['given']} held steady", one["r"], r
            yield (
                f"{one['given']} low",
                one["low"],
                fisher(r, len(x) - 3 - one["n_covariates"])["low"],
            )


def over_time(shown: dict[str, Any], rows: pd.DataFrame, ex: str, cx: str) -> Found:
    """Compare between units over all periods, inside them, and inside them some periods later."""
    means = rows.groupby("unit")[[ex, cx]].mean()
    if shown["pooled"]["r"] is not None:
        yield "pooled r", shown["pooled"]["r"], np.corrcoef(means.to_numpy().T)[0, 1]
    if shown["within"]["r"] is not None:
        inside = rows[[ex, cx]] - rows.groupby("period")[[ex, cx]].transform("mean")
        inside -= inside.groupby(rows["unit"]).transform("mean")
        x, y = inside.to_numpy().T
        r = (x @ y) / np.sqrt((x @ x) * (y @ y))
        df = len(rows) - rows["unit"].nunique() - rows["period"].nunique()
        yield "within r", shown["within"]["r"], r
        yield "within df", shown["within"]["df"], df
        yield "within low", shown["within"]["low"], fisher(r, df - 1)["low"]
        yield "within p", shown["within"]["p_value"], t_test(r, df)
    whole = rows.pivot_table(index="unit", columns="period", values=[ex, cx]).dropna()
    x, y = (centre(whole[name].to_numpy()) for name in (ex, cx))
    for point in shown["lags"]["points"]:
        lag = point["lag"]
        before, after = x[:, : x.shape[1] - lag], y[:, lag:]
        r = (before * after).sum() / np.sqrt((before**2).sum() * (after**2).sum())
        yield f"{lag} periods later", point["r"], r


def centre(figures: np.ndarray) -> np.ndarray:
    """Take out the means of periods, then those of units; a row is a unit."""
    figures = figures - figures.mean(axis=0)
    return np.asarray(figures - figures.mean(axis=1, keepdims=True))


def say(value: float | None) -> str:
    """Write a number as the page does, with one digit more."""
    return "-" if value is None else f"{value:.3f}" if value != int(value) else f"{value:.0f}"


if __name__ == "__main__":
    sys.exit(main())

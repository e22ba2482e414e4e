"""How far the link hangs on one team, on the method, or on something else that teams share."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from survey.dashboards.linkage.strips import Strip, Strips, line_up, read_strip
from survey.linkage.confounders import ALL, CONFOUNDERS
from survey.statistics.evidence import SHAPE_DIFFERENCE

NAMES = {one.code: one.phrase for one in CONFOUNDERS} | {ALL: "all of these"}


@dataclass(frozen=True, slots=True)
class Robustness:
    """The same link looked at in other ways, and what that says in words."""

    strips: Strips
    sentences: tuple[str, ...]


def read_robustness(
    numbers: Mapping[str, Any], *, self_check: Mapping[str, Any], shown: Collection[str]
) -> Robustness | None:
    """Read the checks of one pair; None without a coefficient. Only teams that show are named."""
    if numbers.get("r") is None or "partial" not in numbers:
        return None
    strips = line_up((*_draw_methods(numbers, shown), *_draw_partials(numbers)))
    sentences = (
        _say_shape(numbers),
        _say_influence(numbers),
        _say_noise(numbers),
        _say_check(self_check),
    )
    return Robustness(strips, tuple(sentence for sentence in sentences if sentence))


def _draw_methods(numbers: Mapping[str, Any], shown: Collection[str]) -> Iterator[Strip]:
    yield read_strip("As shown", numbers, note="Pearson", look="r")
    yield Strip(
        "By rank", numbers["spearman"], numbers["spearman_low"], numbers["spearman_high"],
        note="Spearman",
    )  # fmt: skip
    yield Strip(
        "Teams drawn again", numbers["r"], numbers["bootstrap_low"], numbers["bootstrap_high"],
        note="bootstrap" if numbers["bootstrap_low"] is not None else "bootstrap: not known",
    )  # fmt: skip
    yield Strip(
        "Any one team left out", numbers["r"], numbers["loo_low"], numbers["loo_high"],
        note="lowest and highest r",
    )  # fmt: skip
    most = numbers["influence"]
    if most is not None and most["team"] in shown:
        yield Strip(f"Without {most['name']}", most["r_without"], note="moves r most")


def _draw_partials(numbers: Mapping[str, Any]) -> Iterator[Strip]:
    for one in numbers["partial"]:
        name = NAMES.get(one["given"], one["given"])
        yield read_strip(f"{name[0].upper()}{name[1:]} held steady", one)


def _say_shape(numbers: Mapping[str, Any]) -> str:
    if numbers["spearman"] is None:
        return ""
    kendall = (
        "" if numbers["kendall"] is None else f" (Kendall’s tau {_signed(numbers['kendall'])})"
    )
    if abs(numbers["r"] - numbers["spearman"]) > SHAPE_DIFFERENCE:
        return (
            f"Pearson and Spearman differ by more than {SHAPE_DIFFERENCE:.2f}{kendall}: the link "
            "is no straight line, or a few unusual teams weigh heavily."
        )
    return f"Pearson and Spearman say about the same{kendall}."


def _say_influence(numbers: Mapping[str, Any]) -> str:
    most = numbers["influence"]
    if most is None:
        return ""
    count = most["n_influential"]
    heavy = {0: "No team weighs", 1: "1 team weighs"}.get(count, f"{count} teams weigh")
    return f"{heavy} heavily on the straight line (Cook’s distance above 4 over the teams)."


def _say_noise(numbers: Mapping[str, Any]) -> str:
    if numbers["disattenuated"] is None:
        return ""
    ends = ""
    if numbers["disattenuated_low"] is not None:
        ends = (
            f" ({_signed(numbers['disattenuated_low'])} to "
            f"{_signed(numbers['disattenuated_high'])})"
        )
    return (
        f"If team scores were free of noise, the link might look like "
        f"{_signed(numbers['disattenuated'])}{ends}. That is a guess beside the verdict, no part "
        "of it."
    )


def _say_check(check: Mapping[str, Any]) -> str:
    if not check or check.get("share_found") is None:
        return ""
    told = "passed" if check["is_passed"] else "not passed, so read these numbers with doubt"
    return (
        f"Check of the machine: {check['n_tests']:,} tests of made-up scores that mean nothing, "
        f"and {100 * check['share_found']:.1f} in 100 looked like a link. By chance it is about 5; "
        f"10 at most may be: {told}."
    )


def _signed(value: float) -> str:
    return f"{value:z.2f}".replace("-", "\N{MINUS SIGN}")

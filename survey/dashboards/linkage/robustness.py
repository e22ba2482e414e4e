"""How far the link hangs on one team, on the method, or on something else that teams share."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.dashboards.linkage.strips import Strip, Strips, line_up, read_strip
from survey.dashboards.numerals import count, print_number, quote
from survey.linkage.confounders import ALL
from survey.statistics.evidence import SHAPE_DIFFERENCE

HELD_STEADY = {
    "team_size": gettext_lazy("Team size held steady"),
    "region": gettext_lazy("Region held steady"),
    "channel": gettext_lazy("The way customers were asked held steady"),
    ALL: gettext_lazy("All of these held steady"),
}


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
    yield read_strip(_("As shown"), numbers, note="Pearson", look="r")
    yield Strip(
        _("By rank"), numbers["spearman"], numbers["spearman_low"], numbers["spearman_high"],
        note="Spearman",
    )  # fmt: skip
    yield Strip(
        _("Teams drawn again"), numbers["r"], numbers["bootstrap_low"], numbers["bootstrap_high"],
        note=_("bootstrap")
        if numbers["bootstrap_low"] is not None
        else _("bootstrap: not known"),
    )  # fmt: skip
    yield Strip(
        _("Any one team left out"), numbers["r"], numbers["loo_low"], numbers["loo_high"],
        note=_("lowest and highest r"),
    )  # fmt: skip
    most = numbers["influence"]
    if most is not None and most["team"] in shown:
        yield Strip(
            _("Without %(team)s") % {"team": quote(most["name"])},
            most["r_without"],
            note=_("moves r most"),
        )


def _draw_partials(numbers: Mapping[str, Any]) -> Iterator[Strip]:
    for one in numbers["partial"]:
        yield read_strip(str(HELD_STEADY.get(one["given"], one["given"])), one)


def _say_shape(numbers: Mapping[str, Any]) -> str:
    if numbers["spearman"] is None:
        return ""
    said = {"limit": print_number(SHAPE_DIFFERENCE, 2), "tau": ""}
    if numbers["kendall"] is not None:
        said["tau"] = print_number(numbers["kendall"], 2)
    is_bent = abs(numbers["r"] - numbers["spearman"]) > SHAPE_DIFFERENCE
    return _say_bent(said) if is_bent else _say_straight(said)


def _say_bent(said: Mapping[str, str]) -> str:
    if not said["tau"]:
        told = _(
            "Pearson and Spearman differ by more than %(limit)s: the link is no straight line, or "
            "a few unusual teams weigh heavily."
        )
    else:
        told = _(
            "Pearson and Spearman differ by more than %(limit)s (Kendall’s tau %(tau)s): the link "
            "is no straight line, or a few unusual teams weigh heavily."
        )
    return told % said


def _say_straight(said: Mapping[str, str]) -> str:
    if not said["tau"]:
        return _("Pearson and Spearman say about the same.")
    return _("Pearson and Spearman say about the same (Kendall’s tau %(tau)s).") % said


def _say_influence(numbers: Mapping[str, Any]) -> str:
    most = numbers["influence"]
    if most is None:
        return ""
    n = most["n_influential"]
    if not n:
        return _(
            "No team weighs heavily on the straight line (Cook’s distance above 4 over the teams)."
        )
    told = ngettext(
        "%(n)s team weighs heavily on the straight line (Cook’s distance above 4 over the teams).",
        "%(n)s teams weigh heavily on the straight line (Cook’s distance above 4 over the teams).",
        n,
    )
    return told % {"n": n}


def _say_noise(numbers: Mapping[str, Any]) -> str:
    if numbers["disattenuated"] is None:
        return ""
    said = {"r": print_number(numbers["disattenuated"], 2)}
    if numbers["disattenuated_low"] is None:
        told = _(
            "If team scores were free of noise, the link might look like %(r)s. That is a guess "
            "beside the verdict, no part of it."
        )
        return told % said
    said["low"] = print_number(numbers["disattenuated_low"], 2)
    said["high"] = print_number(numbers["disattenuated_high"], 2)
    told = _(
        "If team scores were free of noise, the link might look like %(r)s (%(low)s to %(high)s). "
        "That is a guess beside the verdict, no part of it."
    )
    return told % said


def _say_check(check: Mapping[str, Any]) -> str:
    if not check or check.get("share_found") is None:
        return ""
    if check["is_passed"]:
        told = ngettext(
            "Check of the machine: %(n)s test of made-up scores that mean nothing, and %(share)s "
            "in 100 looked like a link. By chance it is about 5; 10 at most may be: passed.",
            "Check of the machine: %(n)s tests of made-up scores that mean nothing, and %(share)s "
            "in 100 looked like a link. By chance it is about 5; 10 at most may be: passed.",
            check["n_tests"],
        )
    else:
        told = ngettext(
            "Check of the machine: %(n)s test of made-up scores that mean nothing, and %(share)s "
            "in 100 looked like a link. By chance it is about 5; 10 at most may be: not passed, "
            "so read these numbers with doubt.",
            "Check of the machine: %(n)s tests of made-up scores that mean nothing, and %(share)s "
            "in 100 looked like a link. By chance it is about 5; 10 at most may be: not passed, "
            "so read these numbers with doubt.",
            check["n_tests"],
        )
    return told % {
        "n": count(check["n_tests"]),
        "share": print_number(100 * check["share_found"], 1),
    }

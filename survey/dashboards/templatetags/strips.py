"""Drawings in the rows of tables, made on the server: they print and need no script."""

from typing import Any

from django import template

from survey.dashboards.scores import Axis, Line

register = template.Library()


@register.inclusion_tag("components/interval_strip.html")
def interval_strip(
    value: float, low: float, high: float, start: float, end: float, css_class: str = "n"
) -> dict[str, Any]:
    """Draw a value and its interval on an axis from start to end, in per cent of the width."""

    def place(number: float) -> str:
        return place_between(number, start, end)

    return {
        "value": place(value),
        "low": place(low),
        "high": place(high),
        "zero": place(0.0) if start < 0 < end else "",
        "css_class": css_class,
    }


@register.inclusion_tag("components/score_strip.html")
def score_strip(line: Line, axis: Axis, css_class: str = "r") -> dict[str, Any]:
    """Draw a score with its interval, the one before hollow, and the median team upright.

    Only a line that shows something now has a strip.
    """
    if line.now is None:
        raise ValueError("there is nothing to draw")

    def place(number: float | None) -> str:
        return place_between(number, axis.start, axis.end)

    return {
        "value": place(line.now.mean),
        "low": place(line.now.low),
        "high": place(line.now.high),
        "before": place(line.before.mean) if line.before else "",
        "median": place(line.median),
        "ticks": [place(tick) for tick in axis.ticks],
        "css_class": css_class,
    }


@register.inclusion_tag("components/strip_axis.html")
def strip_axis(axis: Axis) -> dict[str, Any]:
    """Print the ticks of an axis over a column of strips; the outer ones stay inside it."""
    anchors = {axis.ticks[0]: "start", axis.ticks[-1]: "end"}
    return {
        "ticks": [
            (
                place_between(tick, axis.start, axis.end),
                f"{tick}".replace("-", "\u2212"),
                anchors.get(tick, "middle"),
            )
            for tick in axis.ticks
        ]
    }


def place_between(number: float | None, start: float, end: float) -> str:
    """Return where a number lies between two others, in per cent of the width; "" for none."""
    if number is None:
        return ""
    share = (number - start) / (end - start)
    return f"{100 * min(max(share, 0.0), 1.0):.1f}%"

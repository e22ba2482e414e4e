"""The drawings and long tables of the page "Inside & outside"."""

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from survey.core.templatetags.look import decimals
from survey.dashboards.linkage.units import Unit
from survey.dashboards.numerals import count, print_number
from survey.linkage.printed import Margin

register = template.Library()


@register.inclusion_tag("components/strip_axis.html")
def reach_axis(reach: float) -> dict[str, Any]:
    """Print the ends and the middle of an axis that reaches as far to either side of 0."""
    places = (("0.0%", -reach, "start"), ("50.0%", 0.0, "middle"), ("100.0%", reach, "end"))
    return {"ticks": [(place, decimals(value, 1), anchor) for place, value, anchor in places]}


@register.simple_tag
def figure_script(figure: SafeString, name: str) -> SafeString:
    """Carry a chart's JSON, which is safe in a script element, for static/js/chart.js to draw."""
    return format_html('<script id="{}" type="application/json">{}</script>', name, figure)


@register.simple_tag
def unit_rows(units: Iterable[Unit]) -> SafeString:
    """Write a row for each team: its name with a link to its page, then both sides.

    There may be thousands of teams, so the rows are put together without a template; a name and
    an address are all the text there is in them.
    """
    between = _("%(low)s to %(high)s")
    return SafeString("\n".join(_write_row(unit, between) for unit in units))


def _write_row(unit: Unit, between: str) -> str:
    name = escape(unit.name)
    if unit.page:
        name = f'<a href="{escape(unit.page)}">{name}</a>'
    own = ' class="on"' if unit.is_own else ""
    sides = _write_side(unit.inside, between) + _write_side(unit.outside, between)
    return f'<tr{own}><th scope="row">{name}</th>{sides}</tr>'


def _write_side(side: Margin, between: str) -> str:
    margin = ""
    if side.low is not None and side.high is not None:
        ends = {"low": print_number(side.low, 1), "high": print_number(side.high, 1)}
        margin = f'<br><span class="tiny">{between % ends}</span>'
    return (
        f'<td class="num">{print_number(side.mean, 1)}{margin}</td>'
        f'<td class="num">{count(side.n)}</td>'
    )

"""The long table and the dominoes of the page "From team to team to customer"."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from survey.dashboards.cascade.arrows import Arrow
from survey.dashboards.cascade.graph import find_thickness
from survey.dashboards.cascade.pictures import Line
from survey.dashboards.numerals import count, print_number

register = template.Library()

THICKNESSES = (2, 4, 6, 8)  # px that a class of the style sheet knows


@register.filter
def thickness(line: Line) -> str:
    """Return the class that draws a line as thick as in the graph, in four steps."""
    drawn = find_thickness(line)
    return f"t{next((one for one in THICKNESSES if drawn <= one), THICKNESSES[-1])}"


@register.simple_tag
def arrow_rows(arrows: Iterable[Arrow], address: str) -> SafeString:
    """Write a row for each arrow, its teams with links that narrow the page down to them."""
    words = {
        "between": _("%(low)s to %(high)s"), "nothing": _("not shown"), "pool": _("together"),
        "rating": _("Rating"), "interval": _("95% interval"), "n": _("Ratings"),
        "chain": _("Chain"), "served": _("Served team"),
    }  # fmt: skip
    labels = {name: escape(word) for name, word in words.items()}
    return SafeString("\n".join(_write_row(one, escape(address), labels) for one in arrows))


def _write_row(arrow: Arrow, address: str, words: dict[str, str]) -> str:
    def name(end: tuple[int, str, str]) -> str:
        return f'<a href="{address}&amp;team={quote(end[1])}">{escape(end[2])}</a>'

    score = arrow.score
    cells = f'<td colspan="3" class="num"><span class="nil">{words["nothing"]}</span></td>'
    if score.mean is not None:
        pool = f' <span class="tiny">{words["pool"]}</span>' if arrow.is_pooled else ""
        interval = "–"
        if score.low is not None and score.high is not None:
            ends = {"low": print_number(score.low, 1), "high": print_number(score.high, 1)}
            interval = words["between"] % ends
        cells = (
            f'<td class="num" data-l="{words["rating"]}"><b>{print_number(score.mean, 1)}</b>{pool}'
            f'</td><td class="num" data-l="{words["interval"]}">{interval}</td>'
            f'<td class="num" data-l="{words["n"]}">{count(score.n or 0)}</td>'
        )
    return (
        f'<tr><th scope="row">{name(arrow.provider)}</th>'
        f'<td data-l="{words["served"]}">{name(arrow.consumer)}</td>'
        f'<td data-l="{words["chain"]}">{escape(arrow.chain) or "–"}</td>{cells}</tr>'
    )

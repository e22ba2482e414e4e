"""Small drawings of the look: notices, and intervals as strips in table rows."""

from typing import Any

from django import template
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

NOTICE_CLASSES = {"success": "ok", "warning": "warn", "error": "bad"}
NOTICE_ICONS = {
    "ok": ("Done", "M6 12.5l4 4 8-9"),
    "warn": ("Look at this", "M12 6v7M12 16v2"),
    "bad": ("Problem", "M12 6v7M12 16v2"),
    "": ("Note", "M12 11v7M12 6v2"),
}


@register.filter
def notice_class(tags: str) -> str:
    """Return the class of a message: ok, warn, bad or none."""
    return next((NOTICE_CLASSES[tag] for tag in tags.split() if tag in NOTICE_CLASSES), "")


@register.simple_tag
def notice_icon(tags: str) -> SafeString:
    """Draw the icon of a message, with its meaning as a word."""
    kind = notice_class(tags)
    label, path = NOTICE_ICONS[kind]
    return format_html(
        '<svg class="ic {}" viewBox="0 0 24 24" role="img" aria-label="{}">'
        '<circle cx="12" cy="12" r="11"/><path class="l" d="{}"/></svg>',
        kind,
        label,
        path,
    )


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


def place_between(number: float | None, start: float, end: float) -> str:
    """Return where a number lies between two others, in per cent of the width; "" for none."""
    if number is None:
        return ""
    share = (number - start) / (end - start)
    return f"{100 * min(max(share, 0.0), 1.0):.1f}%"


@register.filter
def decimals(value: float | None, places: int = 2) -> str:
    """Print a number with a true minus and the language's point, and nothing for no number."""
    if value is None:
        return ""
    printed = f"{value:z.{places}f}".replace("-", "\u2212")
    return printed.replace(".", get_format("DECIMAL_SEPARATOR"))

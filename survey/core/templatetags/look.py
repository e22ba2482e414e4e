"""Small things of the look: notices, and numbers as they are printed."""

from django import template
from django.utils.formats import get_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop

from survey.core.bidi import arrow_ahead, isolate

register = template.Library()
register.simple_tag(arrow_ahead)
register.filter("isolated", isolate)

NOTICE_CLASSES = {"success": "ok", "warning": "warn", "error": "bad"}
NOTICE_ICONS = {
    "ok": (gettext_noop("Done"), "M6 12.5l4 4 8-9"),
    "warn": (gettext_noop("Look at this"), "M12 6v7M12 16v2"),
    "bad": (gettext_noop("Problem"), "M12 6v7M12 16v2"),
    "": (gettext_noop("Note"), "M12 11v7M12 6v2"),
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
        gettext(label),
        path,
    )


@register.filter
def decimals(value: float | None, places: int = 2) -> str:
    """Print a number with a true minus and the language's point, and nothing for no number."""
    if value is None:
        return ""
    printed = f"{value:z.{places}f}".replace("-", "\u2212")
    return printed.replace(".", get_format("DECIMAL_SEPARATOR"))

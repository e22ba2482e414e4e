"""Numbers in the reader's language, and words of another language inside its sentences."""

from django.conf import settings
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import get_format
from django.utils.translation import get_language

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
MINUS = "\N{MINUS SIGN}"


def print_number(value: float, places: int) -> str:
    """Print a number with some decimals, the language's own point and a true minus sign."""
    return localise(f"{value:z.{places}f}")


def localise(printed: str) -> str:
    """Give a number printed by Python, without thousands, the language's point and a true minus."""
    return printed.replace("-", MINUS).replace(".", get_format("DECIMAL_SEPARATOR"))


def count(number: int) -> str:
    """Print a whole number with the language's thousands."""
    return str(intcomma(number))


def quote(words: str) -> str:
    """Keep words of the questionnaires, which are data, apart from a sentence in another language.

    Without this an English name inside an Arabic sentence would turn the order of its neighbours.
    """
    if not words or get_language() == settings.LANGUAGE_CODE:
        return words
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}"


def separators() -> str:
    """Return the decimal point and the thousands mark of the language, as Plotly wants them."""
    return f"{get_format('DECIMAL_SEPARATOR')}{get_format('THOUSAND_SEPARATOR')}"

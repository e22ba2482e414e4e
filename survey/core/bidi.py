"""What is written from the right: names that would turn the words beside them, and arrows."""

from django.utils.translation import get_language_bidi

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


def isolate(words: str, *, is_from_right: bool | None = None) -> str:
    """Return a name with marks around it that let its own letters say which way it is read.

    Where nothing else is said, the language that is spoken decides; from the left nothing changes.
    """
    if is_from_right is None:
        is_from_right = get_language_bidi()
    return f"{FIRST_STRONG_ISOLATE}{words}{POP_ISOLATE}" if words and is_from_right else words


def arrow_ahead() -> str:
    """Return the arrow from a name to the one that is read after it, in the language spoken."""
    return "←" if get_language_bidi() else "→"  # no browser turns one by itself

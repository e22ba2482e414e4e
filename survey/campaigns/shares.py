"""Shares of who answered, which are kept in coarse English words, as they are told and drawn."""

from django.utils.translation import gettext as _

UNDER, OVER = "under ", "over "


def say_share(share: str) -> str:
    """Return a kept share such as "60 %" or "under 10 %" in the language of whoever reads it."""
    if share.startswith(UNDER):
        return _("under %(share)s") % {"share": share.removeprefix(UNDER)}
    if share.startswith(OVER):
        return _("over %(share)s") % {"share": share.removeprefix(OVER)}
    return share


def middle_of(share: str) -> float:
    """Return how far up a kept share is drawn: open ends in the middle of what they hold."""
    percent = float("".join(letter for letter in share if letter.isdigit()))
    if share.startswith(UNDER):
        return percent / 2
    return (percent + 100) / 2 if share.startswith(OVER) else percent

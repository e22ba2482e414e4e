"""Why something cannot be said in a talk, in words for whoever said it."""

from django.utils.translation import gettext as _

from survey.followup.conversations import (
    LONGEST_MESSAGE,
    NoWordsError,
    TooLongError,
    TooManyMessagesError,
)


def say_refusal(refusal: Exception, *, otherwise: str) -> str:
    """Return why words were not taken; whoever reads and whoever wrote end a talk differently."""
    if isinstance(refusal, NoWordsError):
        return _("Write something first.")
    if isinstance(refusal, TooLongError):
        words = _("That is longer than %(most)s characters. Nothing was sent yet.")
        return words % {"most": LONGEST_MESSAGE}
    if isinstance(refusal, TooManyMessagesError):
        return _("This conversation is full: each side can write twenty times.")
    return otherwise

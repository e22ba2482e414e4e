"""What the letters about callbacks say."""

from datetime import datetime

from survey.followup.models import Notice
from survey.letters.notices import NoticeFacts


def write_callback_asked(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Say what the letter tells; None where it is not wanted any more."""
    raise NotImplementedError


def write_callback_due(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Say what the letter tells; None where it is not wanted any more."""
    raise NotImplementedError


def write_callback_check(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Say what the letter tells; None where it is not wanted any more."""
    raise NotImplementedError

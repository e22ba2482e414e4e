"""What the letters about digests say."""

from datetime import datetime

from survey.followup.models import Notice
from survey.letters.notices import NoticeFacts


def write_digest(notice: Notice, language: str, now: datetime) -> NoticeFacts | None:
    """Say what the letter tells; None where it is not wanted any more."""
    raise NotImplementedError

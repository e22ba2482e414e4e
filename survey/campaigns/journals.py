"""What the database keeps beside its tables, and how to empty it."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


def empty_journal() -> bool:
    """Empty the database's journal of past writes; False when it is busy and must be tried again.

    The function that knows how is named by the setting EMPTY_JOURNAL.
    """
    empty = cast(Callable[[], bool], import_string(settings.EMPTY_JOURNAL))
    return empty()

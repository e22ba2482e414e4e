"""Until when somebody is called back, in words: due at midnight is due by the end of a day."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_noop

ONE_DAY = timedelta(days=1)


class Length(StrEnum):
    """How much of a day is said: in a letter, in a sentence, or in a line of a table."""

    SENTENCE = gettext_noop("l, j F")
    DAY = "MONTH_DAY_FORMAT"  # as each language writes it
    LINE = gettext_noop("j M")


def say_due(moment: datetime, length: Length = Length.LINE) -> str:
    """Return a moment where the organisation lives; midnight is the end of the day before."""
    local, shape = localtime(moment), gettext(length.value)
    if local.time() != time.min:
        words = {"day": date_format(local, shape), "time": date_format(local, "H:i")}
        return gettext("%(day)s, %(time)s") % words
    return gettext("the end of %(day)s") % {"day": date_format(local - ONE_DAY, shape)}

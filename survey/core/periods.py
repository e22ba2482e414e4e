"""Months and quarters, named by their first day."""

from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Period(models.TextChoices):
    """The length of time in which waves of both sides are compared."""

    MONTH = "MONTH", _("month")
    QUARTER = "QUARTER", _("quarter")


def period_start(day: date, period: str) -> date:
    """Return the first day of the month or quarter that holds a day."""
    month = day.month if period == Period.MONTH else 3 * ((day.month - 1) // 3) + 1
    return date(day.year, month, 1)


def period_before(start: date, period: str) -> date:
    """Return the first day of the month or quarter before the one that starts on a day."""
    return period_start(start - timedelta(days=1), period)


def period_name(start: date, period: str) -> str:
    """Return how people call a period: "March 2026" or "spring quarter" as "Q2 2026"."""
    if period == Period.MONTH:
        return date_format(start, "YEAR_MONTH_FORMAT")
    values = {"number": (start.month - 1) // 3 + 1, "year": start.year}
    return gettext("Q%(number)s %(year)s") % values

"""How often a campaign asks, in words."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from survey.campaigns.models import Rhythm, Schedule

OFTEN = {
    Rhythm.WEEK: ngettext_lazy("Every week", "Every %(n)s weeks", "n"),
    Rhythm.MONTH: ngettext_lazy("Every month", "Every %(n)s months", "n"),
    Rhythm.QUARTER: ngettext_lazy("Every quarter", "Every %(n)s quarters", "n"),
}


def say_rotation(n_rounds: int) -> str:
    """Return in how many rounds everybody sees everything."""
    return ngettext(
        "Each person sees all items in every round.",
        "Each person sees all items every %(n)s rounds.",
        n_rounds,
    ) % {"n": n_rounds}


def say_rhythm(schedule: Schedule) -> str:
    """Return how often a campaign asks, in words."""
    return _("%(often)s from %(day)s on, letters at %(time)s") % {
        "often": OFTEN[Rhythm(schedule.rhythm)] % {"n": schedule.every},
        "day": date_format(schedule.first_date, _("j F Y")),
        "time": f"{schedule.letters_time:%H:%M}",
    }

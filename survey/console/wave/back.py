"""Where writing back about a wave stands, in one line."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from survey.campaigns.models import Wave
from survey.core.timestamps import local_date
from survey.followup.playbacks import playback_of


def say_written_back(*, wave: Wave, today: date) -> str:
    """Say whether people were told what came of a wave; nothing before there are figures."""
    playback = playback_of(wave_id=wave.pk)
    if playback is None:
        return ""
    if playback.published_at is not None:
        day = {"day": _day(local_date(playback.published_at))}
        return _("What came of it was published on %(day)s.") % day
    told = {
        "day": _day(playback.due_date),
        "who": playback.owner.name if playback.owner else _("nobody yet"),
    }
    if playback.due_date < today:
        return _("What came of it was to be told by %(day)s (%(who)s): it is overdue.") % told
    return _("What came of it is to be told by %(day)s (%(who)s).") % told


def _day(day: date) -> str:
    return date_format(day, _("j F Y"))

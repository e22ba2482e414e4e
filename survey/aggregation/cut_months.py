"""Count the declared cuts of a customers' month once it is over, while its wave goes on.

The keys of the wave are there then. At the last seal, after which they are not, the seal itself has
all months counted that are left.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from survey.aggregation.cut_counting import count_month, list_uncounted_months
from survey.aggregation.material import cells_by_month, read_metrics
from survey.aggregation.recount import roll_up
from survey.campaigns.keys import KeysMissingError
from survey.campaigns.models import Wave
from survey.core.timestamps import local_date
from survey.responses.cut_boxes import forget_kept_cuts, open_kept_cuts

LONGEST_WAIT = timedelta(days=34)  # from a month's first day on, for keys that are away


def count_waiting_month(*, wave_id: int, month_start: date, now: datetime) -> None:
    """Count the cuts of a month that is about to be released, and forget what that uses up.

    Raises KeysMissingError where no key is there and the month has not waited for one for long;
    after that it is released without cuts.
    """
    try:
        _count(wave_id, month_start)
    except KeysMissingError:
        if local_date(now) < month_start + LONGEST_WAIT:
            raise


@transaction.atomic
def _count(wave_id: int, month_start: date) -> None:
    waves = Wave.objects.select_related("campaign").filter(sealed_at__isnull=True).exclude(cuts=[])
    wave = waves.select_for_update(no_key=True, of=("self",)).filter(pk=wave_id).first()
    if wave is None or month_start not in list_uncounted_months(wave=wave):
        return
    waiting = open_kept_cuts(wave=wave)
    roll_up(wave)
    count_month(wave=wave, month_start=month_start, people=list(waiting.values()))
    done = _find_done(wave, month_start)
    used_up = [pk for pk, one in waiting.items() if one.cell_id in done]
    forget_kept_cuts(wave=wave, box_ids=used_up)


def _find_done(wave: Wave, until: date) -> frozenset[int]:
    """Return the cells that every family has counted, in this month or one before."""
    counted = [
        frozenset().union(*cells_by_month(wave, metrics[0], until).values())
        for metrics in read_metrics(wave).values()
    ]
    return frozenset.intersection(*counted) if counted else frozenset()

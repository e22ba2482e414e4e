"""What is waiting to be rolled up or released, found by query: cheap when nothing is due."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from survey.aggregation.cells import month_of
from survey.aggregation.models import Release, Rollup
from survey.campaigns.models import Channel, Wave
from survey.core.timestamps import local_date
from survey.questionnaires.models import Audience
from survey.responses.models import Cell, Response

# A seal that began in the last minutes of a month has long committed by then.
SETTLING = timedelta(hours=1)

IS_MONTHLY = Q(campaign__audience=Audience.CUSTOMER) & ~Q(channel=Channel.IMPORT)


def uncounted_cells() -> QuerySet[Cell]:
    """Return the cells that no rollup counts yet."""
    return Cell.objects.filter(~Exists(Rollup.objects.filter(cell=OuterRef("pk"))))


def uncounted_responses(wave: Wave) -> QuerySet[Response]:
    """Return the stored answers of a wave that no rollup counts yet."""
    uncounted = Q(cell__in=uncounted_cells().filter(wave=wave))
    if not Rollup.objects.filter(wave=wave, cell=None).exists():
        uncounted |= Q(cell=None)
    return Response.objects.filter(uncounted, wave=wave)


def uncounted_waves() -> QuerySet[Wave]:
    """Return the waves with stored answers that no rollup counts yet."""
    without_cells = Exists(Response.objects.filter(wave=OuterRef("pk"), cell=None)) & ~Exists(
        Rollup.objects.filter(wave=OuterRef("pk"), cell=None)
    )
    with_cells = Exists(uncounted_cells().filter(wave=OuterRef("pk")))
    waves = Wave.objects.launched().exclude(families=[])
    return waves.filter(without_cells | with_cells)


def unreleased_waves() -> QuerySet[Wave]:
    """Return the sealed waves, counted to the end, that have one release and lack it."""
    lacking = ~Exists(Release.objects.filter(wave=OuterRef("pk")))
    counted = ~Exists(uncounted_waves().filter(pk=OuterRef("pk")))
    return Wave.objects.sealed().exclude(IS_MONTHLY).filter(lacking, counted)


def unreleased_months(now: datetime) -> list[tuple[int, date]]:
    """Return the ids of customer waves with the months that are over and lack their release.

    All months of a sealed wave are over. One that is closed has to be sealed first, since its
    last cells belong to its last day.
    """
    this_month = month_of(local_date(now - SETTLING))
    is_open = Q(wave__closed_at__isnull=True, wave__closes_at__gt=now)
    is_sealed = Q(wave__sealed_at__isnull=False)
    days = (
        Cell.objects.filter(is_sealed | is_open & Q(sealed_date__lt=this_month))
        .filter(wave__in=Wave.objects.launched().filter(IS_MONTHLY))
        .values_list("wave_id", "sealed_date")
        .distinct()
    )
    months = {(wave, month_of(day)) for wave, day in days}
    if not months:
        return []
    of_waves = Release.objects.filter(wave__in={wave for wave, _ in months})
    released = of_waves.values_list("wave_id", "month_start")
    waiting = set(uncounted_cells().values_list("wave_id", flat=True).distinct())
    return sorted(one for one in months - set(released) if one[0] not in waiting)

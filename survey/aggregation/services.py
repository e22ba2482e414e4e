"""Roll answers up, and release what may be shown."""

from contextlib import suppress
from datetime import date, datetime
from functools import partial

from django.db import transaction

from survey.aggregation import due
from survey.aggregation.checksums import compute_checksum
from survey.aggregation.comments import release_comments
from survey.aggregation.composing import FamilyFigures, compose_release
from survey.aggregation.cut_months import count_waiting_month
from survey.aggregation.cut_printing import print_cuts
from survey.aggregation.material import (
    WaveTree,
    find_asked,
    read_material,
    read_metrics,
    read_tree,
)
from survey.aggregation.models import CutFigure, Figure, Release, Rollup
from survey.aggregation.printing import PrintedFigure
from survey.aggregation.recount import BATCH, count_responses, roll_up
from survey.aggregation.selectors import published_groups
from survey.campaigns.models import Wave
from survey.core.leases import held
from survey.core.stages import run_each
from survey.responses.models import Response


class AlreadyReleasedError(Exception):
    """A wave, or a month of it, has one release; only `supersede_release` makes another."""


class AlreadySupersededError(Exception):
    """A release can be superseded once; what superseded it can be superseded in turn."""

    def __init__(self) -> None:
        super().__init__("another release already stands in its place; supersede that one")


class DifferentRespondentsError(Exception):
    """The new figures would count other people; old and new together could tell on somebody."""

    def __init__(self) -> None:
        super().__init__("the answers stored now are not those of the people it counted")


def refresh_due_rollups(*, now: datetime) -> int:
    """Roll up every wave with answers that no rollup counts yet; return how many were."""
    waves = due.uncounted_waves().order_by("pk").values_list("pk", flat=True)
    return run_each(waves, partial(_refresh_unless_held, now=now), name="Rolling up wave")


def _refresh_unless_held(wave_id: int, now: datetime) -> bool:
    with held(Wave.objects.get(pk=wave_id), now=now) as is_ours:
        if is_ours:
            refresh_rollups(wave_id=wave_id)
    return is_ours


def refresh_rollups(*, wave_id: int) -> int:
    """Count the stored answers of a wave that are not counted yet; return the rows written."""
    return roll_up(Wave.objects.get(pk=wave_id))


def make_due_releases(*, now: datetime) -> int:
    """Make every release whose time has come; return how many were made."""
    months: list[tuple[int, date | None]] = [
        (pk, None) for pk in due.unreleased_waves().order_by("pk").values_list("pk", flat=True)
    ]
    months += due.unreleased_months(now)
    return run_each(months, partial(_release_unless_held, now=now), name="Releasing wave and month")


def _release_unless_held(period: tuple[int, date | None], now: datetime) -> bool:
    wave_id, month_start = period
    with held(Wave.objects.get(pk=wave_id), now=now) as is_ours:
        if is_ours:
            with suppress(AlreadyReleasedError):  # by another worker, since we looked
                make_release(wave_id=wave_id, month_start=month_start, now=now)
                return True
    return False


def make_release(*, wave_id: int, month_start: date | None = None, now: datetime) -> Release:
    """Freeze the permitted figures of a wave, or of one month of a customer wave.

    What the month is told by beside the teams is counted first, while the keys are there.
    """
    if month_start is not None:
        count_waiting_month(wave_id=wave_id, month_start=month_start, now=now)
    wave = Wave.objects.select_related("campaign").get(pk=wave_id)
    release = Release(wave=wave, month_start=month_start, made_at=now)
    found, material = read_tree(wave), read_material(wave, month_start)
    families = compose_release(found.tree, material)
    with transaction.atomic():
        if Release.objects.filter(wave=wave, month_start=month_start).exists():
            raise AlreadyReleasedError
        _save(release, found, families)
        release_comments(
            release=release,
            tree=found.tree,
            ids=found.ids,
            families=material,
            shown=frozenset().union(*(family.published for family in families)),
        )
    return release


@transaction.atomic
def supersede_release(*, release_id: int, reason: str, now: datetime) -> Release:
    """Count and compute a wrong release again, over exactly the same respondents.

    The old one stays, with its checksum, but is never read again.
    """
    old = Release.objects.select_related("wave__campaign").get(pk=release_id)
    if Release.objects.filter(supersedes=old).exists():
        raise AlreadySupersededError
    wave = old.wave
    rows = count_responses(wave, Response.objects.filter(wave=wave))
    Rollup.objects.filter(wave=wave).delete()
    Rollup.objects.bulk_create(rows, batch_size=BATCH)
    found = read_tree(wave)
    families = compose_release(
        found.tree,
        read_material(wave, old.month_start),
        published=published_groups(release=old),
    )
    new = Release(
        wave=wave, month_start=old.month_start, made_at=now, supersedes=old, reason=reason
    )
    _save(new, found, families)
    if _respondents(new) != _respondents(old):
        raise DifferentRespondentsError
    return new


def _save(release: Release, found: WaveTree, families: list[FamilyFigures]) -> Release:
    """Write a release with its figures and the checksum over both."""
    asked = find_asked(release.wave, found, release.month_start)
    release.n_hidden = sum(
        any(code not in family.published for family in families) for code in asked
    )
    release.scales = {code: said for family in families for code, said in family.scales.items()}
    figures = [
        (code, _figure(release, found.ids[code], metric, printed))
        for family in families
        for (code, metric), printed in sorted(family.figures.items())
    ]
    cuts = print_cuts(release, found.tree, read_metrics(release.wave), families)
    release.cuts = cuts.said
    release.checksum = compute_checksum(release, figures, cuts.figures)
    release.save()
    Figure.objects.bulk_create([figure for _, figure in figures], batch_size=BATCH)
    CutFigure.objects.bulk_create(cuts.figures, batch_size=BATCH)
    return release


def _figure(release: Release, group_id: int, metric: str, printed: PrintedFigure) -> Figure:
    return Figure(
        release=release,
        group_id=group_id,
        metric=metric,
        n=printed.n,
        mean=printed.mean,
        se=printed.se,
        low=printed.low,
        high=printed.high,
        favourable=printed.favourable,
        detail=printed.detail,
    )


def _respondents(release: Release) -> set[tuple[int, str, int]]:
    return set(release.figures.values_list("group_id", "metric", "n"))

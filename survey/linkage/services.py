"""Keep the stored studies as new as the releases they compare."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from survey.campaigns.models import Pairing
from survey.core.periods import period_before
from survey.core.stages import run_each
from survey.linkage.alignment import Aligned, align
from survey.linkage.models import Result, Study
from survey.linkage.studying import Computed, Previous, compute_study, join_sides, read_sides
from survey.linkage.units import Units, read_units
from survey.statistics.correlation import Correlation

BATCH = 1_000


def update_due_studies(*, now: datetime) -> int:
    """Compute every study older than the releases it compares; return the periods computed."""
    pairings = Pairing.objects.select_related("ex", "cx").order_by("pk")
    return run_each(
        pairings, lambda pairing: update_study(pairing=pairing, now=now), name="Studies of pairing"
    )


def update_study(*, pairing: Pairing, now: datetime) -> int:
    """Compute the periods of a pairing whose releases changed; return how many those were.

    A period is also computed anew when the one before changed, since verdicts look back at it.
    Studies of a period whose releases are gone (a wave was withdrawn) go too.
    """
    stored = dict(
        Study.objects.filter(pairing=pairing)
        .values_list("period_start", "release_checksum")
        .distinct()
    )
    periods = align(pairing)
    gone = stored.keys() - {aligned.period_start for aligned in periods}
    if gone:
        Study.objects.filter(pairing=pairing, period_start__in=gone).delete()
    checksum, done = "", 0
    for aligned in periods:
        checksum = aligned.checksum(checksum)
        if stored.get(aligned.period_start) != checksum:
            _compute_period(pairing, aligned, checksum, now)
            done += 1
    return done


def _compute_period(pairing: Pairing, aligned: Aligned, checksum: str, now: datetime) -> None:
    """Compute outside the transaction, then replace what is stored unless somebody else did."""
    units = read_units(aligned)
    studies: list[Study] = []
    results: list[Result] = []
    for team_id, computed in _compute_scopes(pairing, aligned, units):
        study = Study(
            pairing=pairing,
            scope_id=team_id,
            period_start=aligned.period_start,
            computed_at=now,
            release_checksum=checksum,
            family_size=computed.family_size,
            coverage=computed.coverage,
        )
        studies.append(study)
        results += _results(study, computed)
    with transaction.atomic():
        Pairing.objects.select_for_update(no_key=True).get(pk=pairing.pk)
        of_period = Study.objects.filter(pairing=pairing, period_start=aligned.period_start)
        if not of_period.filter(release_checksum=checksum).exists():
            of_period.delete()
            Study.objects.bulk_create(studies, batch_size=BATCH)
            Result.objects.bulk_create(results, batch_size=BATCH)


def _compute_scopes(
    pairing: Pairing, aligned: Aligned, units: Units
) -> Iterator[tuple[int, Computed]]:
    """Compute the whole pairing, and every inner node below it that has a unit to compare."""
    whole = pairing.ex.scope_id
    joined = join_sides(units, read_sides(aligned, units))
    previous = _read_previous(pairing, aligned.period_start)
    yield whole, compute_study(units, joined, scope=None, previous=previous.get(whole, {}))
    for team_id, groups in sorted(units.scopes.items()):
        if team_id == whole:
            continue
        before = previous.get(team_id, {})
        computed = compute_study(units, joined, scope=groups, previous=before)
        if any(pair.n_teams for pair, _ in computed.pairs):
            yield team_id, computed


def _read_previous(pairing: Pairing, start: date) -> Mapping[int, Previous]:
    """Return the correlations of the month or quarter before, by scope and pair of scales."""
    before = period_before(start, pairing.period)
    rows = Result.objects.filter(study__pairing=pairing, study__period_start=before)
    found: dict[int, dict[tuple[str, str], Correlation]] = {}
    for result in rows.select_related("study"):
        numbers = result.numbers
        found.setdefault(result.study.scope_id, {})[result.ex_scale, result.cx_scale] = Correlation(
            numbers["r"], numbers["low"], numbers["high"], numbers["p_value"], result.n_teams
        )
    return found


def _results(study: Study, computed: Computed) -> list[Result]:
    return [
        Result(
            study=study,
            ex_scale=pair.ex.scale,
            cx_scale=pair.cx.scale,
            n_teams=pair.n_teams,
            numbers=asdict(pair.numbers),
            verdict=verdict,
            reason=pair.reason,
        )
        for pair, verdict in computed.pairs
    ]

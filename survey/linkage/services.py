"""Keep the stored studies as new as the releases they compare."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction

from survey.campaigns.models import Pairing
from survey.core.periods import period_before
from survey.core.stages import run_each
from survey.linkage.alignment import Aligned, align
from survey.linkage.cascade import update_cascades
from survey.linkage.comparing import Sides
from survey.linkage.history import History, gather
from survey.linkage.models import Result, Study
from survey.linkage.parts import cut_part
from survey.linkage.sides import count_coverage, read_sides
from survey.linkage.studying import SEED, Computed, Previous, compute_study
from survey.linkage.tables import Table, lay_out
from survey.linkage.units import Units, read_units
from survey.linkage.wordings import look_back_alike
from survey.statistics.correlation import Correlation

BATCH = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """One period with its figures and all that came before."""

    start: date
    sides: Sides
    units: Units
    table: Table
    history: History


def update_due_studies(*, now: datetime) -> int:
    """Compute every study and cascade older than its releases; return the periods computed."""
    pairings = list(Pairing.objects.select_related("ex", "cx", "colleague").order_by("pk"))
    studies = run_each(
        pairings,
        lambda pairing: update_study(pairing=pairing, now=now),
        name="Studies of pairing",
    )
    cascades = run_each(
        pairings,
        lambda pairing: update_cascades(pairing=pairing, now=now),
        name="Cascades of pairing",
    )
    return studies + cascades


def update_study(*, pairing: Pairing, now: datetime) -> int:
    """Compute the periods of a pairing whose releases changed; return how many those were.

    A period is also computed anew when one before it changed, since a study looks back at them.
    Studies of a period whose releases are gone (a wave was withdrawn) go too. Each study is stored
    by itself and the whole pairing's last, so an interrupted run goes on where it was.
    """
    whole, stored = pairing.ex.scope_id, _read_stored(pairing)
    periods = align(pairing)
    gone = {start for start, _ in stored} - {aligned.period_start for aligned in periods}
    if gone:
        Study.objects.filter(pairing=pairing, period_start__in=gone).delete()
    checksums = _chain(periods)
    due = {start for start, found in checksums.items() if stored.get((start, whole)) != found}
    for moment in _read_moments(periods, due):
        checksum = checksums[moment.start]
        done = {scope for (start, scope), found in stored.items()
                if start == moment.start and found == checksum}  # fmt: skip
        _compute_period(pairing, moment, checksum, done, now)
    return len(due)


def _read_stored(pairing: Pairing) -> dict[tuple[date, int], str]:
    """Return the checksum of every stored study, by period and scope."""
    rows = Study.objects.filter(pairing=pairing)
    return {
        (start, scope): checksum
        for start, scope, checksum in rows.values_list(
            "period_start", "scope_id", "release_checksum"
        )
    }


def _chain(periods: Sequence[Aligned]) -> dict[date, str]:
    """Return the checksum of each period, over its releases and all of those before."""
    checksums: dict[date, str] = {}
    before = ""
    for aligned in periods:
        before = checksums[aligned.period_start] = aligned.checksum(before)
    return checksums


def _read_moments(periods: Sequence[Aligned], due: set[date]) -> Iterator[Moment]:
    """Yield the periods that are due, the earliest first, after one reading of all figures."""
    if not due:
        return
    starts = [aligned.period_start for aligned in periods]
    units = dict(zip(starts, read_units(periods), strict=True))
    tables = {start: lay_out(one) for start, one in units.items()}
    past = partial(look_back_alike, gather(units, tables), periods)
    for aligned in periods:
        start = aligned.period_start
        if start in due:
            sides = read_sides(aligned, units[start])
            yield Moment(start, sides, units[start], tables[start], past(until=start))


def _compute_period(
    pairing: Pairing, moment: Moment, checksum: str, done: Collection[int], now: datetime
) -> None:
    """Compute and store every part that an earlier run has not stored, the whole at the end."""
    previous = _read_previous(pairing, moment.start)
    for team_id, group_ids in _list_parts(pairing, moment):
        if team_id in done:
            continue
        part = cut_part(
            moment.units, moment.table, moment.history, team_id=team_id, group_ids=group_ids
        )
        computed = compute_study(part, moment.sides, previous=previous.get(team_id, {}))
        study = Study(
            pairing=pairing,
            scope_id=team_id,
            period_start=moment.start,
            computed_at=now,
            release_checksum=checksum,
            seed=SEED,
            family_size=computed.families["between"],
            families=computed.families,
            n_waves=computed.n_waves,
            self_check=asdict(computed.self_check),
            coverage=count_coverage(moment.units, group_ids),
            importance=[asdict(one) for one in computed.importance],
        )
        _store(study, _results(study, computed))


def _list_parts(pairing: Pairing, moment: Moment) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield every inner node that has a unit to compare, with its groups; the whole comes last."""
    whole, compared = pairing.ex.scope_id, set(moment.table.index)
    for team_id, group_ids in sorted(moment.units.scopes.items()):
        if team_id != whole and compared & group_ids:
            yield team_id, group_ids
    yield whole, frozenset(moment.units.groups.index)


@transaction.atomic
def _store(study: Study, results: Sequence[Result]) -> None:
    """Replace what is stored of a part, unless somebody else did; the whole ends its period."""
    pairing = Pairing.objects.select_for_update(no_key=True).get(pk=study.pairing_id)
    of_period = Study.objects.filter(pairing=pairing, period_start=study.period_start)
    old = of_period.exclude(release_checksum=study.release_checksum)
    is_whole = study.scope_id == study.pairing.ex.scope_id
    (old if is_whole else old.filter(scope=study.scope_id)).delete()
    if not of_period.filter(scope=study.scope_id).exists():
        study.save()
        Result.objects.bulk_create(results, batch_size=BATCH)


def _read_previous(pairing: Pairing, start: date) -> Mapping[int, Previous]:
    """Return the correlations of the month or quarter before, by scope and pair of scales."""
    before = period_before(start, pairing.period)
    rows = Result.objects.filter(study__pairing=pairing, study__period_start=before)
    numbers = (f"numbers__{name}" for name in ("r", "low", "high", "p_value"))
    found: dict[int, dict[tuple[str, str], Correlation]] = {}
    for scope, ex_scale, cx_scale, *known in rows.values_list(
        "study__scope_id", "ex_scale", "cx_scale", *numbers, "n_teams"
    ):
        found.setdefault(scope, {})[ex_scale, cx_scale] = Correlation(*known)
    return found


def _results(study: Study, computed: Computed) -> list[Result]:
    return [
        Result(
            study=study,
            ex_scale=found.pair.ex.scale,
            cx_scale=found.pair.cx.scale,
            n_teams=found.pair.n_teams,
            numbers=found.as_numbers(),
            verdict=found.verdict,
            reason=found.pair.reason,
        )
        for found in computed.pairs
    ]

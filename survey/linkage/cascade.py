"""Keep the stored cascades as new as the releases they are made of."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from survey.campaigns.models import Pairing
from survey.linkage.cascade_material import CascadeMaterial, choose_scales, read_cascade
from survey.linkage.cascade_releases import CascadeReleases, list_releases
from survey.linkage.cascade_study import SEED, compute_cascade
from survey.linkage.models import CascadeStudy
from survey.statistics.cascade import FEWEST_EDGES

Part = tuple[int, frozenset[int] | None]  # a node's team and the teams below it; None: all


def update_cascades(*, pairing: Pairing, now: datetime) -> int:
    """Compute the cascades of a pairing whose releases changed; return how many periods.

    There is one for each period in which colleagues rated one another, and one for each part with
    enough arrows. Those of periods whose releases are gone go too. The whole is stored last, so an
    interrupted run goes on where it was.
    """
    releases = list_releases(pairing)
    stored = _read_stored(pairing)
    made = {day: releases.until(day) for day in releases.periods}
    gone = {day for day, _ in stored} - made.keys()
    if gone:
        CascadeStudy.objects.filter(pairing=pairing, period_start__in=gone).delete()
    whole, n_computed = pairing.ex.scope_id, 0
    for day, until in made.items():
        checksum = until.checksum()
        if stored.get((day, whole)) != checksum:
            done = {scope for (start, scope), found in stored.items()
                    if start == day and found == checksum}  # fmt: skip
            n_computed += _compute_period(until, checksum, done, now)
    return n_computed


def _read_stored(pairing: Pairing) -> dict[tuple[date, int], str]:
    rows = CascadeStudy.objects.filter(pairing=pairing)
    return {
        (day, scope): checksum
        for day, scope, checksum in rows.values_list("period_start", "scope_id", "release_checksum")
    }


def _compute_period(
    releases: CascadeReleases, checksum: str, done: set[int], now: datetime
) -> bool:
    """Compute and store every part that an earlier run has not stored, the whole at the end."""
    scales = choose_scales(releases)
    if scales is None:
        return False
    material = read_cascade(releases, scales)
    for team_id, inside in _list_parts(releases.pairing, material):
        if team_id not in done:
            computed = compute_cascade(material, inside=inside)
            _store(
                CascadeStudy(
                    pairing=releases.pairing,
                    scope_id=team_id,
                    period_start=material.period,
                    computed_at=now,
                    release_checksum=checksum,
                    seed=SEED,
                    **asdict(computed),
                )
            )
    return True


def _list_parts(pairing: Pairing, material: CascadeMaterial) -> Iterator[Part]:
    """Yield every node below which enough arrows end; the whole comes last."""
    consumers = material.newest["consumer_id"]
    for team_id, inside in sorted(material.below.items()):
        enough = int(consumers.isin(list(inside)).sum()) >= FEWEST_EDGES
        if team_id != pairing.ex.scope_id and enough:
            yield team_id, inside
    yield pairing.ex.scope_id, None


@transaction.atomic
def _store(study: CascadeStudy) -> None:
    """Replace what is stored of a part, unless somebody else did; the whole ends its period."""
    pairing = Pairing.objects.select_for_update(no_key=True).get(pk=study.pairing_id)
    of_period = CascadeStudy.objects.filter(pairing=pairing, period_start=study.period_start)
    old = of_period.exclude(release_checksum=study.release_checksum)
    is_whole = study.scope_id == study.pairing.ex.scope_id
    (old if is_whole else old.filter(scope=study.scope_id)).delete()
    if not of_period.filter(scope=study.scope_id).exists():
        study.save()

"""What must always be true of rollups and releases; each broken one is named."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from math import isclose

from survey.aggregation.checksums import compute_checksum
from survey.aggregation.cut_printing import adds_up
from survey.aggregation.ends import SMALL
from survey.aggregation.material import read_metrics, read_tree
from survey.aggregation.models import Release, Rollup
from survey.aggregation.recount import count_responses
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Wave
from survey.responses.models import Response

COUNTS = ("n", "n_favourable", "option_counts", "n_complete")
SUMS = ("total", "sum_squares")
TOLERANCE = 1e-9

Key = tuple[int, int | None, str]


def broken_invariants(*, now: datetime) -> list[str]:
    """Check that rollups are what a recount gives and releases unchanged and permitted."""
    counted = Wave.objects.filter(pk__in=Rollup.objects.values("wave"))
    broken = [line for wave in counted.order_by("pk") for line in _recount(wave)]
    for release in Release.objects.select_related("wave__campaign").order_by("pk"):
        broken += _check_checksum(release)
    for release in current_releases():
        broken += [*_check_release(release), *_check_cuts(release)]
    return broken


def _recount(wave: Wave) -> Iterator[str]:
    stored = {_key(row): row for row in Rollup.objects.filter(wave=wave)}
    places = {(group, cell) for group, cell, _ in stored}
    for row in count_responses(wave, Response.objects.filter(wave=wave)):
        found = stored.pop(_key(row), None)
        if found is None and (row.group_id, row.cell_id) not in places:
            continue  # sealed a moment ago, to be counted at the next tick
        if found is None or not _is_same(found, row):
            yield f"wave {wave}: the rollup of {row.metric} of group {row.group_id} is no recount"
    for group, _, metric in stored:
        yield f"wave {wave}: the rollup of {metric} of group {group} has no answers behind it"


def _key(row: Rollup) -> Key:
    return row.group_id, row.cell_id, row.metric


def _is_same(one: Rollup, other: Rollup) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in COUNTS) and all(
        isclose(getattr(one, name), getattr(other, name), rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        for name in SUMS
    )


def _check_checksum(release: Release) -> list[str]:
    figures = release.figures.select_related("group")
    by_code = ((f.group.code, f) for f in figures)
    if compute_checksum(release, by_code, release.cut_figures.all()) == release.checksum:
        return []
    return [f"release {release} has changed: its checksum does not fit"]


def _check_release(release: Release) -> Iterator[str]:
    tree = read_tree(release.wave).tree
    shown: dict[str, dict[str, int]] = defaultdict(dict)
    for figure in release.figures.select_related("group"):
        shown[figure.metric][figure.group.code] = figure.n
    k = release.wave.threshold
    for family, metrics in read_metrics(release.wave).items():
        counts = [shown.pop(metric.code, {}) for metric in metrics if not metric.profiles]
        profiles = [shown.pop(metric.code, {}) for metric in metrics if metric.profiles]
        if any(one != counts[0] for one in counts) or any(
            not one.items() <= counts[0].items() for one in profiles
        ):
            yield f"release {release}: the metrics of family {family} count different people"
        for fewest, one in [(k, counts[0]), *((max(k, SMALL), one) for one in profiles)]:
            for code, left in _residuals(tree.parents, one).items():
                if left and left < fewest:
                    yield f"release {release}: family {family} isolates {left} people in {code}"
    for metric in shown:
        yield f"release {release}: {metric} belongs to no family of the wave"


def _check_cuts(release: Release) -> Iterator[str]:
    """Check that every cut adds up to everybody, and shows nobody who is few."""
    levels: dict[tuple[str, str], list[tuple[int, float]]] = defaultdict(list)
    for one in release.cut_figures.all():
        levels[one.cut, one.metric].append((one.n, one.mean))
    if not levels:
        return
    whole = {
        figure.metric: (figure.n, figure.mean)
        for figure in release.figures.filter(group__parent=None)
    }
    for (cut, metric), found in sorted(levels.items()):
        n, mean = whole.get(metric, (0, 0.0))
        if not adds_up(found, n=n, mean=mean):
            yield f"release {release}: {metric} by {cut} does not add up to everybody"
        if min(people for people, _ in found) < release.wave.threshold:
            yield f"release {release}: {metric} by {cut} shows too few people"


def _residuals(parents: Mapping[str, str | None], shown: Mapping[str, int]) -> dict[str, int]:
    """Return, per shown group, its people who are in no shown group below: from figures only."""
    left = dict(shown)
    for code, n in shown.items():
        above = parents[code]
        while above is not None and above not in shown:
            above = parents[above]
        if above is not None:
            left[above] -= n
    return left

"""Groups that are shown now and were not before, or the other way round."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Campaign, GroupKind, GroupTeam
from survey.dashboards.access import Reader

Unit = tuple[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class ShownChange:
    """The groups of one campaign that appeared in its newest figures or left them, by name."""

    campaign: str
    appeared: tuple[str, ...]
    left: tuple[str, ...]


def read_shown(
    *, reader: Reader, pairs: Sequence[tuple[Campaign, Release, Release]]
) -> list[ShownChange]:
    """Compare the groups that two releases of a campaign, (newer, older), show to a reader.

    A group is the same where it is of the same kind and holds the same teams.
    """
    releases = [release for _, newer, older in pairs for release in (newer, older)]
    shown = _shown_groups(releases)
    names, units = _read_units({group for groups in shown.values() for group in groups}, releases)
    found = []
    for campaign, newer, older in pairs:
        now = _of_reader(reader, shown[newer.pk], units)
        then = _of_reader(reader, shown[older.pk], units)
        appeared = sorted(names[now[unit]] for unit in now.keys() - then.keys())
        left = sorted(names[then[unit]] for unit in then.keys() - now.keys())
        if appeared or left:
            found.append(ShownChange(campaign.name, tuple(appeared), tuple(left)))
    return found


def _shown_groups(releases: Iterable[Release]) -> Mapping[int, set[int]]:
    rows = Figure.objects.filter(release__in=releases).values_list("release", "group").distinct()
    found: dict[int, set[int]] = defaultdict(set)
    for release, group in rows.order_by():
        found[release].add(group)
    return found


def _read_units(
    shown: set[int], releases: Iterable[Release]
) -> tuple[dict[int, str], dict[int, Unit]]:
    """Return name and unit of every group of some waves that is shown and no inner node."""
    waves = {release.wave_id for release in releases}
    rows = GroupTeam.objects.filter(group__wave__in=waves).exclude(group__kind=GroupKind.NODE)
    names: dict[int, str] = {}
    kinds: dict[int, str] = {}
    teams: dict[int, set[int]] = defaultdict(set)
    for group, name, kind, team in rows.values_list("group", "group__name", "group__kind", "team"):
        if group in shown:
            names[group], kinds[group] = name, kind
            teams[group].add(team)
    return names, {group: (kinds[group], frozenset(held)) for group, held in teams.items()}


def _of_reader(reader: Reader, shown: set[int], units: Mapping[int, Unit]) -> dict[Unit, int]:
    return {
        units[group]: group for group in shown if group in units and reader.opens(units[group][1])
    }

"""Groups that are shown now and were not before, or the other way round."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Campaign, Group, GroupKind, GroupTeam
from survey.campaigns.naming import say_group
from survey.dashboards.access import Reader


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

    A group is known by its code: small teams that are counted together keep theirs.
    """
    releases = [release for _, newer, older in pairs for release in (newer, older)]
    names = _read_names(releases)
    shown = _shown_codes(releases, names)
    differences = {
        campaign.name: (_only_in(shown[newer.pk], shown[older.pk]),
                        _only_in(shown[older.pk], shown[newer.pk]))
        for campaign, newer, older in pairs
    }  # fmt: skip
    opened = _opened(
        reader, {group for pair in differences.values() for one in pair for group in one}
    )
    found = [
        ShownChange(name, *(tuple(sorted(names[pk][1] for pk in one & opened)) for one in pair))
        for name, pair in differences.items()
    ]
    return [change for change in found if change.appeared or change.left]


def _read_names(releases: Iterable[Release]) -> dict[int, tuple[str, str]]:
    """Return the code of every group of some waves that is no inner node, and its name to say."""
    groups = Group.objects.filter(wave__in={release.wave_id for release in releases})
    rows = groups.exclude(kind=GroupKind.NODE).values_list("pk", "code", "name", "kind")
    return {pk: (code, say_group(name=name, kind=kind)) for pk, code, name, kind in rows}


def _shown_codes(
    releases: Iterable[Release], names: Mapping[int, tuple[str, str]]
) -> Mapping[int, dict[str, int]]:
    """Return the groups with any figure by release, as ids by code."""
    rows = Figure.objects.filter(release__in=releases).values_list("release", "group").distinct()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for release, group in rows.order_by():
        if group in names:
            found[release][names[group][0]] = group
    return found


def _only_in(these: Mapping[str, int], those: Mapping[str, int]) -> set[int]:
    return {these[code] for code in these.keys() - those.keys()}


def _opened(reader: Reader, groups: set[int]) -> set[int]:
    teams: dict[int, set[int]] = defaultdict(set)
    for group, team in GroupTeam.objects.filter(group__in=groups).values_list("group", "team"):
        teams[group].add(team)
    return {group for group, held in teams.items() if reader.opens(held)}

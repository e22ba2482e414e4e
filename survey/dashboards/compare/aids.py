"""What else changed between two periods, so that a difference is read rightly."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.wordings import list_reworded
from survey.campaigns.models import Campaign, GroupKind, GroupTeam, Wave
from survey.dashboards.numerals import quote
from survey.dashboards.sides import Side
from survey.dashboards.trees import TeamTree
from survey.questionnaires.selectors import get_content

Pools = frozenset[frozenset[int]]
LARGE = ("wave__participation", "wave__families", "wave__public_key", "scales")


@dataclass(frozen=True, slots=True)
class Behind:
    """The waves behind one campaign's figures of one period, the last one last."""

    waves: tuple[Wave, ...]

    @property
    def questionnaire_ids(self) -> list[int]:
        """Return what was asked, the last questionnaire last."""
        return list(dict.fromkeys(wave.questionnaire_id for wave in self.waves))

    @property
    def names(self) -> str:
        """Return the questionnaires by name and version."""
        return _(" and ").join(dict.fromkeys(str(wave.questionnaire) for wave in self.waves))


NOTHING = Behind(())


def read_behind(
    *, campaigns: Sequence[Campaign], period: str, starts: Collection[date]
) -> dict[tuple[int, date | None], Behind]:
    """Return the waves behind the figures of some periods, by campaign and period."""
    releases = (
        Release.objects.filter(
            superseded_by=None, wave__withdrawn_at=None, wave__campaign__in=campaigns
        )
        .select_related("wave__questionnaire")
        .defer(*LARGE)
    )
    found: dict[tuple[int, date | None], dict[int, Wave]] = {}
    for release in releases:
        start = find_period(release, period)
        if start in starts:
            key = release.wave.campaign_id, start
            found.setdefault(key, {})[release.wave_id] = release.wave
    return {
        key: Behind(tuple(sorted(waves.values(), key=closing_moment)))
        for key, waves in found.items()
    }


def read_pools(*, behind: Iterable[Behind], scope_id: int, tree: TeamTree) -> dict[int, Pools]:
    """Return which small teams were counted together below a part, by wave."""
    waves = [one.waves[-1] for one in behind if one.waves]
    held: dict[tuple[int, int], set[int]] = {}
    rows = GroupTeam.objects.filter(group__wave__in=waves, group__kind=GroupKind.POOL)
    for wave, group, team in rows.values_list("group__wave", "group", "team"):
        held.setdefault((wave, group), set()).add(team)
    found: dict[int, set[frozenset[int]]] = {wave.pk: set() for wave in waves}
    for (wave, _group), teams in held.items():
        if any(scope_id in tree.path(team) for team in teams):
            found[wave].add(frozenset(teams))
    return {wave: frozenset(pools) for wave, pools in found.items()}


def find_reworded(then: Behind, now: Behind) -> frozenset[str]:
    """Return the measures that were worded anew from one period to another."""
    return list_reworded([*then.questionnaire_ids, *now.questionnaire_ids])


def list_aids(side: Side, then: Behind, now: Behind, pools: Mapping[int, Pools]) -> list[str]:
    """Say in sentences what changed between two periods of one side, besides the answers."""
    if not (then.waves and now.waves):
        return []
    return [
        *_say_questionnaires(then, now),
        *_say_teams(side),
        *_say_pools(pools[then.waves[-1].pk], pools[now.waves[-1].pk]),
    ]


def _say_questionnaires(then: Behind, now: Behind) -> list[str]:
    if then.questionnaire_ids == now.questionnaire_ids:
        return [_("Asked with the same questionnaire: %(names)s.") % {"names": quote(now.names)}]
    asked = {"then": quote(then.names), "now": quote(now.names)}
    said = [_("Asked with %(then)s then and with %(now)s now.") % asked]
    reworded = find_reworded(then, now)
    content = get_content(questionnaire_id=now.questionnaire_ids[-1])
    changed = [scale.name for scale in content.scales if scale.code in reworded]
    if changed:
        told = _("Other questions or other words behind %(names)s: that alone can move a score.")
        said.append(told % {"names": quote(", ".join(changed))})
    return said


def _say_teams(side: Side) -> list[str]:
    if side.now is None or side.before is None:
        return []
    shown = {"then": side.before.n_teams, "now": side.now.n_teams}
    return [_("Teams and groups of small teams shown: %(then)s then, %(now)s now.") % shown]


def _say_pools(then: Pools, now: Pools) -> list[str]:
    if not (then or now):
        return []
    if then == now:
        same = _("The same small teams are counted together as then: %(groups)s.")
        return [same % {"groups": _groups(now)}]
    n_same = len(now & then)
    otherwise = ngettext(
        "Small teams are counted together otherwise: in %(then)s then, in %(now)s now, of which "
        "%(n)s holds the same teams.",
        "Small teams are counted together otherwise: in %(then)s then, in %(now)s now, of which "
        "%(n)s hold the same teams.",
        n_same,
    )
    return [otherwise % {"then": _groups(then), "now": _groups(now), "n": n_same}]


def _groups(pools: Pools) -> str:
    return ngettext("%(n)s group", "%(n)s groups", len(pools)) % {"n": len(pools)}

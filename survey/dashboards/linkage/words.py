"""What people wrote in their own words, as far as they let others read it here."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from survey.aggregation.selectors import released_comments
from survey.campaigns.models import GroupTeam
from survey.dashboards.trees import TeamTree
from survey.followup.hiding import hidden_ids
from survey.linkage.alignment import Aligned
from survey.questionnaires.models import Audience, PlaybackLeave

MOST_WORDS = 3
NOTES = {
    PlaybackLeave.AS_TOLD: _("Shown as written, with leave to pass it on."),
    PlaybackLeave.NO_NAMES: _("Shown as written. Pass it on without names only."),
}
WRITERS = {Audience.EMPLOYEE: _("Staff, %(team)s"), Audience.CUSTOMER: _("Customer, %(team)s")}


@dataclass(frozen=True, slots=True)
class Words:
    """One comment, who wrote it (never by name), and with what leave it stands here."""

    text: str
    writer: str
    note: str
    is_staff: bool


def read_words(
    aligned: Aligned | None,
    *,
    tree: TeamTree,
    scope: int,
    opens: Callable[[Iterable[int]], bool],
) -> tuple[Words, ...]:
    """Return up to three comments of a period from within a part, whatever they say.

    Their keys were drawn at random when they were written; the first ones by key are taken, so
    that nobody's choice is in it.
    """
    if aligned is None:
        return ()
    releases = (aligned.ex, *aligned.cx)
    months = {release.month_start for release in releases if release.month_start}
    comments = released_comments(wave_ids={release.wave_id for release in releases}).filter(
        Q(release__month_start=None) | Q(release__month_start__in=months),
        comment__leave__in=NOTES,
    )
    comments = comments.exclude(comment__in=hidden_ids())
    homes = set(comments.order_by().values_list("group_id", flat=True).distinct())
    inside = {scope, *tree.branches(scope)}
    shown = [
        group
        for group, teams in _read_teams(homes).items()
        if inside.issuperset(teams) and opens(teams)
    ]
    found = comments.filter(group__in=shown).select_related("comment", "group__wave__campaign")[
        :MOST_WORDS
    ]
    return tuple(
        Words(
            text=one.comment.text,
            writer=WRITERS[Audience(one.group.wave.campaign.audience)] % {"team": one.group.name},
            note=str(NOTES[PlaybackLeave(one.comment.leave)]),
            is_staff=one.group.wave.campaign.audience == Audience.EMPLOYEE,
        )
        for one in found
    )


def _read_teams(groups: Collection[int]) -> dict[int, list[int]]:
    teams: dict[int, list[int]] = defaultdict(list)
    rows = GroupTeam.objects.filter(group__in=groups).values_list("group_id", "team_id")
    for group, team in rows:
        teams[group].append(team)
    return teams

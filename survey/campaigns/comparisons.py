"""Find audiences so alike that comparing two surveys would tell about a few people."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from survey.campaigns.grouping import GroupPlan
from survey.campaigns.models import Channel, Invitation, Wave
from survey.campaigns.rosters import STAFF, read_homes, read_teams
from survey.campaigns.selectors import content_of
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Item

COMPARED_FOR = timedelta(days=60)


def compare_audience(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    """Return a sentence for each team in which a few people more or less are asked than lately.

    A team is taken with everything below it, where both waves ask somebody: whoever is left out
    with their whole team still must not stand out in the figures above. Who joined or left the
    team in between does not count.
    """
    today = local_date(now)
    homes_now = read_homes(wave=wave, today=today)
    above = {team.id: team.parent_id for team in read_teams(scope=wave.campaign.scope, today=today)}
    problems = []
    for other in _recent_waves(wave, now):
        in_one, in_both = _compare(other, homes_now, plan.people)
        differences, shared = _with_all_below(in_one, above), _with_all_below(in_both, above)
        few = {team for team, n in differences.items() if 0 < n < wave.threshold and shared[team]}
        lowest = few - _all_above(few, above)
        for team in Team.objects.filter(pk__in=lowest).order_by("name"):
            problems.append(_say_alike(team, wave, other))
    return problems


def hold_items(*, wave: Wave) -> None:
    """Hold what a wave asks until the transaction ends, so that launches that ask the same wait.

    Each then sees those before it among the recent waves that it is compared with.
    """
    items = Item.objects.filter(code__in=_item_codes(wave)).order_by("pk")
    list(items.select_for_update(no_key=True).values_list("pk"))


def _say_alike(team: Team, wave: Wave, other: Wave) -> str:
    return _(
        "%(team)s would be asked with fewer than %(n)s people more or less than in “%(wave)s”, "
        "which asked the same things: comparing the two would tell about them. Ask the same "
        "people, or wait until 60 days have passed."
    ) % {"team": team.name, "n": wave.threshold, "wave": other}


def _recent_waves(wave: Wave, now: datetime) -> list[Wave]:
    recent = (
        Wave.objects.launched()
        .filter(
            channel=Channel.PERSONAL,
            campaign__audience__in=STAFF,
            closes_at__gt=now - COMPARED_FOR,
        )
        .exclude(pk=wave.pk)
        .select_related("campaign__scope")
    )
    items = _item_codes(wave)
    return [other for other in recent.order_by("pk") if items & _item_codes(other)]


def _item_codes(wave: Wave) -> set[str]:
    content = content_of(wave=wave)
    return {item.code for item in content.items if item.is_closed}


def _compare(
    other: Wave, homes_now: Mapping[int, int], asked_now: Collection[int]
) -> tuple[Counter[int], Counter[int]]:
    """Return by team how many who stayed in it were asked in one of the two waves, and in both."""
    if other.launched_at is None:
        return Counter(), Counter()
    homes_then = read_homes(wave=other, today=local_date(other.launched_at))
    invited = Invitation.objects.filter(wave=other, person__isnull=False)
    asked_then = set(invited.values_list("person_id", flat=True))
    in_one: Counter[int] = Counter()
    in_both: Counter[int] = Counter()
    for person, team in homes_now.items():
        times = (person in asked_now) + (person in asked_then)
        if times and homes_then.get(person) == team:
            (in_one if times == 1 else in_both)[team] += 1
    return in_one, in_both


def _with_all_below(counts: Mapping[int, int], above: Mapping[int, int | None]) -> Counter[int]:
    totals: Counter[int] = Counter()
    for team, n in counts.items():
        node: int | None = team
        while node is not None:
            totals[node] += n
            node = above.get(node)
    return totals


def _all_above(teams: Collection[int], above: Mapping[int, int | None]) -> set[int]:
    found: set[int] = set()
    for team in teams:
        node = above.get(team)
        while node is not None:
            found.add(node)
            node = above.get(node)
    return found

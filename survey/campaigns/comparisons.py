"""Find audiences so alike that comparing two surveys would tell about a few people."""

from collections import Counter
from datetime import datetime, timedelta

from survey.campaigns.grouping import GroupPlan
from survey.campaigns.models import Channel, Invitation, Wave
from survey.campaigns.rosters import read_homes
from survey.campaigns.selectors import content_of
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience

COMPARED_FOR = timedelta(days=60)


def compare_audience(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    """Return a sentence for each team in which a few people more or less are asked than lately.

    Who joined or left the team in between does not count.
    """
    asked_now = plan.people
    homes_now = read_homes(wave=wave, today=local_date(now))
    problems = []
    for other in _recent_waves(wave, now):
        differences = _count_differences(other, homes_now, asked_now)
        few = [team for team, n in differences.items() if 0 < n < wave.threshold]
        for team in Team.objects.filter(pk__in=few).order_by("name"):
            problems.append(
                f"{team.name} would be asked with fewer than {wave.threshold} people more or less "
                f"than in “{other}”, which asked the same things: comparing the two would tell "
                "about them. Ask the same people, or wait until 60 days have passed."
            )
    return problems


def _recent_waves(wave: Wave, now: datetime) -> list[Wave]:
    recent = (
        Wave.objects.launched()
        .filter(
            channel=Channel.PERSONAL,
            campaign__audience=Audience.EMPLOYEE,
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


def _count_differences(other: Wave, homes_now: dict[int, int], asked_now: set[int]) -> Counter[int]:
    """Return by team how many who stayed in it were asked in only one of the two waves."""
    if other.launched_at is None:
        return Counter()
    homes_then = read_homes(wave=other, today=local_date(other.launched_at))
    invited = Invitation.objects.filter(wave=other, person__isnull=False)
    asked_then = set(invited.values_list("person_id", flat=True))
    return Counter(
        team
        for person, team in homes_now.items()
        if homes_then.get(person) == team and (person in asked_now) != (person in asked_then)
    )

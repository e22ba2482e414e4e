"""Who would be asked although another wave has just asked them: counts, never names."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import ngettext

from survey.campaigns.grouping import GroupPlan
from survey.campaigns.models import Channel, Invitation, Wave
from survey.campaigns.naming import title_of
from survey.campaigns.rosters import STAFF
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience

LATELY = timedelta(days=30)


def warn_of_tired_people(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    """Return how many people of a plan other waves asked in 30 days, or are asking now."""
    others = [other for other in _others(wave, STAFF, now) if other.opens_at <= now]
    lately = [other.pk for other in others if other.opens_at > now - LATELY]
    running = [other for other in others if other.closed_at is None and other.closes_at > now]
    wanted = plan.people
    asked_by_wave, asked_lately = _count_asked(
        wanted, waves={*lately, *(other.pk for other in running)}, lately=lately
    )
    warnings = []
    if asked_lately:
        tired = ngettext(
            "%(n)s of these people was asked in the last 30 days.",
            "%(n)s of these people were asked in the last 30 days.",
            asked_lately,
        )
        warnings.append(tired % {"n": asked_lately})
    for other in running:
        if n := asked_by_wave[other.pk]:
            busy = ngettext(
                "%(n)s of these people is being asked in “%(wave)s” right now, until %(day)s.",
                "%(n)s of these people are being asked in “%(wave)s” right now, until %(day)s.",
                n,
            )
            values = {"n": n, "wave": title_of(other), "day": _day(other.closes_at)}
            warnings.append(busy % values)
    return warnings


def warn_of_shared_teams(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    """Return which other customer waves ask about the same teams, and who gets the contacts.

    A contact goes to the open wave that opens first.
    """
    teams = {team for group in plan.groups for team in group.team_ids}
    warnings = []
    for other in _others(wave, (Audience.CUSTOMER,), now):
        is_over = other.closed_at is not None or other.closes_at <= max(now, wave.opens_at)
        if is_over or other.opens_at >= wave.closes_at:
            continue
        below = Team.objects.under(other.campaign.scope).filter(pk__in=teams)
        if n := below.exclude(children__isnull=False).count():
            warnings.append(_say_shared(wave, other, n))
    return warnings


def _say_shared(wave: Wave, other: Wave, n: int) -> str:
    if other.opens_at <= wave.opens_at:
        day = other.closes_at
        sentence = ngettext(
            "“%(wave)s” already asks customers of one of these teams: until it closes on %(day)s, "
            "contacts go to it, because it opens first.",
            "“%(wave)s” already asks customers of %(n)s of these teams: until it closes on "
            "%(day)s, contacts go to it, because it opens first.",
            n,
        )
    else:
        day = other.opens_at
        sentence = ngettext(
            "“%(wave)s” asks customers of one of these teams too, from %(day)s: contacts go to "
            "this wave until it closes, because it opens first.",
            "“%(wave)s” asks customers of %(n)s of these teams too, from %(day)s: contacts go to "
            "this wave until it closes, because it opens first.",
            n,
        )
    return sentence % {"wave": title_of(other), "n": n, "day": _day(day)}


def _others(wave: Wave, audiences: Collection[str], now: datetime) -> list[Wave]:
    """Return the launched waves that send links to the same side, and are open or just over."""
    others = Wave.objects.launched().filter(
        channel=Channel.PERSONAL, campaign__audience__in=audiences, closes_at__gt=now - LATELY
    )
    found = others.exclude(pk=wave.pk).select_related("campaign__scope")
    return list(found.order_by("opens_at", "pk"))


def _count_asked(
    wanted: Collection[int], *, waves: Collection[int], lately: Collection[int]
) -> tuple[Counter[int], int]:
    """Return how many of some people each wave asked, and how many any recent wave did."""
    by_wave: Counter[int] = Counter()
    recent: set[int] = set()
    if waves:
        invited = Invitation.objects.filter(wave__in=waves, person__isnull=False)
        for wave_id, person_id in invited.values_list("wave_id", "person_id").iterator():
            if person_id in wanted:
                by_wave[wave_id] += 1
                if wave_id in lately:
                    recent.add(person_id)
    return by_wave, len(recent)


def _day(moment: datetime) -> str:
    return date_format(local_date(moment), "MONTH_DAY_FORMAT")

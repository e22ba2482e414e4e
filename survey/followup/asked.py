"""Who was asked before a playback: they hear of it, whether they answered or not.

Nothing here knows who answered. A wave of staff asked people; a month of customers those whose
letter, or whose contact where none went, lies in that month.
"""

from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from survey.campaigns.models import Invitation
from survey.core.periods import Period, period_start
from survey.followup.models import Playback
from survey.organization.models import Customer, Person
from survey.questionnaires.models import Audience

LONGEST_MONTH = timedelta(days=31)


def next_asked(playback: Playback, *, after: int, n: int) -> list[Person | Customer]:
    """Return the next n of those asked who still have an e-mail address, in the order of rows.

    Slips, codes and tablets were handed to nobody in particular; their page is the heard page.
    """
    invited = _invitations(playback)
    if playback.audience == Audience.CUSTOMER:
        customers = Customer.objects.filter(pk__in=invited.values("customer"), pk__gt=after)
        return list(customers.exclude(email="").order_by("pk")[:n])
    people = Person.objects.filter(pk__in=invited.values("person"), pk__gt=after)
    return list(people.exclude(email="").order_by("pk")[:n])


def asked_addresses(playback: Playback) -> set[str]:
    """Return the e-mail addresses of all who were asked, as far as they still have one."""
    invited = _invitations(playback)
    asked: QuerySet[Customer] | QuerySet[Person] = (
        Customer.objects.filter(pk__in=invited.values("customer"))
        if playback.audience == Audience.CUSTOMER
        else Person.objects.filter(pk__in=invited.values("person"))
    )
    return set(asked.exclude(email="").values_list("email", flat=True))


def _invitations(playback: Playback) -> QuerySet[Invitation]:
    """Return the invitations that went out, or had no address to go to; none put off for good."""
    release = playback.release
    rows = Invitation.objects.filter(wave=release.wave_id)
    rows = rows.exclude(Q(deferred_until__isnull=False) & Q(delivery=None))
    if release.month_start is None:
        return rows
    start = _midnight(release.month_start)
    end = _midnight(period_start(release.month_start + LONGEST_MONTH, Period.MONTH))
    asked = rows.annotate(asked_at=Coalesce("delivery__due_at", "interaction__occurred_at"))
    return asked.filter(asked_at__gte=start, asked_at__lt=end)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

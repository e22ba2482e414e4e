"""Whom the fatigue ledger would let wait if a wave went out as planned: counts, never names."""

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.grouping import GroupPlan
from survey.campaigns.ledger import address_of, free_days, horizon, read_rules
from survey.campaigns.models import Asking, Snooze, Wave
from survey.core.timestamps import local_date
from survey.letters.selectors import digest_address
from survey.organization.models import Person

DAYS_TOLD = 3


def warn_of_deferrals(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    """Return how many people must wait for their letter, and until when."""
    letters_day = max(wave.letters_date or local_date(wave.opens_at), local_date(now))
    people = _people_of_the_ledger(plan.people, letters_day)
    days = free_days(people=people, audience=wave.campaign.audience, today=letters_day)
    waiting = Counter(day for day in days.values() if day > letters_day)
    closes_day = local_date(wave.closes_at)
    n_late = sum(n for day, n in waiting.items() if day > closes_day)
    in_time = sorted((day, n) for day, n in waiting.items() if day <= closes_day)
    warnings = []
    if in_time:
        warnings.append(_say_in_time(in_time))
    if n_late:
        late = ngettext(
            "%(n)s person may not be asked before this wave closes: they get no letter.",
            "%(n)s people may not be asked before this wave closes: they get no letter.",
            n_late,
        )
        warnings.append(late % {"n": _say_number(n_late)})
    return warnings


def _people_of_the_ledger(wanted: Collection[int], day: date) -> list[Person]:
    """Return those of some people of whom the ledger knows anything that may still matter."""
    known = Asking.objects.filter(asked_date__gte=horizon(read_rules(), day))
    people = set(known.values_list("person", flat=True))
    digests = set(known.values_list("address_digest", flat=True))
    digests |= set(
        Snooze.objects.filter(until_date__gt=day).values_list("address_digest", flat=True)
    )
    if not (people or digests):
        return []
    rows = Person.objects.only("pk", "email", "phone").iterator()
    return [
        one for one in rows if one.pk in wanted and (one.pk in people or _digest(one) in digests)
    ]


def _digest(person: Person) -> str:
    address = address_of(person)
    return digest_address(address) if address else " "  # no digest at all


def _say_in_time(days: list[tuple[date, int]]) -> str:
    n_people = sum(n for day, n in days)
    sentence = ngettext(
        "%(n)s person asked as often as the rules allow, or who want a rest, get the letter "
        "later: %(days)s.",
        "%(n)s people asked as often as the rules allow, or who want a rest, get the letter "
        "later: %(days)s.",
        n_people,
    )
    return sentence % {"n": _say_number(n_people), "days": _say_days(days)}


def _say_days(days: list[tuple[date, int]]) -> str:
    told = [
        _("%(n)s until %(day)s")
        % {"n": _say_number(n), "day": date_format(day, "MONTH_DAY_FORMAT")}
        for day, n in days[:DAYS_TOLD]
    ]
    if later := sum(n for day, n in days[DAYS_TOLD:]):
        told.append(_("%(n)s longer") % {"n": _say_number(later)})
    return ", ".join(told)


def _say_number(number: int) -> str:
    return number_format(number, force_grouping=True)

"""For how long what names somebody is kept; what is older is forgotten every day.

Each kind of data has one line in KINDS: whoever adds a kind adds its line, and the daily task, the
check of `manage.py verify` and the works-council sheet know of it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from survey.accounts.access_log import KEPT, forget_accesses, kept_too_long
from survey.campaigns.services.forgetting import (
    NAMED_FOR,
    forget_contacts,
    forget_customers,
    forget_file_problems,
    forget_interactions,
    forget_who_served,
    known_for_nothing,
    met_too_long_ago,
    named_too_long,
    quoted_too_long,
    reachable_too_long,
)
from survey.followup import callback_keeping
from survey.letters.services.forgetting import addressed_before, forget_addresses
from survey.organization.services import forgetting as rosters

AT_ONCE = 500
MOST_ROUNDS = 2000  # a million rows; the next day goes on
GRACE = timedelta(days=2)  # for a task that did not run last night

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data: how many days it is kept, from when on, and how it is forgotten."""

    code: str
    name: Promise
    days: Callable[[], int]
    counted_from: Promise
    forget: Callable[..., int]
    overdue: Callable[..., QuerySet[Any]]


KINDS = (  # in this order: a customer is forgotten after the last contact
    Kind(
        "addresses",
        _("Names and addresses on letters"),
        lambda: settings.ADDRESSES_KEPT_DAYS,
        _("after the letter"),
        forget_addresses,
        addressed_before,
    ),
    Kind(
        "contacts",
        _("Names, e-mail addresses and telephone numbers of customers"),
        lambda: settings.CONTACTS_KEPT_DAYS,
        _("after the end of the last survey they were asked in"),
        forget_contacts,
        reachable_too_long,
    ),
    Kind(
        "served_by",
        _("Who served a customer, for their own page alone"),
        lambda: NAMED_FOR.days,
        _("after the contact, or at the end of the survey where that is sooner"),
        forget_who_served,
        named_too_long,
    ),
    Kind(
        "interactions",
        _("Which customer met which team, and when"),
        lambda: settings.INTERACTIONS_KEPT_DAYS,
        _("after the contact"),
        forget_interactions,
        met_too_long_ago,
    ),
    Kind(
        "customers",
        _("The numbers of customers, and on which days they were asked"),
        lambda: settings.INTERACTIONS_KEPT_DAYS,
        _("after the last contact and the last letter"),
        forget_customers,
        known_for_nothing,
    ),
    Kind(
        "file_problems",
        _("What was wrong with a refused file of contacts, which may quote it"),
        lambda: settings.CONTACTS_KEPT_DAYS,
        _("after it came"),
        forget_file_problems,
        quoted_too_long,
    ),
    Kind(
        "roster_problems",
        _("What was wrong with a refused list of people, which may quote it"),
        lambda: settings.CONTACTS_KEPT_DAYS,
        _("after it came"),
        rosters.forget_roster_problems,
        rosters.quoted_too_long,
    ),
    Kind(
        "callbacks",
        _("Who asked to be called or written to, and what came of it"),
        lambda: callback_keeping.KEPT.days,
        _("after it was settled, or after it was asked for where nobody settled it"),
        callback_keeping.forget_callbacks,
        callback_keeping.kept_too_long,
    ),
    Kind(
        "access_log",
        _("Who, of those who work with Hearthline, opened what"),
        lambda: KEPT.days,
        _("after it was opened"),
        forget_accesses,
        kept_too_long,
    ),
)


def forget_old(*, now: datetime) -> dict[str, int]:
    """Forget everything that is kept no longer, in chunks; return how much of which kind."""
    expired, _rows = Session.objects.filter(expire_date__lt=now).delete()
    return {kind.code: _forget(kind, now) for kind in KINDS} | {"sessions": expired}


def broken_invariants(*, now: datetime) -> list[str]:
    """Name the kinds of which something is kept longer than promised."""
    broken = []
    for kind in KINDS:
        if n := kind.overdue(now=now - GRACE).count():
            broken.append(f"{n} of {kind.code} should have been forgotten {GRACE.days} days ago.")
    return broken


def _forget(kind: Kind, now: datetime) -> int:
    total = 0
    for _round in range(MOST_ROUNDS):
        n = kind.forget(now=now, at_most=AT_ONCE)
        total += n
        if n < AT_ONCE:
            break
    if total:
        logger.info("Forgotten as promised: %s of %s", total, kind.code)
    return total

"""Forget customers: how to reach them, that they met a team, and at last that there were any."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from survey.campaigns.models import (
    Asking,
    ContactFile,
    ContactFileState,
    Interaction,
    Invitation,
)
from survey.core.timestamps import local_date
from survey.organization.models import Customer

NAMED_FOR = timedelta(days=30)  # after that a page says "the person who served you"
NOBODY = {"name": "", "email": "", "phone": "", "time_zone": ""}


def reachable_too_long(*, now: datetime) -> QuerySet[Customer]:
    """Return the customers whose name or address is kept longer than after their last wave."""
    cutoff = now - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    return Customer.objects.exclude(**NOBODY).exclude(_of_a_wave_since(cutoff))


def met_too_long_ago(*, now: datetime) -> QuerySet[Interaction]:
    """Return the contacts that are older than contacts are kept."""
    cutoff = now - timedelta(days=settings.INTERACTIONS_KEPT_DAYS)
    return Interaction.objects.filter(occurred_at__lt=cutoff)


def named_too_long(*, now: datetime) -> QuerySet[Interaction]:
    """Return the contacts that still name who served, though their page needs it no longer."""
    is_over = Q(occurred_at__lt=now - NAMED_FOR)
    is_over |= Q(wave__closes_at__lt=now) | Q(wave__withdrawn_at__lt=now)
    return Interaction.objects.exclude(served_by="").filter(is_over)


def known_for_nothing(*, now: datetime) -> QuerySet[Customer]:
    """Return the customers of whom nothing is left that their row would be needed for."""
    cutoff = now - timedelta(days=settings.INTERACTIONS_KEPT_DAYS)
    met = Interaction.objects.filter(customer=OuterRef("pk"))
    asked = Asking.objects.filter(customer=OuterRef("pk"), asked_date__gte=local_date(cutoff))
    contacts_cutoff = now - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    return Customer.objects.exclude(Exists(met) | Exists(asked) | _of_a_wave_since(contacts_cutoff))


def quoted_too_long(*, now: datetime) -> QuerySet[ContactFile]:
    """Return the refused files that still say what was wrong, longer than that is kept."""
    cutoff = now - timedelta(days=settings.CONTACTS_KEPT_DAYS)
    refused = ContactFile.objects.filter(state=ContactFileState.REFUSED, created_at__lt=cutoff)
    return refused.exclude(problems=[])


def forget_file_problems(*, now: datetime, at_most: int) -> int:
    """Forget what was wrong with old files; return with how many."""
    ids = list(quoted_too_long(now=now).order_by("pk").values_list("pk", flat=True)[:at_most])
    return ContactFile.objects.filter(pk__in=ids).update(problems=[])


@transaction.atomic
def forget_contacts(*, now: datetime, at_most: int) -> int:
    """Take names and addresses off customers whose waves are long over; return off how many.

    The rows are held first and looked at again: a contact that comes in meanwhile keeps them.
    """
    held = reachable_too_long(now=now).select_for_update().order_by("pk")
    ids = list(held.values_list("pk", flat=True)[:at_most])
    return reachable_too_long(now=now).filter(pk__in=ids).update(**NOBODY)


def forget_who_served(*, now: datetime, at_most: int) -> int:
    """Take the names of those who served off contacts that need none; return off how many."""
    ids = list(named_too_long(now=now).order_by("pk").values_list("pk", flat=True)[:at_most])
    return Interaction.objects.filter(pk__in=ids).update(served_by="")


@transaction.atomic
def forget_interactions(*, now: datetime, at_most: int) -> int:
    """Delete the oldest contacts that are kept no longer; return how many."""
    ids = list(met_too_long_ago(now=now).order_by("pk").values_list("pk", flat=True)[:at_most])
    Interaction.objects.filter(pk__in=ids).delete()
    return len(ids)


@transaction.atomic
def forget_customers(*, now: datetime, at_most: int) -> int:
    """Delete the customers of whom nothing else is left; return how many."""
    held = known_for_nothing(now=now).select_for_update().order_by("pk")
    ids = list(held.values_list("pk", flat=True)[:at_most])
    customers = known_for_nothing(now=now).filter(pk__in=ids)
    n = customers.count()
    customers.delete()
    return n


def _of_a_wave_since(cutoff: datetime) -> Q:
    """Say of a customer that a wave knows them which runs, or ended after a moment."""
    is_kept = Q(wave__sealed_at__isnull=True, wave__withdrawn_at__isnull=True)
    is_kept |= Q(wave__sealed_at__gte=cutoff) | Q(wave__withdrawn_at__gte=cutoff)
    met = Interaction.objects.filter(is_kept, customer=OuterRef("pk"))
    invited = Invitation.objects.filter(is_kept, customer=OuterRef("pk"))
    return Q(Exists(met)) | Q(Exists(invited))

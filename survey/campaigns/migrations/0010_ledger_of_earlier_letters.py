from django.db import migrations
from django.db.models import Q

from survey.letters.selectors import digest_address

ROWS_AT_ONCE = 2000


def record_earlier_letters(apps, schema_editor):
    """Write into the ledger whom earlier versions asked, so that it counts from the beginning."""
    invitations = apps.get_model("campaigns", "Invitation").objects
    asked = invitations.filter(
        Q(person__isnull=False) | Q(customer__isnull=False), delivery__isnull=False, asking=None
    ).exclude(delivery__state="FAILED", delivery__is_uncertain=False)
    rows = asked.select_related("person", "customer", "delivery", "wave__campaign").order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:ROWS_AT_ONCE]):
        write_askings(apps.get_model("campaigns", "Asking"), batch)
        last = batch[-1].pk


def write_askings(model, invitations):
    """Write one asking for each letter."""
    people = [(row, row.person or row.customer) for row in invitations]
    model.objects.bulk_create(
        model(
            person=row.person,
            customer=row.customer,
            invitation=row,
            wave=row.wave,
            address_digest=digest_of(somebody.email or somebody.phone),
            audience=row.wave.campaign.audience,
            asked_date=row.delivery.due_at.date(),
        )
        for row, somebody in people
    )


def digest_of(address):
    """Return what the ledger knows of an address."""
    return digest_address(address) if address else ""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0009_open_links")]

    operations = [migrations.RunPython(record_earlier_letters, migrations.RunPython.noop)]

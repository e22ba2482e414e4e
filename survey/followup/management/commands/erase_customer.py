"""Erase whatever names a customer."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.core.timestamps import local_date
from survey.followup.erasure import ARTICLE_11, count_known, erase_customer, find_customers
from survey.followup.waiting_files import list_waiting_files


class Command(BaseCommand):
    help = (
        "Erase a customer: name, addresses, contacts, and who was asked when. Their addresses are "
        "remembered as digests, so that they are not asked again. Backups made before still hold "
        "them, until they are deleted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the customer, and whether to write."""
        parser.add_argument("customer", help="the company's number of the customer, or an e-mail")
        parser.add_argument("--dry-run", action="store_true", help="only say what is known")

    def handle(self, *args: Any, customer: str, dry_run: bool, **options: Any) -> None:
        """Erase everybody who goes by this number or address, and say how much that was."""
        found = find_customers(wanted=customer)
        if not found:
            raise CommandError("Nobody is known under this number or address.")
        for one in found:
            known = count_known(customer=one)
            files = list_waiting_files(customer=one)
            if not dry_run:
                erase_customer(customer_id=one.pk, today=local_date(timezone.now()))
            self.stdout.write(
                f"{'Would erase' if dry_run else 'Erased'} one customer: "
                f"{_count(known.n_interactions, 'contact')}, "
                f"{_count(known.n_invitations, 'invitation')}, "
                f"{_count(known.n_letters, 'address', 'addresses')} on letters, "
                f"{_count(known.n_callbacks, 'wish', 'wishes')} to be called."
            )
            for name in files:
                self.stdout.write(
                    f"The file {name} waits to be taken in and names them too: put it aside."
                )
        self.stdout.write(ARTICLE_11)


def _count(n: int, one: str, many: str = "") -> str:
    return f"{n} {one if n == 1 else many or f'{one}s'}"

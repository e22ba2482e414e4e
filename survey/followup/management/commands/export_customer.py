"""Write down everything that is known of a customer."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.followup.erasure import export_customer, find_customers


class Command(BaseCommand):
    help = "Write everything that is known of a customer as JSON, for them to have."

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the customer."""
        parser.add_argument("customer", help="the company's number of the customer, or an e-mail")

    def handle(self, *args: Any, customer: str, **options: Any) -> None:
        """Print a list of one document for everybody who goes by this number or address."""
        found = find_customers(wanted=customer)
        if not found:
            raise CommandError("Nobody is known under this number or address.")
        now = timezone.now()
        documents = [export_customer(customer=one, now=now) for one in found]
        self.stdout.write(json.dumps(documents, indent=2, ensure_ascii=False))

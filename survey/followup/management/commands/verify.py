"""Check what must always be true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from survey.aggregation import invariants as aggregation
from survey.campaigns import invariants as campaigns
from survey.letters import invariants as letters
from survey.responses import invariants as responses

CHECKED = {
    "campaigns": campaigns.broken_invariants,
    "letters": letters.broken_invariants,
    "responses": responses.broken_invariants,
    "aggregation": aggregation.broken_invariants,
}


class Command(BaseCommand):
    help = "Check every invariant; name the broken ones and fail if there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask each app at the same moment."""
        now = timezone.now()
        broken = [
            f"{name}: {sentence}" for name, check in CHECKED.items() for sentence in check(now=now)
        ]
        for sentence in broken:
            self.stdout.write(sentence)
        if broken:
            raise CommandError(f"{len(broken)} invariants are broken.")
        self.stdout.write("Every invariant holds.")

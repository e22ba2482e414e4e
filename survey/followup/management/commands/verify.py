"""Check what must always be true."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from survey.followup.invariants import broken_invariants


class Command(BaseCommand):
    help = "Check every invariant; name the broken ones and fail if there are any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask each app at the same moment."""
        broken = list(broken_invariants(now=timezone.now()))
        for sentence in broken:
            self.stdout.write(sentence)
        if broken:
            raise CommandError(f"{len(broken)} invariants are broken.")
        self.stdout.write("Every invariant holds.")

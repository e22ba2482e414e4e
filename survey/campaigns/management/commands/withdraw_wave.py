"""Take back a wave that was launched by mistake."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from survey.campaigns.services import withdraw_wave
from survey.campaigns.services.endings import NotWithdrawableError


class Command(BaseCommand):
    """Withdraw one wave; its page and its links say so from now on."""

    help = (
        "Withdraw a wave that was launched by mistake: its links say so, its answers and keys are "
        "destroyed, and nobody will ever read a result."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the wave, and why."""
        parser.add_argument(
            "wave_id", type=int, metavar="WAVE_ID", help="the number in its address"
        )
        parser.add_argument("--reason", required=True, help="kept, and shown on the wave's page")

    def handle(self, *args: Any, wave_id: int, reason: str, **options: Any) -> None:
        """Withdraw, or say why not."""
        if not reason.strip():
            raise CommandError("Say why: --reason must not be empty.")
        try:
            withdraw_wave(wave_id=wave_id, reason=reason.strip(), now=timezone.now())
        except NotWithdrawableError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        self.stdout.write(self.style.SUCCESS(f"Wave {wave_id} is withdrawn."))

"""Take a campaign among colleagues into a comparison."""

from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from survey.campaigns.models import Campaign, Pairing
from survey.campaigns.services import PairingAudienceError, set_colleagues
from survey.questionnaires.models import Audience


class Command(BaseCommand):
    """Say which campaign among colleagues a pairing takes in, or that it takes in none."""

    help = (
        "Take a campaign among colleagues into a pairing, in the place of another, so that it "
        "also shows how service goes from team to team; or take it out with --none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the pairing and the campaign."""
        parser.add_argument("--pairing", required=True, metavar="CODE")
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--campaign", metavar="CODE", help="one that asks colleagues")
        which.add_argument("--none", action="store_true", help="take in no colleagues any more")

    def handle(self, *args: Any, pairing: str, campaign: str | None, **options: Any) -> None:
        """Take it in or out, or say why not."""
        found = find_pairing(pairing)
        colleague = find_campaign(campaign) if campaign is not None else None
        try:
            set_colleagues(pairing=found, colleague=colleague)
        except PairingAudienceError as error:
            raise CommandError(f"Nothing was changed: {error}.") from error
        said = f"takes in {colleague}" if colleague else "takes in no colleagues"
        self.stdout.write(self.style.SUCCESS(f"{found} {said}."))


def find_pairing(code: str) -> Pairing:
    """Return a pairing by code, or stop with the codes there are."""
    found = Pairing.objects.filter(code=code).first()
    if found is None:
        known = Pairing.objects.order_by("code").values_list("code", flat=True)
        raise CommandError(f"There is no pairing {code}. There is: {_list(known)}.")
    return found


def find_campaign(code: str) -> Campaign:
    """Return a campaign by code, or stop with the codes of those among colleagues."""
    found = Campaign.objects.filter(code=code).first()
    if found is None:
        among = Campaign.objects.filter(audience=Audience.COLLEAGUE).order_by("code")
        known = among.values_list("code", flat=True)
        raise CommandError(f"There is no campaign {code}. Among colleagues: {_list(known)}.")
    return found


def _list(codes: Iterable[str]) -> str:
    return ", ".join(codes) or "none yet"

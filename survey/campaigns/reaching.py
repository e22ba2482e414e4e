"""By which channel, at which address and when somebody is written to."""

from collections.abc import Sequence
from datetime import datetime

from survey.campaigns.customer_rules import addresses_of, contact_letter_due_at, rules_of
from survey.campaigns.models import Invitation, Wave
from survey.campaigns.zones import letter_due_at, zone_of
from survey.letters.models import DeliveryChannel
from survey.letters.selectors import reachable_addresses
from survey.letters.services import Recipient


def find_recipients(
    *, wave: Wave, invitations: Sequence[Invitation], now: datetime
) -> list[tuple[Invitation, Recipient]]:
    """Return those of the invited who take letters, each at the first address that does."""
    ways = {row.pk: _ways(wave, row) for row in invitations}
    addresses = (address for some in ways.values() for _, address in some)
    welcome = reachable_addresses(addresses=addresses, now=now)
    found: list[tuple[Invitation, Recipient]] = []
    for row in invitations:
        open_ways = [way for way in ways[row.pk] if way[1] in welcome]
        if open_ways:
            channel, address = open_ways[0]
            found.append((row, Recipient(_name(row), address, channel)))
    return found


class LetterTimes:
    """When a wave's letters are due: people's reckoned once for each zone, customers' by contact.

    None where a letter would come too late.
    """

    def __init__(self, wave: Wave, now: datetime) -> None:
        self._wave = wave
        self._now = now
        self._by_zone: dict[str, datetime | None] = {}

    def of(self, invitation: Invitation) -> datetime | None:
        """Return when one of the invited is written to."""
        if invitation.interaction is not None:
            return contact_letter_due_at(
                wave=self._wave,
                interaction=invitation.interaction,
                customer=invitation.customer,
                now=self._now,
            )
        zone = zone_of(invitation.person or invitation.customer)
        if zone not in self._by_zone:
            self._by_zone[zone] = letter_due_at(wave=self._wave, zone=zone, now=self._now)
        return self._by_zone[zone]


def _name(invitation: Invitation) -> str:
    somebody = invitation.person or invitation.customer
    return somebody.name if somebody else ""


def _ways(wave: Wave, invitation: Invitation) -> tuple[tuple[str, str], ...]:
    """Return the channels and addresses to try; none where somebody was erased or is unknown."""
    if invitation.customer is not None:
        return addresses_of(customer=invitation.customer, rules=rules_of(wave.campaign))
    if invitation.person is not None and invitation.person.email:
        return ((DeliveryChannel.EMAIL.value, invitation.person.email),)
    return ()

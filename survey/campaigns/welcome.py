"""Whether customers are asked after their contacts, and why not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from survey.campaigns.customer_rules import addresses_of, is_expired, rules_of
from survey.campaigns.models import Interaction, Wave
from survey.core.batches import in_batches
from survey.letters.selectors import stopped_addresses
from survey.organization.models import Customer

ASKED, DEFERRED = "asked", "deferred"
NO_ADDRESS, STOPPED, ASKED_LATELY = "no_address", "stopped", "asked_lately"
NOT_SAMPLED, EXPIRED = "not_sampled", "expired"
REASONS = (ASKED, DEFERRED, NO_ADDRESS, STOPPED, ASKED_LATELY, NOT_SAMPLED, EXPIRED)
CUSTOMERS_AT_ONCE = 500


class Welcome:
    """Decides contact by contact, in their order; everything it needs to know is read once."""

    def __init__(self, customers: Iterable[Customer], now: datetime) -> None:
        self._now = now
        known = list(customers)
        self._stopped = stopped_addresses(
            addresses=[address for row in known for address in (row.email, row.phone) if address]
        )
        self._asked: dict[tuple[int, int], list[datetime]] = defaultdict(list)
        for batch in in_batches([row.pk for row in known], CUSTOMERS_AT_ONCE):
            asked = Interaction.objects.filter(customer__in=batch, is_asked=True)
            for customer_id, team_id, at in asked.values_list("customer", "team", "occurred_at"):
                self._asked[customer_id, team_id].append(at)

    def decide(self, *, customer: Customer, team_id: int, wave: Wave, occurred_at: datetime) -> str:
        """Return why a customer is asked about a contact, or is not; and remember it."""
        rules = rules_of(wave.campaign)
        ways = addresses_of(customer=customer, rules=rules)
        if not ways:
            return NO_ADDRESS
        if all(address in self._stopped for _, address in ways):
            return STOPPED
        if is_expired(rules=rules, occurred_at=occurred_at, at=self._now):
            return EXPIRED
        asked = self._asked[customer.pk, team_id]
        interval = timedelta(days=wave.campaign.minimum_interval_days)
        if any(abs(occurred_at - earlier) < interval for earlier in asked):
            return ASKED_LATELY
        asked.append(occurred_at)
        return ASKED

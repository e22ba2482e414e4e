"""Whether customers are asked after their contacts, and why not."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from survey.campaigns.customer_rules import (
    addresses_of,
    earliest_moment,
    is_expired,
    rules_of,
)
from survey.campaigns.models import Interaction, Wave
from survey.campaigns.turns import Plan, turns_of_customers
from survey.core.batches import in_batches
from survey.letters.selectors import stopped_addresses
from survey.organization.models import Customer

ASKED, DEFERRED = "asked", "deferred"
NO_ADDRESS, STOPPED, ASKED_LATELY = "no_address", "stopped", "asked_lately"
NOT_SAMPLED, EXPIRED = "not_sampled", "expired"
REASONS = (ASKED, DEFERRED, NO_ADDRESS, STOPPED, ASKED_LATELY, NOT_SAMPLED, EXPIRED)
CUSTOMERS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Decision:
    """Why a customer is asked, or is not; and the ledger's next free day where it defers."""

    reason: str
    deferred_until: date | None = None


class Welcome:
    """Decides contact by contact, in their order; everything it needs to know is read once."""

    def __init__(self, customers: Iterable[Customer], now: datetime) -> None:
        self._now = now
        known = list(customers)
        self._turns = turns_of_customers(customers=known, now=now)
        self._stopped = stopped_addresses(
            addresses=[address for row in known for address in (row.email, row.phone) if address]
        )
        self._asked: dict[tuple[int, int], list[datetime]] = defaultdict(list)
        for batch in in_batches([row.pk for row in known], CUSTOMERS_AT_ONCE):
            asked = Interaction.objects.filter(customer__in=batch, is_asked=True)
            for customer_id, team_id, at in asked.values_list("customer", "team", "occurred_at"):
                self._asked[customer_id, team_id].append(at)

    def decide(
        self, *, customer: Customer, team_id: int, wave: Wave, occurred_at: datetime
    ) -> Decision:
        """Return why a customer is asked about a contact, or is not; and remember it."""
        reason = self._find_reason(customer, team_id, wave, occurred_at)
        if reason:
            return Decision(reason)
        due_at = earliest_moment(
            wave=wave, customer=customer, occurred_at=occurred_at, now=self._now
        )
        turn = self._turns.take(wave=wave, plan=Plan(customer, due_at, occurred_at))
        if turn.due_at is None:  # once the ledger lets us ask, it will be too long ago
            return Decision(ASKED_LATELY)
        self._asked[customer.pk, team_id].append(occurred_at)
        return Decision(DEFERRED if turn.deferred_until else ASKED, turn.deferred_until)

    def _find_reason(
        self, customer: Customer, team_id: int, wave: Wave, occurred_at: datetime
    ) -> str:
        """Return what keeps us from asking, beside the ledger; empty where nothing does."""
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
        is_lately = any(abs(occurred_at - earlier) < interval for earlier in asked)
        return ASKED_LATELY if is_lately else ""

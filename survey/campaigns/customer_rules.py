"""When, how and how often customers are asked after a contact."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from survey.campaigns.models import Campaign, CustomerRules, Interaction, Invitation, Wave
from survey.campaigns.zones import quiet_hours_of, zone_of
from survey.core.local_time import after_quiet_hours
from survey.letters.models import DeliveryChannel
from survey.organization.models import Customer

SAMPLING = "survey.campaigns.sampling"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one campaign; as they stand here where HR has set none."""

    delay: timedelta = timedelta(0)
    sample_percent: int = 100
    expires_after: timedelta | None = None
    uses_email: bool = True
    uses_sms: bool = False


def rules_of(campaign: Campaign) -> Rules:
    """Return the rules of a campaign, which has been read with its customer_rules."""
    try:
        stored = campaign.customer_rules
    except CustomerRules.DoesNotExist:
        return Rules()
    return Rules(
        delay=timedelta(minutes=stored.delay_minutes),
        sample_percent=stored.sample_percent,
        expires_after=timedelta(days=stored.expires_days) if stored.expires_days else None,
        uses_email=stored.uses_email,
        uses_sms=stored.uses_sms,
    )


def is_sampled(*, idempotency_key: str, percent: int) -> bool:
    """Draw whether a contact is asked about; the same report always draws the same.

    The draw is made of a secret, so that nobody can choose keys that win, and nothing is stored.
    """
    if percent >= 100:
        return True
    draw = salted_hmac(SAMPLING, idempotency_key, algorithm="sha256").digest()
    return int.from_bytes(draw[:8], "big") * 100 < percent << 64


def addresses_of(*, customer: Customer, rules: Rules) -> tuple[tuple[str, str], ...]:
    """Return the channels on which a customer may be asked and their addresses, the first best."""
    by_email = (DeliveryChannel.EMAIL.value, customer.email)
    by_sms = (DeliveryChannel.SMS.value, customer.phone)
    ways = ((by_email, rules.uses_email), (by_sms, rules.uses_sms))
    return tuple(way for way, is_used in ways if is_used and way[1])


def is_expired(*, rules: Rules, occurred_at: datetime, at: datetime) -> bool:
    """Say whether a contact is so long ago at a moment that nobody is asked about it any more."""
    return rules.expires_after is not None and at >= occurred_at + rules.expires_after


def is_too_late(*, invitation: Invitation, now: datetime) -> bool:
    """Say whether the contact somebody was invited after is too long ago; never for people."""
    interaction = invitation.interaction
    if interaction is None:
        return False
    rules = rules_of(invitation.wave.campaign)
    return is_expired(rules=rules, occurred_at=interaction.occurred_at, at=now)


def contact_letter_due_at(
    *, wave: Wave, interaction: Interaction, customer: Customer | None, now: datetime
) -> datetime | None:
    """Return when a customer is written to about a contact; None where that would be too late.

    That is the campaign's delay after the contact, never before now, and never in quiet hours on
    the customer's own clock: then at their end.
    """
    occurred_at = interaction.occurred_at
    due_at = earliest_moment(wave=wave, customer=customer, occurred_at=occurred_at, now=now)
    is_late = is_expired(rules=rules_of(wave.campaign), occurred_at=occurred_at, at=due_at)
    return None if is_late or due_at >= wave.closes_at else due_at


def earliest_moment(
    *, wave: Wave, customer: Customer | None, occurred_at: datetime, now: datetime
) -> datetime:
    """Return when somebody may be written to about a contact, whether or not it is too late."""
    return after_quiet_hours(
        moment=max(now, occurred_at + rules_of(wave.campaign).delay),
        zone=zone_of(customer),
        quiet=quiet_hours_of(wave.campaign),
    )

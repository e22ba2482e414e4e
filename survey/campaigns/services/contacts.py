"""Say how the customers of a campaign are asked."""

from collections.abc import Collection
from datetime import time, timedelta

from django.db import transaction

from survey.campaigns.customer_rules import Rules
from survey.campaigns.models import Campaign, CustomerRules, Fact, Interaction

MINUTE = timedelta(minutes=1)


class UnknownFactError(Exception):
    """No page can tell that of a contact."""


@transaction.atomic
def set_customer_rules(
    *,
    campaign_id: int,
    rules: Rules,
    minimum_interval_days: int,
    quiet_hours: tuple[time, time] | None,
    told_facts: Collection[str],
) -> None:
    """Have a campaign's customers asked by these rules from now on; letters that wait keep theirs.

    A link expires by the rules of the moment at which it is opened. Pages tell the told facts of
    a contact, and no others; names of employees that may not be told any more are forgotten.
    """
    told = _read_facts(told_facts)
    begins, ends = quiet_hours or (None, None)
    Campaign.objects.filter(pk=campaign_id).update(
        minimum_interval_days=minimum_interval_days,
        quiet_from=begins,
        quiet_until=ends,
        told_facts=told,
    )
    if Fact.SERVED_BY not in told:
        named = Interaction.objects.filter(wave__campaign=campaign_id).exclude(served_by="")
        named.update(served_by="")
    CustomerRules.objects.update_or_create(
        campaign_id=campaign_id,
        defaults={
            "delay_minutes": rules.delay // MINUTE,
            "sample_percent": rules.sample_percent,
            "expires_days": rules.expires_after.days if rules.expires_after else None,
            "uses_email": rules.uses_email,
            "uses_sms": rules.uses_sms,
        },
    )


def _read_facts(facts: Collection[str]) -> list[str]:
    unknown = set(facts).difference(Fact.values)
    if unknown:
        raise UnknownFactError(", ".join(sorted(unknown)))
    return [fact for fact in Fact.values if fact in facts]

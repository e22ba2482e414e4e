"""Say how often people of an audience may be asked; letters already planned keep their day."""

from dataclasses import asdict

from django.db import transaction

from survey.campaigns.fatigue import Rule
from survey.campaigns.models import FatigueRule

MOST_DAYS = 730
MOST_ASKINGS = 366


class FatigueRuleError(Exception):
    """The rule makes no sense; the message says why."""


@transaction.atomic
def set_fatigue_rule(*, audience: str, rule: Rule) -> None:
    """Let people of an audience be asked so often from now on, over all surveys together."""
    if not 1 <= rule.at_most <= MOST_ASKINGS:
        raise FatigueRuleError(f"Ask between once and {MOST_ASKINGS} times.")
    if not 1 <= rule.within_days <= MOST_DAYS:
        raise FatigueRuleError(f"Count over 1 to {MOST_DAYS} days.")
    if not 0 <= rule.gap_days <= MOST_DAYS:
        raise FatigueRuleError(f"Leave 0 to {MOST_DAYS} days between two letters.")
    FatigueRule.objects.update_or_create(audience=audience, defaults=asdict(rule))


@transaction.atomic
def reset_fatigue_rule(*, audience: str) -> None:
    """Go back to the rule that holds where nobody has set one."""
    FatigueRule.objects.filter(audience=audience).delete()

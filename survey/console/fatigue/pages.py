"""What the pages of the fatigue ledger show."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.translation import gettext_lazy, ngettext

from survey.accounts.models import User
from survey.campaigns.backlog import Backlog, LedgerCounts, count_ledger, list_backlogs
from survey.campaigns.fatigue import DEFAULT_RULES, Rule
from survey.campaigns.ledger import read_rules
from survey.campaigns.naming import name_wave
from survey.console.access import may_ask
from survey.core.timestamps import local_date
from survey.questionnaires.models import Audience

WHO = {
    Audience.EMPLOYEE.value: gettext_lazy("People who work here"),
    Audience.COLLEAGUE.value: gettext_lazy("Teams, about those that serve them"),
    Audience.CUSTOMER.value: gettext_lazy("Customers"),
}
SLUGS = {value: value.lower() for value in WHO}


@dataclass(frozen=True, slots=True)
class RuleLine:
    """The rule of one audience, as a sentence."""

    slug: str
    who: str
    sentence: str
    is_default: bool
    may_change: bool


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave of which some had to wait."""

    wave_id: int
    name: str
    number: int
    is_customers: bool
    is_colleagues: bool
    days: tuple[Backlog, ...]
    n_unasked: int

    @property
    def title(self) -> str:
        """Return what the wave is called."""
        return name_wave(campaign=self.name, number=self.number)


@dataclass(frozen=True, slots=True)
class FatiguePage:
    """The rules, those who wait, and what the ledger holds."""

    rules: tuple[RuleLine, ...]
    waves: tuple[WaveLine, ...]
    counts: LedgerCounts


def build_fatigue_page(*, user: User, now: datetime) -> FatiguePage:
    """Return the page of the ledger, in a handful of queries however many were asked."""
    rules = read_rules()
    return FatiguePage(
        rules=tuple(_rule_line(audience, rules[audience], user) for audience in WHO),
        waves=_wave_lines(list_backlogs(now=now)),
        counts=count_ledger(today=local_date(now)),
    )


def audience_of(slug: str) -> str | None:
    """Return the audience that an address names."""
    return next((audience for audience, name in SLUGS.items() if name == slug), None)


def say_rule(rule: Rule) -> str:
    """Return a rule in words."""
    often = ngettext("once", "%(n)s times", rule.at_most) % {"n": rule.at_most}
    days = ngettext("a day", "%(n)s days", rule.within_days) % {"n": rule.within_days}
    sentence = ngettext(
        "At most %(often)s in %(days)s, and %(gap)s day or more from one letter to the next.",
        "At most %(often)s in %(days)s, and %(gap)s days or more from one letter to the next.",
        rule.gap_days,
    )
    return sentence % {"often": often, "days": days, "gap": rule.gap_days}


def _rule_line(audience: str, rule: Rule, user: User) -> RuleLine:
    is_default = rule == DEFAULT_RULES[audience]
    may_change = may_ask(user=user, audience=audience)
    return RuleLine(SLUGS[audience], str(WHO[audience]), say_rule(rule), is_default, may_change)


def _wave_lines(backlogs: tuple[Backlog, ...]) -> tuple[WaveLine, ...]:
    lines = []
    for wave_id, rows in groupby(backlogs, key=lambda row: row.wave_id):
        days = tuple(rows)
        lines.append(
            WaveLine(
                wave_id=wave_id,
                name=days[0].name,
                number=days[0].number,
                is_customers=days[0].audience == Audience.CUSTOMER,
                is_colleagues=days[0].audience == Audience.COLLEAGUE,
                days=tuple(day for day in days if day.n_waiting or day.n_asked),
                n_unasked=sum(day.n_unasked for day in days),
            )
        )
    return tuple(lines)

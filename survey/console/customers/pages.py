"""What the customers' pages show: plain facts, so that a template asks the database nothing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.customer_rules import Rules, contact_letter_due_at, is_expired, rules_of
from survey.campaigns.models import (
    Campaign,
    ContactFile,
    ContactFileState,
    ContactSource,
    Interaction,
    UnsampledContacts,
    Wave,
)
from survey.console.arrivals import Arrival
from survey.console.customers.words import say_rules
from survey.organization.models import Customer
from survey.questionnaires.models import Audience

N_FILES = 10
MONTH = timedelta(days=30)
CHIPS = {
    ContactFileState.APPLIED: "ok",
    ContactFileState.READY: "gold",
    ContactFileState.REFUSED: "bad",
}


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A customer campaign and its rules."""

    code: str
    name: str
    rules: str
    open_wave_id: int | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """How contacts come in, and what became of those of the last month."""

    campaigns: tuple[CampaignRow, ...]
    files: tuple[Arrival, ...]
    sources: tuple[ContactSource, ...]
    n_contacts: int
    n_asked: int
    n_left_out: int

    @property
    def summary(self) -> str:
        """Return what came in of late, in a sentence."""
        return say_contacts(self.n_contacts, self.n_asked, self.n_left_out)


@dataclass(frozen=True, slots=True)
class Example:
    """What the rules make of one contact."""

    occurred_at: datetime
    letter_at: datetime | None
    expires_at: datetime | None


def build_home_page(*, now: datetime) -> HomePage:
    """Return the customers' first page."""
    since = now - MONTH
    recent = Interaction.objects.filter(occurred_at__gte=since)
    left_out = UnsampledContacts.objects.filter(contact_date__gte=since.date())
    files = ContactFile.objects.defer("content").order_by("-created_at", "-pk")[:N_FILES]
    return HomePage(
        campaigns=_list_campaigns(now),
        files=tuple(map(_arrival, files)),
        sources=tuple(ContactSource.objects.select_related("campaign").order_by("name", "pk")),
        n_contacts=recent.count(),
        n_asked=recent.filter(is_asked=True).count(),
        n_left_out=left_out.aggregate(n=Sum("n"))["n"] or 0,
    )


def say_contacts(n_contacts: int, n_asked: int, n_left_out: int) -> str:
    """Return how many contacts came in, in how many of them customers were asked."""
    if not n_contacts and not n_left_out:
        return _("No contact has come in in the last 30 days.")
    if n_left_out:
        sentence = ngettext(
            "In the last 30 days %(n)s contact, %(asked)s of them asked about; %(left_out)s more "
            "outside the sample, counted and not kept.",
            "In the last 30 days %(n)s contacts, %(asked)s of them asked about; %(left_out)s more "
            "outside the sample, counted and not kept.",
            n_contacts,
        )
    else:
        sentence = ngettext(
            "In the last 30 days %(n)s contact, %(asked)s of them asked about.",
            "In the last 30 days %(n)s contacts, %(asked)s of them asked about.",
            n_contacts,
        )
    numbers = {"n": n_contacts, "asked": n_asked, "left_out": n_left_out}
    return sentence % {name: intcomma(n) for name, n in numbers.items()}


def chip_of(file: ContactFile) -> str:
    """Return the class of a file's chip."""
    return CHIPS.get(ContactFileState(file.state), "")


def build_examples(*, campaign: Campaign, now: datetime) -> tuple[Example, ...]:
    """Return what a campaign's rules make of a contact by day and of one late in the evening."""
    wave = Wave(campaign=campaign, closes_at=now + timedelta(days=400))
    rules = rules_of(campaign)
    moments = (now.replace(hour=hour, minute=15, second=0, microsecond=0) for hour in (10, 22))
    return tuple(_example(wave, rules, moment) for moment in moments)


def _example(wave: Wave, rules: Rules, moment: datetime) -> Example:
    due_at = contact_letter_due_at(
        wave=wave, interaction=Interaction(occurred_at=moment), customer=Customer(), now=moment
    )
    is_late = due_at is not None and is_expired(rules=rules, occurred_at=moment, at=due_at)
    expires_at = moment + rules.expires_after if rules.expires_after else None
    return Example(moment, None if is_late else due_at, expires_at)


def _list_campaigns(now: datetime) -> tuple[CampaignRow, ...]:
    open_waves = Wave.objects.open_at(now).filter(campaign__audience=Audience.CUSTOMER)
    waves = dict(open_waves.order_by("-opens_at").values_list("campaign", "pk"))
    campaigns = Campaign.objects.filter(audience=Audience.CUSTOMER)
    return tuple(
        CampaignRow(row.code, row.name, say_rules(rules_of(row)), waves.get(row.pk))
        for row in campaigns.select_related("customer_rules").order_by("name", "pk")
    )


def first_day(file: ContactFile) -> date | None:
    """Return the day of the first contact in a checked file."""
    return _day(file.difference.get("first_at", ""))


def last_day_of(file: ContactFile) -> date | None:
    """Return the day of the last contact in a checked file."""
    return _day(file.difference.get("last_at", ""))


def _day(moment: str) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None


def _arrival(file: ContactFile) -> Arrival:
    return Arrival(
        name=file.name,
        address=reverse("console:customers:file", args=[file.pk]),
        came_at=file.created_at,
        sent=file.by,
        state=file.get_state_display(),
        chip=chip_of(file),
    )

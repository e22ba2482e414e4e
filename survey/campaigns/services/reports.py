"""Take in what other systems report of contacts, in their own words, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_noop as _

from survey.campaigns.contacts import BadContactError, Contact, Problem, read_contact
from survey.campaigns.services.interactions import (
    KEY_REUSED,
    UNKNOWN_TEAM,
    Receipt,
    RowError,
    record_batch,
)
from survey.organization.files import Said

NO_TEAM = _('There is no team "%(team)s".')
Outcome = Receipt | tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody said of one contact, unchecked, and the key under which they said it."""

    key: str
    data: object


def record_reports(
    *, reports: Sequence[Report], now: datetime, campaign_id: int | None = None
) -> list[Outcome]:
    """Check reports and take in the good ones; return receipts, or all that is wrong, in order."""
    outcomes: dict[int, Outcome] = {}
    contacts: dict[int, Contact] = {}
    for number, report in enumerate(reports):
        try:
            contacts[number] = read_contact(report.data, key=report.key, now=now)
        except BadContactError as error:
            outcomes[number] = error.problems
    taken = record_batch(rows=list(contacts.values()), now=now, campaign_id=campaign_id)
    for number, outcome in zip(contacts, taken, strict=True):
        outcomes[number] = (explain(outcome),) if isinstance(outcome, RowError) else outcome
    return [outcomes[number] for number in range(len(reports))]


def explain(error: RowError) -> Problem:
    """Say which field an error is about, and what is wrong with it."""
    if error.code == KEY_REUSED:
        message = Said(_("This key was used for another interaction."))
        return Problem("idempotency_key", error.code, message)
    if error.code == UNKNOWN_TEAM:
        return Problem("team", error.code, Said(NO_TEAM, team=error.what))
    message = Said(_('No open customer wave asks about the team "%(team)s".'), team=error.what)
    return Problem("team", error.code, message)

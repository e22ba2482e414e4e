"""How somebody stands in the fatigue ledger, told to whoever holds their stop link."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from survey.campaigns.ledger import Record, address_of, human_of, read_records, read_rules
from survey.campaigns.models import Invitation
from survey.campaigns.selectors import UnknownLinkError
from survey.campaigns.zones import zone_of
from survey.core.tokens import digest_token
from survey.letters.selectors import stopped_addresses

YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Standing:
    """On which days of the last year somebody was asked, and when they may be asked again.

    planned_date is the day of a letter that waits; free_date is None where they may be asked at
    once. Nothing is known of an address that was erased.
    """

    has_address: bool
    is_stopped: bool = False
    snoozed_until: date | None = None
    asked_dates: tuple[date, ...] = ()
    planned_date: date | None = None
    free_date: date | None = None


def find_stop_link(*, token: str) -> Invitation:
    """Return the invitation that a stop link came with; raise UnknownLinkError if none did."""
    invitation = (
        Invitation.objects.select_related("person", "customer", "wave__campaign")
        .filter(stop_digest=digest_token(token))
        .first()
    )
    if invitation is None or not token:
        raise UnknownLinkError
    return invitation


def get_standing(*, token: str, now: datetime) -> Standing:
    """Return how the holder of a stop link stands; raise UnknownLinkError if nobody holds it."""
    invitation = find_stop_link(token=token)
    somebody = invitation.person or invitation.customer
    if somebody is None:
        return Standing(has_address=False)
    today = now.astimezone(ZoneInfo(zone_of(somebody))).date()
    (record,) = read_records([human_of(somebody)], since=today - YEAR)
    days = sorted({entry.day for entry, _ in record.askings})
    address = address_of(somebody)
    return Standing(
        has_address=bool(address),
        is_stopped=bool(address and stopped_addresses(addresses=[address])),
        snoozed_until=_ahead(record.snoozed_until, today),
        asked_dates=tuple(day for day in days if day <= today),
        planned_date=next((day for day in days if day > today), None),
        free_date=_ahead(_free_day(record, invitation.wave.campaign.audience, today), today),
    )


def _free_day(record: Record, audience: str, today: date) -> date:
    return record.free_day(audience=audience, rules=read_rules(), day=today)


def _ahead(day: date | None, today: date) -> date | None:
    return day if day is not None and day > today else None

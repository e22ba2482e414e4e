"""Remember who wants no more letters."""

from datetime import date

from survey.letters.models import StopEntry
from survey.letters.selectors import digest_address


def stop_address(*, address: str, today: date) -> None:
    """Put an address on the stop list; a second time changes nothing."""
    StopEntry.objects.get_or_create(
        address_digest=digest_address(address), defaults={"created_date": today}
    )

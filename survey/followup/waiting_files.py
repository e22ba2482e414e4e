"""Which files of contacts that are not taken in yet name a customer: erasing cannot reach them."""

import re

from survey.campaigns.contact_files import ContactFileError, open_sheet
from survey.campaigns.models import ContactFile
from survey.organization.models import Customer


def list_waiting_files(*, customer: Customer) -> tuple[str, ...]:
    """Return the names of the files on their way that hold a customer's number or address.

    They hold it until they are taken in or put aside, and taking one in makes the customer known
    again. One after the other is read, so that no two are in memory at once.
    """
    named = filter(None, (customer.external_id, customer.email, customer.phone))
    cell = re.compile(
        rf"(?<![^\s,;\t\"])(?:{'|'.join(map(re.escape, named))})(?![^\s,;\t\"])", re.IGNORECASE
    )
    files = ContactFile.objects.exclude(content=None).order_by("created_at", "pk")
    return tuple(file.name for file in files.iterator(chunk_size=1) if _holds(file, cell))


def _holds(file: ContactFile, cell: re.Pattern[str]) -> bool:
    try:
        text = open_sheet(bytes(file.content or b"")).text
    except ContactFileError:  # nobody takes it in
        return False
    return cell.search(text) is not None

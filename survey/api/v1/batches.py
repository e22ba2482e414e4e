"""Many contacts in one request: good rows are taken in, bad ones are named."""

from collections.abc import Sequence
from datetime import datetime

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from survey.api.v1.receipts import KEY_HEADER, answer_rows
from survey.campaigns.contacts import LONGEST_KEY, Problem, is_key
from survey.campaigns.services.reports import Outcome, Report, record_reports

MOST_ROWS = 1000
KEY_FIELD = "idempotency_key"
LONGEST_HEADER = LONGEST_KEY - len(f"#{MOST_ROWS}")


def post_batch(request: Request, rows: Sequence[object], *, now: datetime) -> Response:
    """Take in a list of contacts, each under its own key or one made of the request's."""
    if not 0 < len(rows) <= MOST_ROWS:
        message = f"A list holds 1 to {MOST_ROWS} contacts; this one holds {len(rows)}."
        raise ValidationError([message], code="wrong_number_of_rows")
    header: str = request.headers.get(KEY_HEADER, "")
    keys = [_read_key(row, header, number) for number, row in enumerate(rows, start=1)]
    reports = [
        Report(key, row) for key, row in zip(keys, rows, strict=True) if isinstance(key, str)
    ]
    taken = iter(record_reports(reports=reports, now=now))
    outcomes: list[Outcome] = [next(taken) if isinstance(key, str) else (key,) for key in keys]
    return answer_rows(outcomes)


def _read_key(row: object, header: str, number: int) -> str | Problem:
    """Return a row's own key, or one made of the request's key and the row's number."""
    own = row.get(KEY_FIELD) if isinstance(row, dict) else None
    what = f"1 to {LONGEST_KEY} visible ASCII characters"
    if own is not None:
        is_good = isinstance(own, str) and is_key(own)
        return str(own) if is_good else Problem(KEY_FIELD, "invalid", f"A key is {what}.")
    if is_key(header) and len(header) <= LONGEST_HEADER:
        return f"{header}#{number}"
    message = (
        f"Give each row an {KEY_FIELD} of {what}, or send the header {KEY_HEADER} with at most "
        f"{LONGEST_HEADER} of them."
    )
    return Problem(KEY_FIELD, "required", message)

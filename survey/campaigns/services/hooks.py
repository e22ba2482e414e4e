"""Sources that report contacts by signed webhook: made, rotated, tried, and listened to."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from survey.campaigns.contacts import Problem
from survey.campaigns.hooks import is_signed, report_key, secret_of, sign, translate
from survey.campaigns.models import Campaign, ContactSource
from survey.campaigns.services.interactions import Receipt
from survey.campaigns.services.reports import Outcome, Report, record_reports

MOST_ROWS = 1000


class NotSignedError(Exception):
    """No source of this name signed this body within the last minutes."""


class NotJsonError(Exception):
    """The body is no JSON in UTF-8, or holds no row or too many."""


class _Undone(Exception):  # noqa: N818 - never leaves this module
    """Rolls a trial back."""


@dataclass(frozen=True, slots=True)
class SignedBody:
    """What came in by a webhook: a body, the moment it was signed at, and the signature."""

    source_code: str
    timestamp: str
    signature: str
    body: bytes


@transaction.atomic
def create_source(
    *, code: str, name: str, campaign: Campaign | None, fields: Mapping[str, str]
) -> ContactSource:
    """Let another system report contacts; of one campaign, or of whichever asks about the team."""
    return ContactSource.objects.create(
        code=code, name=name, campaign=campaign, fields=dict(fields)
    )


@transaction.atomic
def rotate_secret(*, source_id: int) -> ContactSource:
    """Give a source a new secret; the old one signs nothing any more."""
    ContactSource.objects.filter(pk=source_id).update(secret_version=F("secret_version") + 1)
    return ContactSource.objects.get(pk=source_id)


def switch_source(*, source_id: int, is_active: bool) -> None:
    """Listen to a source, or listen no more."""
    ContactSource.objects.filter(pk=source_id).update(is_active=is_active)


def receive_reports(*, signed: SignedBody, now: datetime) -> list[Outcome]:
    """Take in what a source has signed; raise NotSignedError or NotJsonError.

    The same body again, within the window or signed anew, gets the same receipts.
    """
    source = ContactSource.objects.filter(code=signed.source_code, is_active=True).first()
    if source is None or not is_signed(
        source=source,
        timestamp=signed.timestamp,
        signature=signed.signature,
        body=signed.body,
        now=now,
    ):
        raise NotSignedError(signed.source_code)
    rows = _read_rows(signed.body)
    said = [translate(source, row) for row in rows]
    reports = [
        Report(report_key(source, row, words), words) for row, words in zip(rows, said, strict=True)
    ]
    outcomes = record_reports(reports=reports, now=now, campaign_id=source.campaign_id)
    ContactSource.objects.filter(pk=source.pk).update(
        received_at=now, last_result=summarise(outcomes)
    )
    return outcomes


def try_source(*, source_id: int, body: bytes, now: datetime) -> list[Outcome]:
    """Sign a body as a source would, receive it as if it had come in, and undo all of it."""
    source = ContactSource.objects.get(pk=source_id)
    timestamp = str(int(now.timestamp()))
    signature = sign(secret=secret_of(source), timestamp=timestamp, body=body)
    signed = SignedBody(source.code, timestamp, signature, body)
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = receive_reports(signed=signed, now=now)
            raise _Undone
    except _Undone:
        return outcomes


def summarise(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Count what became of reports, without a word of whom they are about."""
    receipts = [row for row in outcomes if isinstance(row, Receipt)]
    problems = [problem for row in outcomes if not isinstance(row, Receipt) for problem in row]
    return {
        "n": len(outcomes),
        "reasons": dict(Counter(row.reason for row in receipts)),
        "n_repeats": sum(row.is_repeat for row in receipts),
        "problems": [_name(problem) for problem in problems[:10]],
    }


def _name(problem: Problem) -> dict[str, str]:
    return {"field": problem.field, "code": problem.code, "message": problem.message}


def _read_rows(body: bytes) -> list[object]:
    try:
        said = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotJsonError("The body is not JSON in UTF-8.") from error
    rows = said if isinstance(said, list) else [said]
    if not 0 < len(rows) <= MOST_ROWS:
        raise NotJsonError(f"The body holds {len(rows)} contacts, not 1 to {MOST_ROWS}.")
    return rows

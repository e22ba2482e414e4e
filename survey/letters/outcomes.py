"""Hand one letter to the mail server and understand what became of it."""

import smtplib
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from enum import Enum

import requests
from anymail.exceptions import AnymailError, AnymailInvalidAddress, AnymailRecipientsRefused
from anymail.message import AnymailMessage
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from urllib3.exceptions import NewConnectionError

from survey.letters.composing import ComposedLetter
from survey.letters.mail import OutcomeUnknownError
from survey.letters.models import Delivery
from survey.letters.providers import can_forgo_tracking

ADDRESS_REFUSED = "address refused"  # not the letter, nor us
CANNOT_BE_WRITTEN_TO = "the address cannot be written to"
NO_CONNECTION = "the connection was lost"
LOST = "lost after it was handed over"
ABOUT_THE_LETTER = (400, 404, 413, 422)  # HTTP; others are about us, or pass
DELIVERY_KEY = "delivery"  # what a provider's reports name a letter by


class Fate(Enum):
    """What became of one try."""

    SENT = "sent"
    LATER = "not sent, worth another try"
    REFUSED = "refused for good"
    UNKNOWN = "perhaps sent"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one try; where the server is in trouble, the run ends."""

    fate: Fate
    reason: str = ""
    ends_run: bool = False


def build_message(delivery: Delivery, composed: ComposedLetter) -> EmailMultiAlternatives:
    """Address a letter; the Message-ID stays the same however often it is tried.

    A provider learns the delivery's key and nothing else, and is told to count no reader.
    """
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    letter = delivery.letter
    message: EmailMultiAlternatives = AnymailMessage(
        subject=composed.subject,
        body=composed.text,
        from_email=formataddr((letter.signer_name, sender)),
        to=[formataddr((delivery.recipient_name, delivery.address))],
        reply_to=[formataddr((letter.signer_name, letter.reply_to))],
        headers=_headers(delivery, composed, sender.rpartition("@")[2]),
        metadata={DELIVERY_KEY: str(delivery.key)},
        **({"track_opens": False, "track_clicks": False} if can_forgo_tracking() else {}),
    )
    message.attach_alternative(composed.html, "text/html")
    for page in composed.attachments:
        message.attach(page.name, page.content, page.mime_type)
    return message


def _headers(delivery: Delivery, composed: ComposedLetter, domain: str) -> dict[str, str]:
    headers = {"Message-ID": f"<{delivery.key}@{domain}>"}
    if composed.stop_url:  # none in a letter to oneself
        headers["List-Unsubscribe"] = f"<{composed.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def try_to_send(connection: BaseEmailBackend, message: EmailMultiAlternatives) -> Outcome:
    """Send one message over an open connection; the server's own words are not kept."""
    try:
        connection.send_messages([message])
    except OutcomeUnknownError:
        return Outcome(Fate.UNKNOWN, LOST, ends_run=True)
    except smtplib.SMTPRecipientsRefused as error:
        return _read_code(next(iter(error.recipients.values()))[0], refused=ADDRESS_REFUSED)
    except smtplib.SMTPSenderRefused as error:  # about us, not about this address
        return Outcome(Fate.LATER, f"sender refused with {error.smtp_code}", ends_run=True)
    except smtplib.SMTPResponseException as error:
        return _read_code(error.smtp_code)
    except AnymailError as error:
        return _read_provider(error)
    except (smtplib.SMTPNotSupportedError, ValueError):
        return Outcome(Fate.REFUSED, CANNOT_BE_WRITTEN_TO)
    except OSError:
        return Outcome(Fate.LATER, NO_CONNECTION, ends_run=True)
    return Outcome(Fate.SENT)


def _read_code(code: int, refused: str = "refused") -> Outcome:
    if code >= 500:
        return Outcome(Fate.REFUSED, f"{refused} with {code}")
    return Outcome(Fate.LATER, f"put off with {code}", ends_run=code == 421)


def _read_provider(error: AnymailError) -> Outcome:
    """Understand what a provider's HTTP interface said, or that it said nothing."""
    if isinstance(error, AnymailRecipientsRefused):
        return Outcome(Fate.REFUSED, f"{ADDRESS_REFUSED} by the provider")
    if isinstance(error, AnymailInvalidAddress):
        return Outcome(Fate.REFUSED, CANNOT_BE_WRITTEN_TO)
    if isinstance(error, requests.RequestException) and error.response is None:
        return _read_silence(error)
    if error.status_code in ABOUT_THE_LETTER:
        return Outcome(Fate.REFUSED, f"refused with {error.status_code}")
    return Outcome(Fate.LATER, f"put off with {error.status_code or 'an error'}", ends_run=True)


def _read_silence(error: requests.RequestException) -> Outcome:
    cause = getattr(
        error.__cause__ and error.__cause__.args and error.__cause__.args[0], "reason", None
    )
    if isinstance(error, requests.ConnectTimeout) or isinstance(cause, NewConnectionError):
        return Outcome(Fate.LATER, NO_CONNECTION, ends_run=True)
    return Outcome(Fate.UNKNOWN, LOST, ends_run=True)

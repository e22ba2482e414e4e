"""Hand one letter to the mail server and understand what became of it."""

import smtplib
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from survey.core.mail import OutcomeUnknownError
from survey.letters.composing import ComposedLetter
from survey.letters.models import Delivery

ADDRESS_REFUSED = "address refused"  # not the letter, nor us


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
    """Address a letter; the Message-ID stays the same however often it is tried."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    letter = delivery.letter
    message = EmailMultiAlternatives(
        subject=composed.subject,
        body=composed.text,
        from_email=formataddr((letter.signer_name, sender)),
        to=[formataddr((delivery.recipient_name, delivery.address))],
        reply_to=[formataddr((letter.signer_name, letter.reply_to))],
        headers={
            "Message-ID": f"<{delivery.key}@{sender.rpartition('@')[2]}>",
            "List-Unsubscribe": f"<{composed.stop_url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
    message.attach_alternative(composed.html, "text/html")
    return message


def try_to_send(connection: BaseEmailBackend, message: EmailMultiAlternatives) -> Outcome:
    """Send one message over an open connection; the server's own words are not kept."""
    try:
        connection.send_messages([message])
    except OutcomeUnknownError:
        return Outcome(Fate.UNKNOWN, "lost after it was handed over", ends_run=True)
    except smtplib.SMTPRecipientsRefused as error:
        return _read_code(next(iter(error.recipients.values()))[0], refused=ADDRESS_REFUSED)
    except smtplib.SMTPSenderRefused as error:  # about us, not about this address
        return Outcome(Fate.LATER, f"sender refused with {error.smtp_code}", ends_run=True)
    except smtplib.SMTPResponseException as error:
        return _read_code(error.smtp_code)
    except (smtplib.SMTPNotSupportedError, ValueError):
        return Outcome(Fate.REFUSED, "the address cannot be written to")
    except OSError:
        return Outcome(Fate.LATER, "the connection was lost", ends_run=True)
    return Outcome(Fate.SENT)


def _read_code(code: int, refused: str = "refused") -> Outcome:
    if code >= 500:
        return Outcome(Fate.REFUSED, f"{refused} with {code}")
    return Outcome(Fate.LATER, f"put off with {code}", ends_run=code == 421)

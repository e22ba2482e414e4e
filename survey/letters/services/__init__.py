"""What is done with letters: written, queued, sent, and taken back by those who read them."""

from survey.letters.services.queueing import Recipient, queue_deliveries
from survey.letters.services.returns import MailEvent, take_mail_event
from survey.letters.services.sending import SendReport, send_due_deliveries
from survey.letters.services.stopping import stop_address
from survey.letters.services.writing import LetterError, create_letter, translate_letter

__all__ = [
    "LetterError",
    "MailEvent",
    "Recipient",
    "SendReport",
    "create_letter",
    "queue_deliveries",
    "send_due_deliveries",
    "stop_address",
    "take_mail_event",
    "translate_letter",
]

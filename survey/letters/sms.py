"""Text messages: an HTTP provider of any make, or the console where there is none."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from django.conf import settings
from urllib3.exceptions import NewConnectionError

from survey.letters.carriers import Carry
from survey.letters.composing import ComposedLetter
from survey.letters.models import Delivery
from survey.letters.outcomes import ABOUT_THE_LETTER, LOST, NO_CONNECTION, Fate, Outcome

CONNECT_SECONDS, READ_SECONDS = 5, 15
LOST_BEHIND_A_GATEWAY = (502, 504)  # the provider may have taken it


@dataclass(frozen=True, slots=True)
class Provider:
    """Where text messages are posted to, and what its JSON calls our four fields."""

    url: str
    token: str
    sender: str
    fields: Mapping[str, str]

    def body(self, delivery: Delivery, composed: ComposedLetter) -> dict[str, str]:
        """Return one message as the provider wants it; the reference lets it know a repeat."""
        said = {
            "to": delivery.address,
            "text": composed.text,
            "from": self.sender,
            "reference": str(delivery.key),
        }
        return {self.fields.get(name, name): value for name, value in said.items() if value}


def configured_provider() -> Provider | None:
    """Return the provider that the settings name; None where they name none."""
    if not settings.SMS_URL:
        return None
    return Provider(settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SENDER, settings.SMS_FIELDS)


@contextmanager
def open_sms() -> Iterator[Carry | None]:
    """Open the way to the provider; without one, messages are printed where they can be read."""
    provider = configured_provider()
    if provider is None:
        yield print_message
        return
    with requests.Session() as session:
        if provider.token:
            session.headers["Authorization"] = f"Bearer {provider.token}"
        yield lambda delivery, composed: post_message(session, provider, delivery, composed)


def post_message(
    session: requests.Session, provider: Provider, delivery: Delivery, composed: ComposedLetter
) -> Outcome:
    """Hand one message to the provider; its own words are not kept."""
    try:
        response = session.post(
            provider.url,
            json=provider.body(delivery, composed),
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            allow_redirects=False,
        )
    except requests.RequestException as error:
        return _read_silence(error)
    return _read_status(response.status_code)


def print_message(delivery: Delivery, composed: ComposedLetter) -> Outcome:
    """Print one message, for whoever tries the product without a provider."""
    sys.stdout.write(f"Text message to {delivery.address}: {composed.text}\n")
    sys.stdout.flush()
    return Outcome(Fate.SENT)


def _read_status(code: int) -> Outcome:
    if 200 <= code < 300:
        return Outcome(Fate.SENT)
    if code in ABOUT_THE_LETTER:
        return Outcome(Fate.REFUSED, f"refused with {code}")
    if code in LOST_BEHIND_A_GATEWAY:
        return Outcome(Fate.UNKNOWN, LOST, ends_run=True)
    return Outcome(Fate.LATER, f"put off with {code}", ends_run=True)


def _read_silence(error: requests.RequestException) -> Outcome:
    """Tell a provider that was never reached from one that may have taken the message."""
    cause = error.args[0] if error.args else None
    never_reached = isinstance(getattr(cause, "reason", None), NewConnectionError)
    if never_reached or isinstance(error, requests.ConnectTimeout):
        return Outcome(Fate.LATER, NO_CONNECTION, ends_run=True)
    return Outcome(Fate.UNKNOWN, LOST, ends_run=True)

"""Whatever a mail server does, each letter arrives once or fails with a reason."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from survey.letters.composing import ComposedLetter
from survey.letters.invariants import broken_invariants
from survey.letters.mail import SMTP_BACKEND
from survey.letters.models import Delivery
from survey.letters.services import send_due_deliveries
from survey.letters.states import DeliveryState
from tests.factories.letters import DeliveryFactory, LetterFactory
from tests.letters.faulty_server import FaultyServer, running

HEALED = "delivered once"
FAULTS = {  # what becomes of the letters that met the fault
    "421": HEALED,
    "450": HEALED,
    "451": HEALED,
    "550": "address refused with 550",
    "552": "refused with 552",
    "stall": HEALED,
    "drop before data": HEALED,
    "drop after data": HEALED,
    "tls": HEALED,
    "one of three refused": "address refused with 550",
    "slow greeting": HEALED,
    "connection refused": HEALED,
}
NOBODY_KNOWS = ("stall", "drop after data")
PAUSE = timedelta(minutes=61)
NO_SERVER = 1  # a port on which nobody listens


def compose(deliveries: Sequence[Delivery]) -> Mapping[int, ComposedLetter]:
    words = ComposedLetter("A question", "Hello", "<p>Hello</p>", "https://h.example/stop/a/")
    return {delivery.pk: words for delivery in deliveries}


def send_all(server: FaultyServer, settings: Settings, now: datetime, n_faulty_runs: int) -> None:
    """Send run by run; the server is ill for some runs, then well until nothing waits."""
    for number in range(n_faulty_runs + 24):
        server.is_well = number >= n_faulty_runs
        settings.EMAIL_USE_TLS = server.fault == "tls" and not server.is_well
        is_gone = server.fault == "connection refused" and not server.is_well
        settings.EMAIL_PORT = NO_SERVER if is_gone else server.port
        send_due_deliveries(compose=compose, now=now + number * PAUSE / n_faulty_runs)


@pytest.fixture
def smtp(settings: Settings) -> Settings:
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = SMTP_BACKEND, "127.0.0.1"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 1
    settings.DEFAULT_FROM_EMAIL = "letters@example.org"
    return settings


def check(fault: str, n_letters: int, settings: Settings, now: datetime, n_runs: int) -> None:
    letter = LetterFactory()
    DeliveryFactory.create_batch(n_letters, letter=letter, due_at=now)
    with running(fault) as server:
        send_all(server, settings, now, n_runs)

    rows = list(Delivery.objects.all())
    states = {row.state for row in rows}
    assert states <= {DeliveryState.SENT, DeliveryState.FAILED}
    for row in rows:
        copies = server.taken[str(row.key)]
        if row.state == DeliveryState.SENT:
            assert 1 <= copies <= 1 + row.is_uncertain
        else:
            assert row.reason == FAULTS[fault]
            assert copies == 0
    n_failed = sum(row.state == DeliveryState.FAILED for row in rows)
    assert (n_failed > 0) is (FAULTS[fault] is not HEALED)
    assert any(row.is_uncertain for row in rows) is (fault in NOBODY_KNOWS)
    assert broken_invariants(now=now) == []


@pytest.mark.django_db
class TestFaults:
    @pytest.mark.parametrize("fault", FAULTS)
    def test_lose_and_double_no_letter(self, smtp: Settings, now: datetime, fault: str) -> None:
        check(fault, 6, smtp, now, n_runs=2)

    @pytest.mark.soak
    @pytest.mark.parametrize("fault", FAULTS)
    def test_lose_and_double_none_of_fifty(self, smtp: Settings, now: datetime, fault: str) -> None:
        check(fault, 50, smtp, now, n_runs=12)

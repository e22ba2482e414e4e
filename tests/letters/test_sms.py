"""Text messages handed to a provider on the loopback, and what each of its moods means."""

import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from pytest_django import Settings

from survey.letters import sms
from survey.letters.composing import ComposedLetter
from survey.letters.models import DeliveryChannel
from survey.letters.outcomes import Fate, Outcome
from survey.letters.sms import open_sms
from tests.factories.letters import DeliveryFactory

COMPOSED = ComposedLetter("", "Ana: how was it? https://h.example/r/abc/", "", "")


class Provider:
    """Answers every message with one status, or not at all, and remembers what it was told."""

    def __init__(self) -> None:
        self.status: int | None = 200
        self.bodies: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                provider.bodies.append(json.loads(self.rfile.read(length)))
                provider.tokens.append(self.headers["Authorization"])
                if provider.status is not None:
                    self.send_response(provider.status)
                    self.send_header("Location", "/elsewhere")
                    self.send_header("Content-Length", "0")
                    self.end_headers()

            def log_message(self, *args: object) -> None:
                """Keep quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/messages"


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    provider = Provider()
    thread = threading.Thread(target=provider.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.SMS_URL, settings.SMS_TOKEN, settings.SMS_SENDER = provider.url, "secret", "Hearth"
    settings.SMS_FIELDS = {"to": "recipient"}
    yield provider
    provider.server.shutdown()
    thread.join()
    provider.server.server_close()


def send() -> Outcome:
    delivery = DeliveryFactory.build(channel=DeliveryChannel.SMS, address="+441134960000")
    with open_sms() as carry:
        assert carry is not None
        return carry(delivery, COMPOSED)


class TestOpenSms:
    def test_posts_the_message_in_the_words_of_the_provider(self, provider: Provider) -> None:
        assert send() == Outcome(Fate.SENT)

        (body,) = provider.bodies
        assert provider.tokens == ["Bearer secret"]
        assert body.pop("reference")
        assert body == {"recipient": "+441134960000", "text": COMPOSED.text, "from": "Hearth"}

    @pytest.mark.parametrize(
        ("status", "fate", "ends_run"),
        [
            (202, Fate.SENT, False),
            (400, Fate.REFUSED, False),
            (422, Fate.REFUSED, False),
            (302, Fate.LATER, True),
            (401, Fate.LATER, True),
            (429, Fate.LATER, True),
            (500, Fate.LATER, True),
            (503, Fate.LATER, True),
            (502, Fate.UNKNOWN, True),
            (504, Fate.UNKNOWN, True),
            (None, Fate.UNKNOWN, True),
        ],
    )
    def test_understands_what_the_provider_answers(
        self, provider: Provider, status: int | None, fate: Fate, ends_run: bool
    ) -> None:
        provider.status = status

        outcome = send()

        assert (outcome.fate, outcome.ends_run) == (fate, ends_run)
        assert len(provider.bodies) == 1  # a redirect is not followed

    def test_does_not_know_what_became_of_a_message_that_nobody_answers(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sms, "READ_SECONDS", 0.05)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            settings.SMS_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"

            assert send().fate is Fate.UNKNOWN

    def test_tries_later_where_nobody_listens(self, settings: Settings) -> None:
        with socket.create_server(("127.0.0.1", 0)) as gone:
            settings.SMS_URL = f"http://127.0.0.1:{gone.getsockname()[1]}/"

        assert send() == Outcome(Fate.LATER, "the connection was lost", ends_run=True)

    def test_prints_messages_where_no_provider_is_set(
        self, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings.SMS_URL = ""

        assert send().fate is Fate.SENT
        assert capsys.readouterr().out == f"Text message to +441134960000: {COMPOSED.text}\n"

"""What Prometheus is told, and who may ask."""

from datetime import datetime

import pytest
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from survey.answering import metrics
from survey.followup.ticks import note_tick
from survey.letters.models import DeliveryState
from tests.factories.campaigns import make_campaign, make_open_wave, make_teams
from tests.factories.letters import DeliveryFactory
from tests.factories.responses import answer_wave, put_boxes

ADDRESS = "/health/metrics"
ALLOWED = {"Authorization": "Bearer a long token"}


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = "a long token"


def read(client: Client) -> dict[tuple[str, ...], float]:
    reply = client.get(ADDRESS, headers=ALLOWED)
    assert reply.status_code == 200
    assert reply["Content-Type"].startswith("text/plain; version=0.0.4")
    return {
        (sample.name.removeprefix("hearthline_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(reply.content.decode())
        for sample in family.samples
    }


class TestMetrics:
    def test_tell_how_the_machinery_is(self, db: None, client: Client, now: datetime) -> None:
        DeliveryFactory(state=DeliveryState.SENT, attempts=1)
        DeliveryFactory(due_at=now)
        note_tick(now=now)

        found = read(client)

        assert found["letters", "sent"] == found["letters", "queued"] == 1
        assert found["due_rows", "campaigns.send_letters"] == 1
        assert found["oldest_due_seconds", "campaigns.send_letters"] > 0
        assert found["oldest_due_seconds", "responses.seal_waves"] == 0
        assert found["last_tick_timestamp_seconds",] == now.timestamp()
        assert ("broker_reachable",) in found
        assert ("info", "0.1.0") in found

    def test_let_nobody_see_an_answer_arrive(
        self, db: None, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
        read(client)
        before = [key for key in read(client).items() if "seconds" not in key[0][0]]

        answer_wave(wave, wave.groups.get(), [1, 2, 3])

        after = read(client)
        assert [key for key in after.items() if "seconds" not in key[0][0]] == before
        monkeypatch.setattr(metrics, "STEP", 1)  # the control: one by one they would be seen
        assert read(client)["boxes_waiting",] == 3

    def test_tell_of_boxes_in_full_hundreds(self, db: None, client: Client) -> None:
        wave = make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))
        put_boxes(wave, wave.groups.get(), [1] * 101)

        assert read(client)["boxes_waiting",] == 100

    def test_name_no_group_and_nobody(self, db: None, client: Client) -> None:
        make_open_wave(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))

        labels = {label for key in read(client) for label in key[1:]}

        assert labels
        assert not [label for label in labels if "top" in label or "@" in label]

    @pytest.mark.parametrize(
        "given", ["", "Bearer", "Bearer another", "Basic a long token", "Bearer ä long token"]
    )
    def test_are_told_to_nobody_without_the_token(self, client: Client, given: str) -> None:
        reply = client.get(ADDRESS, headers={"Authorization": given} if given else {})

        assert reply.status_code == 401
        assert reply["WWW-Authenticate"] == "Bearer"
        assert b"hearthline" not in reply.content

    @pytest.mark.parametrize("given", ["Bearer ", "Bearer", ""])
    def test_are_away_where_no_token_is_set(
        self, client: Client, settings: Settings, given: str
    ) -> None:
        settings.METRICS_TOKEN = ""

        assert client.get(ADDRESS, headers={"Authorization": given}).status_code == 404

    def test_say_that_there_is_no_database(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*, now: datetime) -> None:
            raise OperationalError("gone")

        monkeypatch.setattr(metrics, "list_due", fail)

        assert client.get(ADDRESS, headers=ALLOWED).status_code == 503

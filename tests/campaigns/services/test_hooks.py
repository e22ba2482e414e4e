"""What a source has signed is taken in."""

import json
from datetime import datetime, timedelta

import pytest

from survey.campaigns.contacts import Problem
from survey.campaigns.hooks import secret_of, sign
from survey.campaigns.models import ContactSource, Interaction, Wave
from survey.campaigns.services.hooks import (
    NotJsonError,
    NotSignedError,
    SignedBody,
    create_source,
    receive_reports,
    rotate_secret,
    switch_source,
    try_source,
)
from survey.campaigns.services.interactions import Receipt
from survey.campaigns.services.reports import Outcome
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
ROW = {
    "customer": {"id": "C1", "email": "c1@example.com"},
    "shop": "a",
    "occurred_at": NOW.isoformat(),
}


@stage
def wave() -> Wave:
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {})
    make_open_wave(make_campaign(teams["b"], Audience.CUSTOMER))
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


@stage
def source(wave: Wave) -> ContactSource:
    return create_source(code="till", name="Till", campaign=wave.campaign, fields={"team": "shop"})


def signed(source: ContactSource, body: object, *, now: datetime = NOW) -> SignedBody:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    stamp = str(int(now.timestamp()))
    signature = sign(secret=secret_of(source), timestamp=stamp, body=data)
    return SignedBody(source.code, stamp, signature, data)


def receive(source: ContactSource, body: object, *, now: datetime = NOW) -> list[Outcome]:
    return receive_reports(signed=signed(source, body, now=now), now=now)


class TestReceiveReports:
    def test_takes_a_contact_in_the_source_s_words(self, source: ContactSource, wave: Wave) -> None:
        (receipt,) = receive(source, ROW)

        assert isinstance(receipt, Receipt)
        assert receipt.is_asked
        assert Interaction.objects.get().wave == wave

    def test_answers_a_replay_and_a_repetition_alike(self, source: ContactSource) -> None:
        (first,) = receive(source, ROW)
        (replayed,) = receive(source, ROW)
        (again,) = receive(source, ROW, now=NOW + timedelta(hours=2))

        assert isinstance(first, Receipt)
        assert isinstance(replayed, Receipt)
        assert replayed == again
        assert replayed.interaction_id == first.interaction_id
        assert Interaction.objects.count() == 1

    def test_takes_lists_and_names_what_is_wrong(self, source: ContactSource) -> None:
        good, bad = receive(source, [ROW, ROW | {"shop": "cellar"}])

        assert isinstance(good, Receipt)
        assert bad == (Problem("team", "unknown_team", 'There is no team "cellar".'),)

    def test_asks_in_its_own_campaign_only(self, source: ContactSource, wave: Wave) -> None:
        receive(source, ROW | {"shop": "b"})

        assert Interaction.objects.get().wave == wave, "the other wave opened first"

    def test_remembers_what_came_in_last_and_nobody_s_data(self, source: ContactSource) -> None:
        receive(source, [ROW, ROW | {"shop": ""}])

        source.refresh_from_db()
        assert source.received_at == NOW
        assert source.last_result["reasons"] == {"asked": 1}
        assert source.last_result["problems"][0]["field"] == "team"
        assert "c1@example.com" not in json.dumps(source.last_result)

    def test_refuses_strangers_whoever_they_say_they_are(self, source: ContactSource) -> None:
        other = ContactSource(code="nobody", name="x")
        switched_off = create_source(code="off", name="Off", campaign=None, fields={})
        switch_source(source_id=switched_off.pk, is_active=False)
        forged = SignedBody("till", str(int(NOW.timestamp())), "v1=00", b"{}")
        stale = signed(source, ROW, now=NOW - timedelta(minutes=6))

        for body in (signed(other, ROW), signed(switched_off, ROW), forged, stale):
            with pytest.raises(NotSignedError):
                receive_reports(signed=body, now=NOW)
        assert not Interaction.objects.exists()

    @pytest.mark.parametrize("body", [b"", b"\xff", b"{", b"[" * 40_000, b"[]", [{}] * 1001])
    def test_refuses_what_is_no_list_of_contacts(self, source: ContactSource, body: object) -> None:
        with pytest.raises(NotJsonError):
            receive(source, body)


class TestRotateSecret:
    def test_refuses_the_old_one_at_once(self, source: ContactSource) -> None:
        old = signed(source, ROW)
        rotated = rotate_secret(source_id=source.pk)

        with pytest.raises(NotSignedError):
            receive_reports(signed=old, now=NOW)
        assert receive(rotated, ROW)


class TestTrySource:
    def test_says_what_would_happen_and_leaves_no_trace(self, source: ContactSource) -> None:
        body = json.dumps(ROW).encode()

        (tried,) = try_source(source_id=source.pk, body=body, now=NOW)

        assert isinstance(tried, Receipt)
        assert tried.is_asked
        assert not Interaction.objects.exists()
        source.refresh_from_db()
        assert source.received_at is None
        (real,) = receive(source, ROW)
        assert isinstance(real, Receipt)
        assert (real.is_asked, real.reason) == (tried.is_asked, tried.reason)

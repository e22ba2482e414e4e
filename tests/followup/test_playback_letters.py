"""The letter about what came of it, as it arrives."""

from datetime import datetime

import pytest
from django.core import mail
from pytest_django import Settings

from survey.campaigns.models import Wave
from survey.followup.models import NoticeKind, Playback, PlaybackState
from survey.followup.notices import send_due_notices
from survey.followup.noting import queue_notices
from survey.followup.ways_out import UnknownWayOutError, is_stopped, stop_by, way_out_url
from survey.letters.models import Delivery, StopEntry
from survey.letters.services.queueing import Recipient
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.letters import DeliveryFactory
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db


@pytest.fixture
def playback(organisation: Organisation, now: datetime, settings: Settings) -> Playback:
    settings.BASE_URL = "https://hearth.example"
    wave = make_wave(make_campaign(make_instrument(), organisation.company))
    return make_playback(wave, now=now, is_published=True)


def send(playback: Playback, now: datetime, language: str = "en") -> mail.EmailMultiAlternatives:
    assert playback.letter is not None
    queue_notices(
        letter=playback.letter,
        kind=NoticeKind.PLAYBACK,
        recipients=[Recipient("Sam", "sam@example.org")],
        languages=[language],
        due_at=now,
        playback=playback,
    )
    send_due_notices(now=now)
    [letter] = mail.outbox
    assert isinstance(letter, mail.EmailMultiAlternatives)
    return letter


class TestWritePlayback:
    def test_gives_staff_their_page_and_the_way_out(
        self, playback: Playback, now: datetime
    ) -> None:
        letter = send(playback, now)

        html = str(letter.alternatives[0][0])
        for said in (str(letter.body), html):
            assert f"https://hearth.example/heard/{playback.code}/?lang=en" in said.replace(
                "\n", ""
            )
            assert "whether they answered or not" in " ".join(said.split())
            assert "https://hearth.example/heard/stop/" in said
        assert "In autumn you told us rotas felt unfair." in letter.body

    def test_gives_customers_the_page_of_everybody(self, playback: Playback, now: datetime) -> None:
        Playback.objects.update(audience=Audience.CUSTOMER)
        playback.refresh_from_db()

        body = str(send(playback, now).body)

        assert "https://hearth.example/heard/?lang=en" in body
        assert playback.code not in body

    @pytest.mark.parametrize("reason", ["draft", "withdrawn"])
    def test_is_not_sent_of_what_is_not_told_any_more(
        self, playback: Playback, now: datetime, reason: str
    ) -> None:
        if reason == "draft":
            Playback.objects.update(state=PlaybackState.DRAFT)
        else:
            Wave.objects.update(sealed_at=None, withdrawn_at=now, withdrawn_reason="x")

        with pytest.raises(ValueError, match="not enough values"):
            send(playback, now)


class TestWaysOut:
    def token(self, delivery: Delivery) -> str:
        return way_out_url(delivery).split("/")[-2]

    def test_stop_all_letters_to_the_address_of_one(self, now: datetime) -> None:
        token = self.token(DeliveryFactory(kind="NOTICE", address="sam@example.org"))
        assert is_stopped(token=token) is False

        stop_by(token=token, today=now.date())

        assert is_stopped(token=token) is True
        assert StopEntry.objects.count() == 1

    def test_lead_nowhere_once_the_address_is_forgotten(self, now: datetime) -> None:
        delivery = DeliveryFactory(kind="NOTICE", address="")

        assert is_stopped(token=self.token(delivery)) is None

    def test_are_made_by_the_product_alone(self, now: datetime) -> None:
        delivery = DeliveryFactory(kind="NOTICE")
        for token in (delivery.key.hex, f"{delivery.key.hex}:{'x' * 43}", "", "é"):
            with pytest.raises(UnknownWayOutError):
                stop_by(token=token, today=now.date())

    def test_do_not_lead_to_invitations(self, now: datetime) -> None:
        with pytest.raises(UnknownWayOutError):
            is_stopped(token=self.token(DeliveryFactory()))

"""The letter about what came of it, as it arrives."""

from datetime import datetime

import pytest
from django.core import mail
from pytest_django import Settings

from survey.campaigns.models import Wave
from survey.followup.models import NoticeKind, Playback, PlaybackState
from survey.followup.notices import send_due_notices
from survey.followup.noting import queue_notices
from survey.letters.services.queueing import Recipient
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
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

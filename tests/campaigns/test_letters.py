"""Writing the letters that invite people."""

from datetime import datetime

import pytest

from survey.campaigns.facts import say_hears_back, say_who_sees
from survey.campaigns.keys import destroy_keys
from survey.campaigns.letters import LetterWriter
from survey.campaigns.links import answer_url, stop_url
from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave
from survey.letters.models import Delivery
from survey.organization.models import Team
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_open_wave,
    make_teams,
    tokens,
)
from tests.factories.letters import DeliveryFactory
from tests.stages import stage

pytestmark = pytest.mark.django_db


@stage
def top() -> Team:
    return make_teams({"top": None}, {"top": 6})["top"]


@stage
def wave(top: Team) -> Wave:
    return make_open_wave(make_campaign(top))


def written(now: datetime = NOW) -> list[str | None]:
    letters = LetterWriter(now).compose(list(Delivery.objects.order_by("pk")))
    return [letter and letter.text for letter in letters.values()]


class TestLetterWriter:
    def test_gives_everybody_their_own_links(self, wave: Wave) -> None:
        invitations = wave.invitations.select_related("delivery").order_by("delivery_id")

        for invitation, token in zip(invitations, tokens(wave, invitations), strict=True):
            assert invitation.delivery is not None
            letter = LetterWriter(NOW).compose([invitation.delivery])[invitation.delivery.pk]
            assert letter is not None
            assert answer_url(token=token) in letter.text
            assert letter.stop_url == stop_url(token=token)
            assert invitation.delivery.recipient_name in letter.text

    def test_says_who_sees_the_answers_and_what_comes_back(self, wave: Wave) -> None:
        text = " ".join((written()[0] or "").split())

        assert say_who_sees(wave=wave) in text
        assert say_hears_back(wave=wave) in text
        assert "You get this because everybody in Top is asked." in text
        assert "You can answer until 16 March 2026." in text

    def test_writes_nothing_once_the_wave_takes_no_answers(self, wave: Wave) -> None:
        assert set(written(NOW + TWO_WEEKS)) == {None}

        close_wave(wave_id=wave.pk, now=NOW)
        assert set(written()) == {None}

    def test_leaves_out_what_needs_keys_that_are_away(
        self, wave: Wave, top: Team, caplog: pytest.LogCaptureFixture
    ) -> None:
        other = make_open_wave(make_campaign(top, code="other"))
        destroy_keys(wave=wave)

        letters = LetterWriter(NOW).compose(list(Delivery.objects.all()))

        reached = set(other.invitations.values_list("delivery_id", flat=True))
        assert {pk for pk, letter in letters.items() if letter} == letters.keys() == reached
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    def test_writes_nothing_for_a_letter_that_invites_nobody(self) -> None:
        delivery = DeliveryFactory()

        assert LetterWriter(NOW).compose([delivery]) == {delivery.pk: None}

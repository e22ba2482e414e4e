"""What somebody has seen of a playback before publishing it."""

from datetime import datetime

import pytest

from survey.followup.models import Playback
from survey.followup.publishing import TranslatedWords, translate_playback
from survey.followup.seen import PlaybackChangedError, check_seen, see_playback
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db


@pytest.fixture
def playback(organisation: Organisation, now: datetime) -> Playback:
    return make_playback(make_wave(make_campaign(make_instrument(), organisation.company)), now=now)


class TestCheckSeen:
    def test_lets_pass_what_stands_as_it_was_seen(self, playback: Playback) -> None:
        check_seen(playback, see_playback(playback))

    @pytest.mark.parametrize("field", ["title", "body", "signer_name", "reply_to"])
    def test_stops_other_words_or_another_name(self, playback: Playback, field: str) -> None:
        seen = see_playback(playback)
        setattr(playback, field, "something else")

        with pytest.raises(PlaybackChangedError):
            check_seen(playback, seen)

    def test_stops_another_translation(self, playback: Playback) -> None:
        seen = see_playback(playback)
        words = TranslatedWords("ar", "ماذا قلتم", "قرأت كل شيء.")
        translate_playback(playback_id=playback.pk, words=words)

        with pytest.raises(PlaybackChangedError):
            check_seen(playback, seen)

    def test_asks_nothing_of_whoever_has_looked_at_nothing(self, playback: Playback) -> None:
        check_seen(playback, None)

"""Ask at the teams of a part of the organisation, without inviting anybody."""

from datetime import datetime

from django.db import transaction

from survey.campaigns.models import Campaign, Channel, Wave
from survey.campaigns.services import draft_wave, request_launch
from survey.console.flows import LetterWords
from survey.console.pulse.placing import Place, find_campaign, make_campaign


@transaction.atomic
def start_open_wave(
    *, place: Place, words: LetterWords, closes_at: datetime, now: datetime
) -> Wave:
    """Draft a wave of open links and ask for its launch; raise LaunchRefusedError.

    It joins the campaign that asks these customers the same by letter, so that both are compared
    with the staff together. The words are those of a campaign that has to be made.
    """
    campaign: Campaign = find_campaign(place) or make_campaign(place, letter=words.save())
    wave = draft_wave(campaign=campaign, opens_at=now, closes_at=closes_at, channel=Channel.OPEN)
    request_launch(wave_id=wave.pk, now=now)
    return wave

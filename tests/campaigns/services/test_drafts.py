from datetime import time

import pytest

from survey.campaigns.models import Pairing, Schedule, Wave
from survey.campaigns.services import (
    NotADraftError,
    PairingAudienceError,
    ThresholdTooLowError,
    WrongAudienceError,
    create_campaign,
    create_pairing,
    discard_draft,
    launch_wave,
    request_launch,
    set_campaign_letter,
    set_colleagues,
)
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_questionnaire,
    make_teams,
)
from tests.factories.colleagues import make_colleagues
from tests.factories.letters import LetterFactory

pytestmark = pytest.mark.django_db


class TestCreateCampaign:
    def test_refuses_a_questionnaire_for_somebody_else(self) -> None:
        with pytest.raises(WrongAudienceError):
            create_campaign(
                code="cx",
                name="CX",
                audience=Audience.CUSTOMER,
                scope=make_teams({"top": None}, {})["top"],
                questionnaire=make_questionnaire(Audience.EMPLOYEE),
            )


class TestCreatePairing:
    def test_takes_an_employee_and_a_customer_campaign(self) -> None:
        top = make_teams({"top": None}, {})["top"]
        ex, cx = make_campaign(top), make_campaign(top, Audience.CUSTOMER)

        create_pairing(code="pair", name="Pair", ex=ex, cx=cx, period="QUARTER")

        with pytest.raises(PairingAudienceError):
            create_pairing(code="riap", name="Pair", ex=cx, cx=ex, period="QUARTER")


class TestSetColleagues:
    def test_takes_colleagues_in_and_nobody_else(self) -> None:
        top = make_teams({"top": None}, {})["top"]
        ex, cx = make_campaign(top), make_campaign(top, Audience.CUSTOMER)
        pairing = create_pairing(code="pair", name="Pair", ex=ex, cx=cx, period="QUARTER")
        colleagues = make_colleagues(top)

        for colleague in (colleagues, None):
            set_colleagues(pairing=pairing, colleague=colleague)

            assert Pairing.objects.get().colleague == colleague
        with pytest.raises(PairingAudienceError):
            set_colleagues(pairing=pairing, colleague=ex)
        with pytest.raises(PairingAudienceError):
            create_pairing(code="two", name="Two", ex=ex, cx=cx, period="MONTH", colleague=cx)


class TestDraftWave:
    def test_numbers_waves_in_a_row(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"])

        assert [make_draft(campaign).number for _ in range(3)] == [1, 2, 3]

    def test_refuses_a_threshold_under_five(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"])

        with pytest.raises(ThresholdTooLowError):
            make_draft(campaign, threshold=4)

    def test_goes_never_below_the_waves_before(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"])
        make_draft(campaign, threshold=8)

        assert make_draft(campaign).threshold == 8
        assert make_draft(campaign, threshold=9).threshold == 9
        with pytest.raises(ThresholdTooLowError, match="is 9 or more"):
            make_draft(campaign, threshold=8)


@pytest.fixture
def draft() -> Wave:
    return make_draft(make_campaign(make_teams({"top": None}, {"top": 6})["top"]))


class TestDiscardDraft:
    def test_deletes_a_draft_and_nothing_else(self, draft: Wave) -> None:
        other = make_draft(draft.campaign)
        discard_draft(wave_id=draft.pk)

        assert list(Wave.objects.all()) == [other]

    def test_skips_the_round_for_good(self, draft: Wave) -> None:
        Wave.objects.update(planned_date=NOW.date())
        schedule = Schedule.objects.create(
            campaign=draft.campaign,
            rhythm="WEEK",
            first_date=NOW.date(),
            letters_time=time(9),
            skip_dates=["2026-12-24"],
        )

        discard_draft(wave_id=draft.pk)

        schedule.refresh_from_db()
        assert schedule.skip_dates == ["2026-03-02", "2026-12-24"]

    def test_refuses_once_a_launch_was_asked_for(self, draft: Wave) -> None:
        request_launch(wave_id=draft.pk, now=NOW)

        with pytest.raises(NotADraftError):
            discard_draft(wave_id=draft.pk)

    def test_refuses_a_launched_wave(self, draft: Wave) -> None:
        launch_wave(wave_id=draft.pk, now=NOW)

        with pytest.raises(NotADraftError):
            discard_draft(wave_id=draft.pk)
        assert Wave.objects.filter(pk=draft.pk).exists()


class TestSetCampaignLetter:
    def test_leaves_launched_waves_their_letter(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {"top": 6})["top"])
        before = campaign.letter
        running, later = make_open_wave(campaign), make_draft(campaign)
        letter = LetterFactory()

        set_campaign_letter(campaign=campaign, letter=letter)

        campaign.refresh_from_db()
        running.refresh_from_db()
        later.refresh_from_db()
        assert (campaign.letter, running.letter, later.letter) == (letter, before, None)

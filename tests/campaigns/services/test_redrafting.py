"""Working on a draft step by step."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import IntegrityError

from survey.campaigns.audience import AudienceError
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import NotADraftError, WrongAudienceError, launch_wave
from survey.campaigns.services.redrafting import (
    CampaignHasRunError,
    Window,
    ask_scales,
    limit_arrows,
    move_draft,
    rework_campaign,
    set_quiet_hours,
    time_draft,
    word_draft,
)
from survey.core.local_time import QuietHours
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    make_campaign,
    make_draft,
    make_open_wave,
    make_questionnaire,
    make_teams,
)
from tests.factories.colleagues import make_colleagues, serve
from tests.factories.letters import LetterFactory


@pytest.fixture
def teams(db: None) -> dict[str, Team]:
    return make_teams({"top": None, "one": "top", "two": "top"}, {"one": 6, "two": 6})


@pytest.fixture
def campaign(teams: dict[str, Team]) -> Campaign:
    return make_campaign(teams["top"])


@pytest.fixture
def draft(campaign: Campaign, now: datetime) -> Wave:
    return make_draft(campaign, opens_at=now)


def rework(campaign: Campaign, scope: Team, **changes: object) -> Campaign:
    values = {
        "code": "other",
        "name": "Other",
        "questionnaire": campaign.questionnaire,
        "audience_filter": {},
    } | changes
    return rework_campaign(campaign_id=campaign.pk, scope=scope, **values)  # type: ignore[arg-type]


class TestReworkCampaign:
    def test_asks_others_something_else(
        self, campaign: Campaign, draft: Wave, teams: dict[str, Team]
    ) -> None:
        other = make_questionnaire(code="other")
        kept = {"team_ids": [teams["one"].pk]}
        ask_scales(wave_id=draft.pk, scale_codes=["short"])
        rework(campaign, teams["top"], questionnaire=other, audience_filter=kept)

        campaign.refresh_from_db()
        draft.refresh_from_db()
        assert (campaign.code, campaign.name) == ("other", "Other")
        assert (campaign.questionnaire, campaign.audience_filter) == (other, kept)
        assert (draft.questionnaire, draft.scale_codes) == (other, [])

    def test_refuses_to_choose_people_by_what_nobody_declared(
        self, campaign: Campaign, teams: dict[str, Team]
    ) -> None:
        for chosen in ({"attributes": {"site": ["N"]}}, {"team_ids": [teams["two"].pk]}):
            with pytest.raises(AudienceError):
                rework(campaign, teams["one"], audience_filter=chosen)

        campaign.refresh_from_db()
        assert (campaign.code, campaign.audience_filter) != ("other", chosen)
        assert campaign.audience_filter == {}

    def test_leaves_a_campaign_alone_that_has_asked_people(
        self, campaign: Campaign, draft: Wave, teams: dict[str, Team], now: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=now)

        with pytest.raises(CampaignHasRunError):
            rework(campaign, teams["one"])

    def test_leaves_a_campaign_alone_that_is_being_launched(
        self, campaign: Campaign, draft: Wave, teams: dict[str, Team], now: datetime
    ) -> None:
        Wave.objects.update(launch_requested_at=now)

        with pytest.raises(CampaignHasRunError):
            rework(campaign, teams["one"])

    def test_asks_nobody_what_was_written_for_others(
        self, campaign: Campaign, teams: dict[str, Team]
    ) -> None:
        other = make_questionnaire(Audience.CUSTOMER, code="theirs")

        with pytest.raises(WrongAudienceError):
            rework(campaign, teams["one"], questionnaire=other)


class TestMoveDraft:
    def test_makes_it_the_last_wave_of_the_other_campaign(
        self, draft: Wave, teams: dict[str, Team], now: datetime
    ) -> None:
        other = make_campaign(teams["one"])
        make_draft(other, opens_at=now)
        move_draft(wave_id=draft.pk, campaign=other)

        draft.refresh_from_db()
        assert (draft.campaign, draft.number) == (other, 2)
        assert draft.questionnaire == other.questionnaire


class TestWordDraft:
    def test_gives_it_the_letter(self, draft: Wave) -> None:
        letter = LetterFactory()
        Wave.objects.update(launch_problem="The letter was bad.")
        word_draft(wave_id=draft.pk, letter=letter)

        draft.refresh_from_db()
        assert (draft.letter, draft.launch_problem) == (letter, "")


class TestTimeDraft:
    def test_keeps_the_local_day_of_the_letters(self, draft: Wave, now: datetime) -> None:
        day = date(2026, 3, 9)
        window = Window(now, now + timedelta(days=9), day, time(9, 0), planned_date=day)
        time_draft(wave_id=draft.pk, window=window)

        draft.refresh_from_db()
        assert (draft.letters_date, draft.letters_time, draft.planned_date) == (day, time(9), day)
        assert draft.closes_at == now + timedelta(days=9)

    def test_plans_no_round_twice(self, draft: Wave, campaign: Campaign, now: datetime) -> None:
        day = date(2026, 3, 9)
        window = Window(now, now + timedelta(days=9), day, time(9, 0), planned_date=day)
        time_draft(wave_id=draft.pk, window=window)
        other = make_draft(campaign, opens_at=now)

        with pytest.raises(IntegrityError, match=r"wave_once_per_round|UNIQUE"):
            time_draft(wave_id=other.pk, window=window)


class TestSetQuietHours:
    @pytest.mark.parametrize("quiet", [QuietHours(time(20), time(8)), None])
    def test_sets_both_ends_or_none(self, campaign: Campaign, quiet: QuietHours | None) -> None:
        set_quiet_hours(campaign_id=campaign.pk, quiet=QuietHours(time(1), time(2)))
        set_quiet_hours(campaign_id=campaign.pk, quiet=quiet)

        campaign.refresh_from_db()
        ends = (quiet.begins, quiet.ends) if quiet else (None, None)
        assert (campaign.quiet_from, campaign.quiet_until) == ends


class TestLimitArrows:
    def test_holds_until_somebody_was_asked(self, teams: dict[str, Team]) -> None:
        serve(teams, "one>two")
        campaign = make_colleagues(teams["top"])
        limit_arrows(campaign_id=campaign.pk, at_most=2)
        make_open_wave(Campaign.objects.get(pk=campaign.pk))

        limit_arrows(campaign_id=campaign.pk, at_most=2)
        with pytest.raises(CampaignHasRunError):
            limit_arrows(campaign_id=campaign.pk, at_most=1)

        assert Campaign.objects.get(pk=campaign.pk).arrows_per_person == 2

    def test_leaves_a_campaign_alone_that_is_being_launched(
        self, teams: dict[str, Team], now: datetime
    ) -> None:
        campaign = make_colleagues(teams["top"])
        draft = make_draft(campaign, opens_at=now)
        Wave.objects.filter(pk=draft.pk).update(launch_requested_at=now)

        with pytest.raises(CampaignHasRunError):
            limit_arrows(campaign_id=campaign.pk, at_most=1)

        Wave.objects.filter(pk=draft.pk).update(launch_requested_at=None)  # taken back
        limit_arrows(campaign_id=campaign.pk, at_most=1)
        assert Campaign.objects.get(pk=campaign.pk).arrows_per_person == 1


class TestNoDraftAnyMore:
    def test_is_left_alone(self, campaign: Campaign, draft: Wave, now: datetime) -> None:
        Wave.objects.update(launch_requested_at=now)
        letter = LetterFactory()

        for change in (
            lambda: word_draft(wave_id=draft.pk, letter=letter),
            lambda: time_draft(wave_id=draft.pk, window=Window(now, now + timedelta(days=1))),
            lambda: ask_scales(wave_id=draft.pk, scale_codes=["short"]),
            lambda: move_draft(wave_id=draft.pk, campaign=campaign),
        ):
            with pytest.raises(NotADraftError):
                change()

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.models import Wave
from survey.campaigns.overlaps import warn_of_tired_people
from survey.campaigns.preflight import check_wave
from survey.campaigns.rosters import plan_wave
from survey.campaigns.services import close_wave, withdraw_wave
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    staff,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def teams() -> dict[str, Team]:
    parents = {"top": None, "a": "top", "b": "top"}
    return make_teams(parents, {"a": 9, "b": 6})


def tired(draft: Wave, now: datetime) -> list[str]:
    plan = plan_wave(wave=draft, today=now.date())
    return warn_of_tired_people(wave=draft, plan=plan, now=now)


class TestWarnOfTiredPeople:
    def test_counts_whom_another_wave_asks_right_now(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["a"]))
        draft = make_draft(make_campaign(teams["top"]))

        assert tired(draft, NOW + DAY) == [
            "9 of these people were asked in the last 30 days.",
            "9 of these people are being asked in “Employee-A, wave 1” right now, until 16 March.",
        ]

    def test_counts_a_person_once_and_only_those_asked_again(self, teams: dict[str, Team]) -> None:
        for scope in ("a", "top"):
            close_wave(wave_id=make_open_wave(make_campaign(teams[scope])).pk, now=NOW + DAY)
        staff(teams["b"], 1)
        draft = make_draft(make_campaign(teams["b"]))

        assert tired(draft, NOW + 2 * DAY) == [
            "6 of these people were asked in the last 30 days.",
        ]

    def test_is_silent_after_thirty_days(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["a"]))
        draft = make_draft(make_campaign(teams["top"]), opens_at=NOW + 30 * DAY)

        assert tired(draft, NOW + 30 * DAY) == []

    def test_does_not_count_waves_that_were_taken_back(self, teams: dict[str, Team]) -> None:
        wave = make_open_wave(make_campaign(teams["a"]))
        withdraw_wave(wave_id=wave.pk, reason="wrong teams", now=NOW)

        assert tired(make_draft(make_campaign(teams["top"])), NOW) == []

    def test_asks_the_same_for_many_waves(
        self,
        teams: dict[str, Team],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        campaign = make_campaign(teams["a"])
        for _ in range(3):
            make_open_wave(campaign)
        draft = make_draft(make_campaign(teams["top"]))
        plan = plan_wave(wave=draft, today=NOW.date())

        with django_assert_num_queries(2):
            assert len(warn_of_tired_people(wave=draft, plan=plan, now=NOW)) == 4


class TestWarnOfSharedTeams:
    def test_names_the_wave_that_gets_the_contacts_first(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))
        campaign = make_campaign(teams["a"], Audience.CUSTOMER)
        draft = make_draft(campaign, opens_at=NOW + DAY)

        (warning,) = check_wave(wave=draft, now=NOW).warnings
        assert warning.sentence == (
            "“Customer-Top, wave 1” already asks customers of one of these teams: until it closes "
            "on 16 March, contacts go to it, because it opens first."
        )

    def test_says_when_the_draft_itself_comes_first(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["a"], Audience.CUSTOMER))
        campaign = make_campaign(teams["top"], Audience.CUSTOMER)
        draft = make_draft(campaign, opens_at=NOW - DAY, closes_at=NOW + 20 * DAY)

        (warning,) = check_wave(wave=draft, now=NOW).warnings
        assert "contacts go to this wave until it closes" in warning.sentence

    def test_is_silent_about_other_teams_and_other_times(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["a"], Audience.CUSTOMER))
        elsewhere = make_draft(make_campaign(teams["b"], Audience.CUSTOMER))
        later = make_draft(make_campaign(teams["top"], Audience.CUSTOMER), opens_at=NOW + 15 * DAY)

        assert check_wave(wave=elsewhere, now=NOW).warnings == ()
        assert check_wave(wave=later, now=NOW).warnings == ()

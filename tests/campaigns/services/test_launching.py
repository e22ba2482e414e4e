from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext, override
from pytest_django import Settings

from survey.campaigns.keys import KeysNotWritableError, keys_exist, keys_fit
from survey.campaigns.launch_problems import say_launch_problem
from survey.campaigns.models import (
    Campaign,
    Channel,
    Credential,
    Group,
    GroupTeam,
    Invitation,
    Wave,
)
from survey.campaigns.services import (
    LaunchRefusedError,
    cancel_launch,
    launch_requested_waves,
    launch_wave,
    request_launch,
)
from survey.campaigns.services.launching import keep_problem
from survey.core.tokens import digest_token
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_draft,
    make_teams,
    staff,
    tokens,
    tokens_of,
)
from tests.stages import stage

pytestmark = pytest.mark.django_db
NO_LETTER = "There is no letter yet: people would not know who asks them."


@stage
def teams() -> dict[str, Team]:
    parents = {"top": None, "a": "top", "b": "top", "c": "top"}
    return make_teams(parents, {"a": 30, "b": 4, "c": 3})


@stage
def campaign(teams: dict[str, Team]) -> Campaign:
    return make_campaign(teams["top"])


class TestLaunchWave:
    def test_freezes_groups_with_everybody_below_them(self, campaign: Campaign) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)

        groups = Group.objects.filter(wave=wave).values_list("code", "kind", "n_invited")
        assert set(groups) == {
            ("top", "NODE", 37),
            ("a", "TEAM", 30),
            ("top:smaller", "POOL", 7),
        }
        pool = GroupTeam.objects.filter(group__code="top:smaller")
        assert set(pool.values_list("team__code", flat=True)) == {"b", "c"}

    def test_gives_everybody_a_link_that_only_the_link_key_leads_to(
        self, campaign: Campaign
    ) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)

        for group in Group.objects.filter(wave=wave):
            links = {digest_token(token) for token in tokens_of(wave, group)}
            known = Credential.objects.filter(group=group).values_list("digest", flat=True)
            assert set(known) == links
        assert wave.n_invited == Invitation.objects.filter(wave=wave).count() == 37

    def test_stores_credentials_in_an_order_of_their_own(self, campaign: Campaign) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)
        invitations = Invitation.objects.filter(group__code="a").order_by("pk")
        by_person = [digest_token(token) for token in tokens(wave, invitations)]
        stored = list(
            Credential.objects.filter(group__code="a")
            .order_by("pk")
            .values_list("digest", flat=True)
        )

        assert sorted(stored) == sorted(by_person)
        assert stored != by_person  # 30 people: the same order comes once in 10**32 launches

    def test_freezes_families_and_one_box_size(self, campaign: Campaign) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)

        assert [family["shows_items"] for family in wave.families] == [True]
        assert wave.box_size is not None
        assert wave.box_size % 1024 == 0
        assert wave.box_size > 4 * 1500  # the longest comment, in the widest letters

    def test_writes_fitting_keys_before_it_commits(self, campaign: Campaign) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)

        assert keys_fit(wave=Wave.objects.get(pk=wave.pk))

    def test_leaves_nothing_half_done_where_keys_cannot_be_written(
        self,
        campaign: Campaign,
        settings: Settings,
        tmp_path: Path,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        settings.KEYS_DIR = tmp_path / "file"
        wave = make_draft(campaign)

        with pytest.raises(KeysNotWritableError, match="KEYS_DIR"):
            launch_wave(wave_id=wave.pk, now=NOW)

        wave.refresh_from_db()
        assert wave.launched_at is None
        assert not Group.objects.filter(wave=wave).exists()
        assert not keys_exist(wave=wave)

    def test_holds_the_campaign_so_that_nobody_limits_it_meanwhile(
        self, campaign: Campaign
    ) -> None:
        if not connection.features.has_select_for_update:
            pytest.skip("this database has no locks on rows")
        wave = make_draft(campaign)

        with CaptureQueriesContext(connection) as queries:
            launch_wave(wave_id=wave.pk, now=NOW)
        assert any(
            'FROM "campaigns_campaign"' in query["sql"] and "FOR NO KEY UPDATE" in query["sql"]
            for query in queries
        )

    def test_is_done_once(self, campaign: Campaign) -> None:
        wave = launch_wave(wave_id=make_draft(campaign).pk, now=NOW)

        with pytest.raises(LaunchRefusedError, match="launched already"):
            launch_wave(wave_id=wave.pk, now=NOW)

        assert keys_fit(wave=wave)

    def test_refuses_a_wave_without_a_letter(self, campaign: Campaign) -> None:
        campaign.letter = None
        campaign.save()

        with pytest.raises(LaunchRefusedError, match="no letter"):
            launch_wave(wave_id=make_draft(campaign).pk, now=NOW)

    def test_refuses_a_wave_that_would_be_over(self, campaign: Campaign) -> None:
        with pytest.raises(LaunchRefusedError, match="later closing time"):
            launch_wave(wave_id=make_draft(campaign).pk, now=NOW + TWO_WEEKS)

    def test_refuses_to_ask_fewer_than_k_people(self) -> None:
        teams = make_teams({"tiny": None}, {"tiny": 4})

        with pytest.raises(LaunchRefusedError, match="Only 4 people"):
            launch_wave(wave_id=make_draft(make_campaign(teams["tiny"])).pk, now=NOW)

    def test_asks_leaders_in_the_group_above(self, teams: dict[str, Team]) -> None:
        leader = staff(teams["a"], 1, is_leader=True)[0]
        staff(teams["top"], 5)

        launch_wave(wave_id=make_draft(make_campaign(teams["top"])).pk, now=NOW)

        assert Invitation.objects.get(person=leader).group.code == "top:direct"


@contextmanager
def meanwhile(happen: Callable[[], object]) -> Iterator[None]:
    """Let something happen after the due waves were listed, and before they are launched."""

    def run(units: Iterable[int], work: Callable[[int], int], *, name: str) -> int:
        listed = list(units)
        happen()
        return sum(map(work, listed))

    with mock.patch("survey.campaigns.services.launching.run_each", run):
        yield


class TestLaunchRequestedWaves:
    def test_launches_what_was_asked_for_once(self, campaign: Campaign) -> None:
        wave = make_draft(campaign)
        request_launch(wave_id=wave.pk, now=NOW)

        assert launch_requested_waves(now=NOW) == 1
        assert launch_requested_waves(now=NOW) == 0
        wave.refresh_from_db()
        assert wave.launched_at == NOW

    def test_says_nothing_where_another_worker_was_faster(
        self, campaign: Campaign, caplog: pytest.LogCaptureFixture
    ) -> None:
        wave = make_draft(campaign)
        request_launch(wave_id=wave.pk, now=NOW)

        with meanwhile(lambda: launch_wave(wave_id=wave.pk, now=NOW)):
            assert launch_requested_waves(now=NOW) == 0
        wave.refresh_from_db()
        assert (wave.launched_at, wave.launch_problem) == (NOW, "")
        assert not caplog.records

    def test_passes_by_a_wave_that_another_worker_is_launching(self, campaign: Campaign) -> None:
        if not connection.features.has_select_for_update_skip_locked:
            pytest.skip("this database has no locks to pass by")
        request_launch(wave_id=make_draft(campaign).pk, now=NOW)

        with CaptureQueriesContext(connection) as queries:
            launch_requested_waves(now=NOW)
        assert any("SKIP LOCKED" in query["sql"] for query in queries)

    def test_launches_nothing_that_was_taken_back_meanwhile(self, campaign: Campaign) -> None:
        wave = make_draft(campaign)
        request_launch(wave_id=wave.pk, now=NOW)

        with meanwhile(lambda: cancel_launch(wave_id=wave.pk, now=NOW)):
            assert launch_requested_waves(now=NOW) == 0
        wave.refresh_from_db()
        assert wave.launched_at is None

    def test_refuses_to_ask_for_what_cannot_be_done(self, campaign: Campaign) -> None:
        with pytest.raises(LaunchRefusedError):
            request_launch(wave_id=make_draft(campaign).pk, now=NOW + TWO_WEEKS)

    def test_keeps_what_stands_in_the_way_on_the_draft(
        self, campaign: Campaign, settings: Settings, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("in the way")
        settings.KEYS_DIR = tmp_path / "file"
        wave = make_draft(campaign)
        request_launch(wave_id=wave.pk, now=NOW)

        assert launch_requested_waves(now=NOW) == 0
        wave.refresh_from_db()
        assert "KEYS_DIR" in wave.launch_problem
        assert set(wave.launch_problem_abroad) == {"es", "de", "ar"}
        assert wave.launch_requested_at is None


class TestKeepProblem:
    def test_tells_each_reader_in_their_language_what_stood_in_the_way(
        self, campaign: Campaign
    ) -> None:
        wave = make_draft(campaign)
        request_launch(wave_id=wave.pk, now=NOW)
        campaign.letter = None
        campaign.save()

        launch_requested_waves(now=NOW)

        wave.refresh_from_db()
        assert "no letter" in say_launch_problem(wave)
        with override("de"):
            assert say_launch_problem(wave) == gettext(NO_LETTER) != NO_LETTER

    def test_keeps_nothing_on_a_draft_that_is_gone(self, campaign: Campaign) -> None:
        wave_id = make_draft(campaign).pk
        Wave.objects.all().delete()

        error = LaunchRefusedError(())
        assert not keep_problem(wave_id=wave_id, error=error, now=NOW)


class TestLaunchWaveWithoutPeople:
    def test_makes_a_group_for_every_team_and_asks_nobody(self, teams: dict[str, Team]) -> None:
        for audience, channel in (
            (Audience.CUSTOMER, Channel.PERSONAL),
            (Audience.EMPLOYEE, Channel.IMPORT),
        ):
            campaign = make_campaign(teams["top"], audience)
            wave = launch_wave(wave_id=make_draft(campaign, channel=channel).pk, now=NOW)

            groups = Group.objects.filter(wave=wave)
            assert set(groups.values_list("code", flat=True)) == {"top", "a", "b", "c"}
            assert not Invitation.objects.filter(wave=wave).exists()
            assert not Credential.objects.filter(wave=wave).exists()

"""Waves that ask only some scales, from the page to the release."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from survey.aggregation.invariants import broken_invariants
from survey.aggregation.models import Figure
from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.facts import say_minutes
from survey.campaigns.models import Campaign, Group, Wave
from survey.campaigns.selectors import content_of
from survey.campaigns.services import launch_wave, open_due_waves
from survey.dashboards.measures import read_asked
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.models import Questionnaire
from survey.responses.models import Intake
from survey.responses.services import submit_response
from tests.answering.asking import state_of
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams, tokens_of
from tests.factories.questionnaires import ItemFactory, StoryFactory, make_scale, publish
from tests.factories.responses import answer_wave, close_and_seal

pytestmark = pytest.mark.django_db
SCALES = ("fair", "keen", "calm")


@pytest.fixture
def campaign() -> Campaign:
    """Asks six items of three scales and a story of two teams."""
    teams = make_teams({"top": None, "a": "top", "b": "top"}, {"a": 9, "b": 8})
    return make_campaign(teams["top"], questionnaire=questionnaire())


def questionnaire() -> Questionnaire:
    items = []
    for code in SCALES:
        of_scale = [ItemFactory(code=f"{code}_{n}") for n in range(1, 9)]
        make_scale(code, of_scale)
        items += of_scale
    return publish([*items, StoryFactory(code="story")], code="all")


def make_open(campaign: Campaign, *scale_codes: str, now: datetime = NOW) -> Wave:
    draft = make_draft(campaign, opens_at=now, scale_codes=scale_codes)
    launch_wave(wave_id=draft.pk, now=now)
    open_due_waves(now=now)
    return Wave.objects.select_related("campaign").get(pk=draft.pk)


def field_all(wave: Wave) -> None:
    """Let everybody answer, close, seal and release."""
    for group in Group.objects.filter(wave=wave, kind="TEAM"):
        answer_wave(wave, group, [3] * 8)
    close_and_seal(wave)
    refresh_due_rollups(now=NOW + timedelta(hours=1))
    make_due_releases(now=NOW + timedelta(hours=1))


def released(wave: Wave) -> set[str]:
    rows = Figure.objects.filter(release__wave=wave, group__code="a")
    return set(rows.values_list("metric", flat=True))


class TestWavesThatTakeTurns:
    def test_release_only_what_they_asked(self, campaign: Campaign) -> None:
        first, second = make_open(campaign, "fair", "keen"), make_open(campaign, "calm")

        for wave in (first, second):
            field_all(wave)

        assert (released(first), released(second)) == ({"fair", "keen"}, {"calm"})
        assert broken_invariants(now=NOW + timedelta(hours=1)) == []

    def test_release_everything_where_no_scale_is_named(self, campaign: Campaign) -> None:
        wave = make_open(campaign)

        field_all(wave)

        assert released(wave) == set(SCALES)

    def test_freeze_families_and_boxes_of_what_is_asked(self, campaign: Campaign) -> None:
        some, everything = make_open(campaign, "calm"), make_open(campaign)

        assert [family["code"] for family in some.families] == ["calm"]
        assert [family["code"] for family in everything.families] == list(SCALES)
        assert some.box_size <= everything.box_size  # type: ignore[operator]

    def test_say_how_long_that_takes(self, campaign: Campaign) -> None:
        some, everything = make_open(campaign, "calm"), make_open(campaign)

        assert say_minutes(wave=some) < say_minutes(wave=everything)

    def test_tell_pages_what_was_not_asked(self, campaign: Campaign) -> None:
        some = make_open(campaign, "calm")

        assert [code for code in read_asked([some]) if not code.startswith("item:")] == ["calm"]


class TestThePage:
    def test_asks_those_scales_and_the_story(self, campaign: Campaign, client: Client) -> None:
        wave = make_open(campaign, "calm", now=timezone.now())

        url = f"/r/{tokens_of(wave)[0]}/"

        first = client.get(url).content.decode()
        second = client.post(url, {"form.state": state_of(first)}).content.decode()

        assert 'name="calm_1"' in first
        assert 'name="story"' in second
        assert "fair_1" not in first + second

    def test_takes_answers_to_those_scales_only(self, campaign: Campaign, client: Client) -> None:
        wave = make_open(campaign, "calm", now=timezone.now())
        url = f"/r/{tokens_of(wave)[0]}/"
        asked = {item.code: "3" for item in content_of(wave=wave).items if item.is_closed}

        refused = client.post(url, {**asked, "fair_1": "3"})
        assert not Intake.objects.exists()
        taken = client.post(url, asked)

        assert (refused.status_code, taken.status_code) == (422, 302)
        assert Intake.objects.count() == 1

    def test_keeps_answers_out_that_got_past_it(self, campaign: Campaign) -> None:
        wave = make_open(campaign, "calm")
        group = Group.objects.get(wave=wave, code="a")
        answer_wave(wave, group, [3] * 8)
        token = tokens_of(wave, group)[8]
        astray = ReadAnswers({"calm_1": 3, "fair_1": 3}, {}, {}, ())

        submit_response(token=token, answers=astray, now=NOW)
        close_and_seal(wave)

        assert wave.n_discarded == 1

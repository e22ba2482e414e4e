"""The stages of the pipeline, run here and now."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from survey.aggregation.models import Release
from survey.campaigns.models import Pairing, Wave
from survey.linkage.models import Study
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.boxes import BoxContent
from survey.responses.models import Response
from survey.samples.pipeline import bring_in, finish_wave, link
from survey.samples.progress import Silence
from tests.factories.campaigns import make_campaign, make_import_wave, make_teams

pytestmark = pytest.mark.django_db


class Meter(Silence):
    """Notes how far the work says it is."""

    def __init__(self) -> None:
        self.steps: list[float | None] = []

    def update(self, n: float | None = 1) -> None:
        self.steps.append(n)


@pytest.fixture
def top() -> Team:
    return make_teams({"top": None, "a": "top", "b": "top"}, {})["top"]


def answers(wave: Wave, n: int) -> Iterator[BoxContent]:
    """Yield n answer sets, in turn of either team."""
    groups = [wave.groups.get(code=code).pk for code in ("a", "b")]
    items = [f"{wave.campaign.code.replace('-', '_')}_{number}" for number in (1, 2, 3)]
    for number in range(n):
        yield BoxContent(groups[number % 2], dict.fromkeys(items, 1 + number % 3))


def taken_in(top: Team, now: datetime, n: int, audience: str = Audience.EMPLOYEE) -> Wave:
    wave = make_import_wave(make_campaign(top, audience), now=now - timedelta(days=1))
    assert bring_in(wave=wave, answer_sets=answers(wave, n), now=now, progress=Silence()) == n
    wave.refresh_from_db()
    return wave


class TestBringIn:
    def test_puts_everything_into_boxes_and_closes_the_wave(self, top: Team, now: datetime) -> None:
        wave = taken_in(top, now, 13)

        assert (wave.intakes.count(), wave.closed_at) == (13, now)
        assert not Response.objects.exists()

    def test_reports_by_the_hundred_and_what_is_left(self, top: Team, now: datetime) -> None:
        wave = make_import_wave(make_campaign(top), now=now - timedelta(days=1))
        meter = Meter()
        bring_in(wave=wave, answer_sets=answers(wave, 213), now=now, progress=meter)

        assert meter.steps == [100, 100, 13]


class TestFinishWave:
    def test_seals_scores_and_releases(self, top: Team, now: datetime) -> None:
        wave = taken_in(top, now, 13)
        meter = Meter()
        finish_wave(wave=wave, now=now, n_people=13, progress=meter)
        wave.refresh_from_db()

        assert (wave.sealed_at, wave.responses.count()) == (now, 13)
        assert Release.objects.get().wave == wave
        assert sum(step or 0 for step in meter.steps) == 13

    def test_goes_on_where_it_was_interrupted(self, top: Team, now: datetime) -> None:
        wave = taken_in(top, now, 12)
        for _ in range(2):
            finish_wave(wave=wave, now=now, n_people=12, progress=Silence())

        assert (Release.objects.count(), wave.responses.count()) == (1, 12)


class TestLink:
    def test_compares_both_sides_and_leaves_no_key_behind(self, top: Team, now: datetime) -> None:
        waves = [taken_in(top, now, 24, audience) for audience in ("EMPLOYEE", "CUSTOMER")]
        ex, cx = (wave.campaign for wave in waves)
        pairing = Pairing.objects.create(code="both", name="Both", ex=ex, cx=cx)
        for wave in waves:
            finish_wave(wave=wave, now=now, n_people=24, progress=Silence())
        assert Wave.objects.filter(keys_destroyed_at=None).count() == 2

        link(pairing=pairing, now=now)

        assert Study.objects.filter(pairing=pairing).exists()
        assert not Wave.objects.filter(keys_destroyed_at=None).exists()

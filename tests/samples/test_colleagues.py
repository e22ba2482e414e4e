"""Colleagues of the demo about the teams that serve theirs."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from django.db import transaction
from django.db.models import Sum
from pytest_django.plugin import DjangoDbBlocker

from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Credential, GroupArrow, Pairing, Wave
from survey.campaigns.selectors import get_link
from survey.core.timestamps import local_date
from survey.questionnaires.models import Audience
from survey.responses.models import Intake, Response
from survey.samples.colleagues import (
    SHARE_ANSWERED,
    RatedPast,
    create_colleagues,
    open_colleague_wave,
)
from survey.samples.demo_questionnaires import store_questionnaires
from survey.samples.history import create_demo_pairing
from survey.samples.organisation import REGIONS, create_organisation, team_code, team_names
from survey.samples.progress import Silence
from survey.samples.running import find_open_links
from survey.samples.serving import WIRING, bring_in_services, list_planned
from survey.samples.simulation import NO_ANSWER, draw_ratings
from survey.samples.truth import RATING, SHIPPED_TRUTH, FloatArray
from survey.statistics.agreement import intraclass

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OPENS, CLOSES = NOW - timedelta(days=60), NOW - timedelta(days=46)
IN_ONE_REGION, ELSEWHERE = 12, 1
GOOD, BAD = "Bakery", "Deliveries"  # both serve the kitchen
TRUTH = replace(SHIPPED_TRUTH, n_quarters=2, n_rated_quarters=1)

pytestmark = pytest.mark.django_db


class Undo(Exception):  # noqa: N818
    """Takes back what was built."""


def effects() -> FloatArray:
    """What the arrows of one team are like, and those of another, in the last of two quarters."""
    levels = {team_code(REGIONS[0], GOOD): 3.0, team_code(REGIONS[0], BAD): -3.0}
    return np.array([[0.0, levels.get(one.provider_code, 0.0)] for one in list_planned()]).T


@pytest.fixture(scope="module", autouse=True)
def past(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[RatedPast]:
    """A region of twelve people a team that was asked in the last quarter and is asked now."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        store_questionnaires()
        headcounts = [IN_ONE_REGION if one == REGIONS[0] else ELSEWHERE for one, _ in team_names()]
        today = local_date(NOW)
        root = create_organisation(headcounts=headcounts, seed=1, today=today)
        bring_in_services(since=today - timedelta(days=700), today=today)
        campaign = create_colleagues(pairing=create_demo_pairing(root=root), root=root)
        past = RatedPast(campaign, TRUTH, effects(), np.random.default_rng(1))
        for quarter in range(len(past.effects)):
            past.live(quarter, OPENS, CLOSES, Silence())
        open_colleague_wave(campaign=campaign, now=NOW)
        yield past
        raise Undo


def rated_wave() -> Wave:
    return Wave.objects.sealed().get(campaign__audience=Audience.COLLEAGUE)


def open_wave() -> Wave:
    return Wave.objects.open_at(NOW).get(campaign__audience=Audience.COLLEAGUE)


def mean_of(team: str) -> float:
    """Return what all together said of a serving team of the region that is asked."""
    (figure,) = Figure.objects.filter(
        release__wave=rated_wave(),
        group__code=team_code(REGIONS[0], team),
        metric=RATING.code,
    )
    assert figure.mean is not None
    return float(figure.mean)


class TestRatedPast:
    def test_asks_in_the_last_quarters_only(self) -> None:
        assert Wave.objects.filter(closes_at=CLOSES).count() == 1

    def test_is_released_like_any_wave(self) -> None:
        wave = rated_wave()

        assert Release.objects.get(wave=wave).made_at == wave.closed_at == CLOSES
        assert not Intake.objects.filter(wave=wave).exists()

    def test_takes_in_a_rating_for_most_of_those_asked_for(self) -> None:
        wave = rated_wave()
        asked = wave.groups.filter(parent=None).aggregate(n=Sum("n_invited"))["n"]

        assert Response.objects.filter(wave=wave).count() == pytest.approx(
            SHARE_ANSWERED * asked, rel=0.15
        )

    def test_rates_each_team_as_its_arrows_are(self) -> None:
        assert mean_of(GOOD) > mean_of("Kitchen") > mean_of(BAD)


class TestCreateColleagues:
    def test_stands_beside_the_pairing(self, past: RatedPast) -> None:
        assert Pairing.objects.get().colleague == past.campaign
        assert past.campaign.letter is not None


class TestOpenColleagueWave:
    def test_waits_for_everybody_who_is_asked(self) -> None:
        wave = open_wave()

        assert wave.invitations.filter(is_admitted=True).exists()
        assert not Credential.objects.filter(wave=wave, is_spent=True).exists()

    def test_can_be_answered_by_a_visitor_about_several_teams(self) -> None:
        url = find_open_links(now=NOW).colleague
        link = get_link(token=url.rstrip("/").rpartition("/")[2], now=NOW)

        assert (link.wave, link.is_spent) == (open_wave(), False)
        assert len(link.arrows) >= 1
        assert all(one.provider_name.startswith(REGIONS[0]) for one in link.arrows)

    def test_asks_about_every_arrow_of_a_region_that_has_the_people(self) -> None:
        asked = GroupArrow.objects.filter(group__wave=open_wave())

        assert Counter(asked.values_list("chain", flat=True)) == {
            name: len(arrows) for name, arrows in WIRING.items()
        }


class TestDrawRatings:
    def test_has_the_planted_share_of_variance_between_arrows(self) -> None:
        rng = np.random.default_rng(1)
        found = []
        for _ in range(20):
            arrows = np.repeat(np.arange(100), 10)
            sheet = draw_ratings(truth=TRUTH, effects=rng.normal(size=100)[arrows], rng=rng)
            answers = np.where(sheet.answers == NO_ANSWER, np.nan, sheet.answers)
            scores = pd.DataFrame(answers).mean(axis=1)
            found.append(intraclass(scores, pd.Series(arrows)).icc1)

        assert sheet.items == RATING.items
        assert np.mean(found) == pytest.approx(TRUTH.icc_ratings, rel=0.1)

"""Audiences so alike that comparing two surveys would tell about a few people."""

from datetime import timedelta

import pytest

from survey.campaigns.models import Invitation
from survey.campaigns.preflight import check_wave
from survey.campaigns.services import close_wave
from survey.organization.models import Team
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
    parents = {"top": None, "a": "top", "b": "top", "c": "top"}
    return make_teams(parents, {"a": 9, "b": 4, "c": 3})


class TestCompareAudience:
    def test_blocks_an_audience_with_a_few_people_more(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"])
        first = make_open_wave(campaign)
        Invitation.objects.filter(group__code="a").order_by("pk")[:1].get().delete()
        close_wave(wave_id=first.pk, now=NOW)

        found = check_wave(wave=make_draft(campaign, opens_at=NOW + 30 * DAY), now=NOW + 30 * DAY)

        assert len(found.problems) == 1
        assert found.problems[0].sentence.startswith("A would be asked")

    def test_allows_it_after_sixty_days(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"])
        make_open_wave(campaign)
        Invitation.objects.filter(group__code="a").order_by("pk")[:1].get().delete()

        found = check_wave(wave=make_draft(campaign, opens_at=NOW + 80 * DAY), now=NOW + 80 * DAY)

        assert found.problems == ()

    def test_does_not_mind_joiners(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"])
        make_open_wave(campaign)
        newcomer = staff(teams["a"], 1)[0]
        newcomer.memberships.update(active_from=(NOW + DAY).date())

        found = check_wave(wave=make_draft(campaign, opens_at=NOW + 2 * DAY), now=NOW + 2 * DAY)

        assert found.problems == ()

    def test_does_not_mind_waves_that_ask_other_things(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["top"]))
        Invitation.objects.filter(group__code="a").order_by("pk")[:1].get().delete()
        other = make_campaign(teams["top"], code="other")

        assert check_wave(wave=make_draft(other), now=NOW).problems == ()

from datetime import timedelta

import pytest

from survey.campaigns.models import Invitation
from survey.campaigns.preflight import PoolPreview, check_wave
from survey.campaigns.services import close_wave
from survey.organization.models import Person, Team
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
    parents = {"top": None, "a": "top", "b": "top", "c": "top"}
    return make_teams(parents, {"a": 9, "b": 4, "c": 3})


class TestCheckWave:
    def test_counts_who_would_be_asked_and_shown(self, teams: dict[str, Team]) -> None:
        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert (found.n_people, found.n_teams, found.n_shown) == (16, 3, 1)
        assert found.pools == (PoolPreview("Smaller teams of Top", ("B", "C"), 7),)
        assert (found.n_pooled_teams, found.n_pooled_people) == (2, 7)
        assert (found.problems, found.warnings) == ((), ())

    def test_names_a_large_group_that_a_small_one_is_counted_with(
        self, teams: dict[str, Team]
    ) -> None:
        staff(teams["c"], 3)

        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert found.warnings[0].startswith("C has enough people but is counted in")

    def test_names_leaders_who_cannot_be_asked(self, teams: dict[str, Team]) -> None:
        leader = staff(teams["top"], 1, is_leader=True)[0]

        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert found.not_asked == (leader.name,)
        assert leader.name in found.warnings[0]

    def test_counts_whom_no_letter_reaches(self, teams: dict[str, Team]) -> None:
        Person.objects.filter(memberships__team=teams["b"]).update(email="")

        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert found.n_unreachable == 4

    def test_says_what_forbids_the_launch(self, teams: dict[str, Team]) -> None:
        wave = make_draft(make_campaign(teams["top"]))

        found = check_wave(wave=wave, now=wave.closes_at)

        assert len(found.problems) == 1

    def test_counts_no_people_for_customers(self, teams: dict[str, Team]) -> None:
        wave = make_draft(make_campaign(teams["top"], Audience.CUSTOMER))

        found = check_wave(wave=wave, now=NOW)

        assert (found.n_people, found.n_teams, found.problems) == (0, 3, ())


class TestCompareAudience:
    def test_blocks_an_audience_with_a_few_people_more(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"])
        first = make_open_wave(campaign)
        Invitation.objects.filter(group__code="a").order_by("pk")[:1].get().delete()
        close_wave(wave_id=first.pk, now=NOW)

        found = check_wave(wave=make_draft(campaign, opens_at=NOW + 30 * DAY), now=NOW + 30 * DAY)

        assert len(found.problems) == 1
        assert found.problems[0].startswith("A would be asked")

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

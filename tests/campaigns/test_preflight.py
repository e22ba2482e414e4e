import pytest

from survey.campaigns.preflight import PoolPreview, check_wave
from survey.organization.models import Person, Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_teams,
    staff,
)

pytestmark = pytest.mark.django_db


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

    def test_promises_to_show_no_group_below_the_threshold(self) -> None:
        four = make_teams({"top": None, "a": "top"}, {"a": 4})

        found = check_wave(wave=make_draft(make_campaign(four["top"])), now=NOW)

        assert (found.n_people, found.n_teams) == (4, 1)
        assert (found.n_shown, found.n_shown_people) == (0, 0)

    def test_names_a_large_group_that_a_small_one_is_counted_with(
        self, teams: dict[str, Team]
    ) -> None:
        staff(teams["c"], 3)

        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert found.warnings[0].sentence.startswith(
            "C has enough people to be shown, but is counted in"
        )

    def test_does_not_call_people_directly_below_an_inner_team_a_team(
        self, teams: dict[str, Team]
    ) -> None:
        staff(teams["b"], 1, is_leader=True)

        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert found.pools[0].teams == ("B", "C", "Top, directly")
        assert found.n_shown_people + found.n_pooled_people == found.n_people == 17

    def test_names_leaders_who_cannot_be_asked(self, teams: dict[str, Team]) -> None:
        leader = staff(teams["top"], 1, is_leader=True)[0]

        found = check_wave(wave=make_draft(make_campaign(teams["top"])), now=NOW)

        assert found.not_asked == (leader.name,)
        assert leader.name in found.warnings[0].sentence

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

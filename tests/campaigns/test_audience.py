"""Audiences as HR chooses them, with their numbers at once."""

from datetime import timedelta
from typing import Any

import pytest

from survey.campaigns.audience import (
    AudienceError,
    PoolPreview,
    check_audience,
    preview,
    zones_of_audience,
)
from survey.campaigns.models import Campaign
from survey.campaigns.preflight import check_wave
from survey.campaigns.services import close_wave
from survey.organization.models import Attribute, Person, Team
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
)
from tests.stages import stage

pytestmark = pytest.mark.django_db
MONTH = timedelta(days=30)


@stage
def teams() -> dict[str, Team]:
    parents = {"top": None, "food": "top", "goods": "top", "a": "food", "b": "food", "c": "goods"}
    return make_teams(parents, {"a": 9, "b": 3, "c": 8})


class TestPreview:
    def test_tells_how_people_would_be_counted(self, teams: dict[str, Team]) -> None:
        chosen = {"team_ids": [teams["food"].pk]}

        found = preview(scope_id=teams["top"].pk, audience_filter=chosen, now=NOW)

        assert found.n_people == 12
        assert found.pools == (PoolPreview("Smaller teams of Food", ("A", "B"), 12),)
        assert found.n_shown + found.n_unreachable == 0

    def test_counts_whom_no_letter_reaches(self, teams: dict[str, Team]) -> None:
        Person.objects.filter(memberships__team=teams["c"]).update(email="")

        for chosen, n in (({}, 8), ({"team_ids": [teams["a"].pk]}, 0)):
            found = preview(scope_id=teams["top"].pk, audience_filter=chosen, now=NOW)
            assert found.n_unreachable == n

    def test_knows_the_zones_of_those_chosen(self, teams: dict[str, Team]) -> None:
        Person.objects.filter(memberships__team=teams["c"]).update(time_zone="Asia/Tokyo")
        today = NOW.date()
        goods = {"team_ids": [teams["goods"].pk]}

        found = zones_of_audience(scope_id=teams["top"].pk, audience_filter=goods, today=today)

        assert found == {"Asia/Tokyo"}


class TestCheckAudience:
    def test_lets_pass_teams_and_declared_attributes(self, teams: dict[str, Team]) -> None:
        Attribute.objects.create(code="site", name="Site")
        chosen = {"team_ids": [teams["a"].pk], "attributes": {"site": ["North"]}}

        check_audience(audience_filter=chosen, scope=teams["top"])
        check_audience(audience_filter={}, scope=teams["top"])

    @pytest.mark.parametrize(
        ("chosen", "why"),
        [
            ({"people": [1]}, "teams and attributes only"),
            ({"attributes": {"site": ["North"]}}, "Declare site"),
            ({"attributes": {"shift": []}}, "one value of shift"),
        ],
    )
    def test_refuses_names_and_what_nobody_declared(
        self, teams: dict[str, Team], chosen: dict[str, Any], why: str
    ) -> None:
        Attribute.objects.create(code="shift", name="Shift")

        with pytest.raises(AudienceError, match=why):
            check_audience(audience_filter=chosen, scope=teams["top"])

    def test_refuses_teams_outside_the_scope(self, teams: dict[str, Team]) -> None:
        with pytest.raises(AudienceError, match="below Food"):
            check_audience(audience_filter={"team_ids": [teams["c"].pk]}, scope=teams["food"])


class TestAudienceRule:
    """Of privacy.md 2: filters go through the same comparison as everything else."""

    @pytest.fixture
    def asked(self, teams: dict[str, Team]) -> Campaign:
        """A campaign that has just asked everybody."""
        campaign = make_campaign(teams["top"])
        close_wave(wave_id=make_open_wave(campaign).pk, now=NOW)
        return campaign

    def problems(self, campaign: Campaign, chosen: dict[str, Any]) -> tuple[str, ...]:
        Campaign.objects.filter(pk=campaign.pk).update(audience_filter=chosen)
        campaign.refresh_from_db()
        draft = make_draft(campaign, opens_at=NOW + MONTH)
        found = check_wave(wave=draft, now=NOW + MONTH)
        return tuple(str(problem) for problem in found.problems)

    def mark(self, team: Team, n: int) -> dict[str, Any]:
        """Let all but n people of a team, and everybody else, be at a site; choose that."""
        Attribute.objects.create(code="site", name="Site")
        Person.objects.update(attributes={"site": "N"})
        some = Person.objects.filter(memberships__team=team).order_by("pk")[:n]
        Person.objects.filter(pk__in=some.values("pk")).update(attributes={"site": "S"})
        return {"attributes": {"site": ["N"]}}

    @pytest.mark.parametrize(("n", "n_problems"), [(0, 0), (1, 1), (4, 1), (5, 0)])
    def test_refuses_to_leave_out_a_few_of_a_team(
        self, teams: dict[str, Team], asked: Campaign, n: int, n_problems: int
    ) -> None:
        found = self.problems(asked, self.mark(teams["a"], n))

        assert len(found) == n_problems
        assert all(sentence.startswith("A would be asked") for sentence in found)

    def test_refuses_to_leave_out_a_small_team_beside_others(
        self, teams: dict[str, Team], asked: Campaign
    ) -> None:
        (problem,) = self.problems(asked, {"team_ids": [teams["a"].pk, teams["c"].pk]})

        assert problem.startswith("Food would be asked")  # three fewer

    def test_allows_to_ask_one_part_only(self, teams: dict[str, Team], asked: Campaign) -> None:
        assert self.problems(asked, {"team_ids": [teams["goods"].pk]}) == ()

    def test_allows_everything_else_after_sixty_days(
        self, teams: dict[str, Team], asked: Campaign
    ) -> None:
        chosen = self.mark(teams["a"], 1)
        Campaign.objects.filter(pk=asked.pk).update(audience_filter=chosen)
        asked.refresh_from_db()
        later = NOW + 3 * MONTH

        assert check_wave(wave=make_draft(asked, opens_at=later), now=later).problems == ()

"""What a check of a wave among colleagues finds."""

from collections.abc import Callable

import pytest

from survey.campaigns.models import Campaign, Channel, Wave
from survey.campaigns.preflight import check_wave, find_problems
from survey.campaigns.rosters import plan_wave
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_draft, make_questionnaire, make_teams, staff
from tests.factories.colleagues import make_colleagues, serve
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def teams() -> dict[str, Team]:
    parents = {"top": None, "east": "top", "west": "top", "it": "top", "hr": "top"}
    return make_teams(parents, {"east": 6, "west": 3, "it": 4})


@pytest.fixture
def campaign(teams: dict[str, Team]) -> Campaign:
    return make_colleagues(teams["top"])


def problems_of(wave: Wave) -> list[str]:
    plan = plan_wave(wave=wave, today=local_date(NOW))
    return [str(problem) for problem in find_problems(wave=wave, plan=plan, now=NOW)]


class TestProblems:
    def test_are_none_where_all_is_well(self, teams: dict[str, Team], campaign: Campaign) -> None:
        serve(teams, "hr>east")

        assert problems_of(make_draft(campaign)) == []

    def test_say_that_nobody_serves_anybody(self, campaign: Campaign) -> None:
        (said,) = problems_of(make_draft(campaign))

        assert "Nobody is known to serve" in said

    def test_say_that_too_few_could_rate_anybody(
        self, teams: dict[str, Team], campaign: Campaign
    ) -> None:
        serve(teams, "hr>west", "it>west")

        (said,) = problems_of(make_draft(campaign))

        assert "rated by too few people" in said

    def test_refuse_links_that_anybody_could_use(
        self, teams: dict[str, Team], campaign: Campaign
    ) -> None:
        serve(teams, "hr>east")

        (said,) = problems_of(make_draft(campaign, channel=Channel.OPEN))

        assert "by personal links alone" in said

    @pytest.mark.parametrize(
        ("make", "why"),
        [
            (lambda: make_questionnaire(Audience.COLLEAGUE, "told"), "and nothing else"),
            (
                lambda: publish(
                    [ItemFactory(code="a", texts={"en": "How was {{fact:team}}?"})],
                    code="piped",
                    audience=Audience.COLLEAGUE,
                ),
                "filled into questions",
            ),
        ],
    )
    def test_refuse_words_and_what_is_filled_in(
        self, teams: dict[str, Team], campaign: Campaign, make: Callable[[], object], why: str
    ) -> None:
        serve(teams, "hr>east")
        wave = make_draft(campaign)
        wave.questionnaire = make()  # type: ignore[assignment]

        (said,) = problems_of(wave)

        assert why in said

    def test_refuse_cuts(self, teams: dict[str, Team], campaign: Campaign) -> None:
        serve(teams, "hr>east")
        Campaign.objects.filter(pk=campaign.pk).update(cut_codes=["tenure"])
        campaign.refresh_from_db()

        (said,) = problems_of(make_draft(campaign))

        assert "told by the staff list" in said


class TestWarnings:
    def test_name_what_is_pooled_not_asked_about_and_who_is_idle(
        self, teams: dict[str, Team], campaign: Campaign
    ) -> None:
        staff(teams["hr"], 2)
        serve(teams, "it>east", "it>west", "it>hr", "hr>west")

        found = check_wave(wave=make_draft(campaign), now=NOW)

        said = " ".join(str(warning) for warning in found.warnings)
        assert "2 arrows are rated by too few people" in said
        assert "Hr is not asked about" in said
        assert "4 people are not asked" in said
        assert (found.n_people, found.n_ratings, found.n_teams) == (11, 11, 1)
        assert [(row.name, row.n_people) for row in found.arrows] == [
            ("It, as East sees it", 6),
            ("It, as smaller teams see it", 5),
        ]

    def test_show_at_the_check_what_the_launch_does(
        self, teams: dict[str, Team], campaign: Campaign
    ) -> None:
        serve(teams, "it>east", "hr>east", "west>east", "top>it")
        wave = make_draft(campaign)

        assert plan_wave(wave=wave, today=local_date(NOW)) == plan_wave(
            wave=Wave.objects.get(pk=wave.pk), today=local_date(NOW)
        )

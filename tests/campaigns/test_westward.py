"""What preflight says of people who live further west than the organisation."""

from datetime import UTC, datetime

import pytest

from survey.campaigns.models import Wave
from survey.campaigns.preflight import check_wave
from survey.organization.models import Person
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams

pytestmark = pytest.mark.django_db
FIVE = datetime(2026, 3, 9, 17, tzinfo=UTC)


@pytest.fixture
def draft() -> Wave:
    """Closes at five, planned when all nine lived by the organisation's clock."""
    campaign = make_campaign(make_teams({"top": None}, {"top": 9})["top"])
    return make_draft(campaign, closes_at=FIVE)


def told(draft: Wave) -> list[str]:
    warnings = (str(warning) for warning in check_wave(wave=draft, now=NOW).warnings)
    return [line for line in warnings if "further west" in line]


def move(*zones: str) -> None:
    for person, zone in zip(Person.objects.order_by("pk"), zones, strict=False):
        Person.objects.filter(pk=person.pk).update(time_zone=zone)


class TestWarnOfWesternClose:
    def test_is_silent_where_nobody_lives_further_west(self, draft: Wave) -> None:
        move("Asia/Tokyo", "Europe/London")

        assert told(draft) == []

    def test_says_until_when_the_westernmost_can_answer(self, draft: Wave) -> None:
        move("Asia/Tokyo", "Atlantic/Azores", "America/New_York")

        (warning,) = told(draft)
        assert warning.startswith(
            "People in America/New_York live further west and have until 13:00 on 9 March there."
        )

    def test_looks_at_the_clocks_of_the_organisation(self, draft: Wave, settings: object) -> None:
        settings.TIME_ZONE = "America/New_York"  # type: ignore[attr-defined]
        move("America/New_York", "Europe/London")

        assert told(draft) == []

    def test_says_nothing_of_customers(self, draft: Wave) -> None:
        move("America/New_York")
        customers = make_campaign(draft.campaign.scope, Audience.CUSTOMER)

        assert told(make_draft(customers, closes_at=FIVE)) == []

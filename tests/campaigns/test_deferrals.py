"""What preflight says of people who were asked as often as they may be."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from survey.campaigns.deferrals import warn_of_deferrals
from survey.campaigns.models import Asking, Wave
from survey.campaigns.preflight import check_wave
from survey.campaigns.rosters import plan_wave
from survey.campaigns.services import close_wave, snooze_address
from survey.organization.models import Person
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def draft() -> Wave:
    """Two weeks for nine people, from today on."""
    return make_draft(make_campaign(make_teams({"top": None}, {"top": 9})["top"]))


def waiting(draft: Wave) -> list[str]:
    found = [warning.sentence for warning in check_wave(wave=draft, now=NOW).warnings]
    return [sentence for sentence in found if "later" in sentence or "no letter" in sentence]


class TestWarnOfDeferrals:
    def test_is_silent_where_nobody_was_asked(self, draft: Wave) -> None:
        assert waiting(draft) == []

    def test_tells_how_many_wait_until_when(self, draft: Wave) -> None:
        some = Person.objects.order_by("pk")[:3]
        Asking.objects.bulk_create(
            Asking(person=one, audience="EMPLOYEE", asked_date=(NOW - n * DAY).date())
            for n, one in zip((0, 0, 1), some, strict=True)
        )

        (warning,) = waiting(draft)
        assert warning.startswith("3 people asked as often as the rules allow")
        assert warning.endswith("1 until 4 March, 2 until 5 March.")

    def test_writes_numbers_as_whoever_reads_them_does(
        self, draft: Wave, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        soon, late = (NOW + DAY).date(), (NOW + 90 * DAY).date()
        days = dict.fromkeys(range(1200), soon) | dict.fromkeys(range(1200, 3700), late)
        monkeypatch.setattr("survey.campaigns.deferrals.free_days", lambda **_: days)
        plan = plan_wave(wave=draft, today=NOW.date())

        with override("de"):
            told = " ".join(warn_of_deferrals(wave=draft, plan=plan, now=NOW))

        assert told.count("1.200") == 2
        assert "2.500" in told

    def test_counts_those_who_want_a_rest_for_longer(self, draft: Wave) -> None:
        one = Person.objects.order_by("pk").first()
        assert one is not None
        until = (NOW + 30 * DAY).date()
        snooze_address(address=one.email, until_date=until, today=NOW.date())

        (warning,) = waiting(draft)
        assert warning.startswith("1 person may not be asked before this wave closes")

    def test_says_what_then_happens(self, draft: Wave) -> None:
        other = make_open_wave(draft.campaign)
        close_wave(wave_id=other.pk, now=NOW)

        assert "9 until 5 March" in waiting(draft)[0]

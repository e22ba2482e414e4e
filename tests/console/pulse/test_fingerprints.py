"""What a check showed: the same while nothing changes, another one when anything does."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from survey.campaigns.audience import preview
from survey.campaigns.choosing import filter_of
from survey.campaigns.models import Wave
from survey.console.pulse.fingerprints import fingerprint_of
from tests.factories.campaigns import NOW, make_campaign, make_draft, make_teams, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Wave:
    return make_draft(make_campaign(make_teams({"top": None}, {"top": 12})["top"]))


def take(draft: Wave) -> str:
    wave = Wave.objects.select_related("campaign__scope").get(pk=draft.pk)
    counted = preview(
        audience_filter=filter_of(wave=wave), scope_id=wave.campaign.scope_id, now=NOW
    )
    return fingerprint_of(wave=wave, counted=counted)


def write_otherwise(wave: Wave) -> None:
    letter = wave.campaign.letter
    assert letter is not None
    letter.body = "Other words"
    letter.save()


def move(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(closes_at=wave.closes_at + timedelta(days=1))


def set_clock(wave: Wave) -> None:
    day = date(2026, 3, 3)
    Wave.objects.filter(pk=wave.pk).update(letters_date=day, letters_time=time(9))


def hire(wave: Wave) -> None:
    staff(wave.campaign.scope, 3)


def ask_less(wave: Wave) -> None:
    Wave.objects.filter(pk=wave.pk).update(scale_codes=["fairness"])


class TestFingerprintOf:
    def test_stays_while_nothing_changes(self, draft: Wave) -> None:
        assert take(draft) == take(draft)

    @pytest.mark.parametrize("change", [write_otherwise, move, set_clock, hire, ask_less])
    def test_changes_with_what_is_shown(self, draft: Wave, change: Callable[[Wave], None]) -> None:
        before = take(draft)
        change(draft)
        assert take(draft) != before

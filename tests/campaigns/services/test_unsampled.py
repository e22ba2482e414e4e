"""Contacts that the sample leaves out are counted once."""

from datetime import timedelta

import pytest

from survey.campaigns.models import CountedKey, UnsampledContacts, Wave
from survey.campaigns.services import forget_counted_keys
from survey.campaigns.services.unsampled import LeftOut, count_unsampled
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def teams() -> dict[str, Team]:
    return make_teams({"top": None, "shop": "top"}, {})


@pytest.fixture
def place(teams: dict[str, Team]) -> LeftOut:
    wave: Wave = make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))
    return LeftOut(wave.pk, teams["shop"].pk, NOW.date())


class TestCountUnsampled:
    def test_counts_a_key_once_however_often_it_comes(self, place: LeftOut) -> None:
        assert count_unsampled(contacts={"a": place, "b": place}, now=NOW) == set()
        assert count_unsampled(contacts={"b": place, "c": place}, now=NOW + DAY) == {"b"}

        assert UnsampledContacts.objects.get().n == 3

    def test_keeps_nothing_but_a_digest_and_a_day(self, place: LeftOut) -> None:
        count_unsampled(contacts={"till-4711": place}, now=NOW)

        fields = {field.name for field in CountedKey._meta.get_fields()}
        assert fields == {"id", "digest", "used_date"}
        assert "4711" not in CountedKey.objects.get().digest


class TestForgetCountedKeys:
    def test_forgets_after_two_days_and_not_before(self, place: LeftOut) -> None:
        count_unsampled(contacts={"a": place}, now=NOW)

        assert forget_counted_keys(now=NOW + 2 * DAY) == 0
        assert forget_counted_keys(now=NOW + 3 * DAY) == 1
        assert UnsampledContacts.objects.get().n == 1

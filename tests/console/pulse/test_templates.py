"""What a survey starts from."""

from datetime import UTC, datetime, timedelta

import pytest

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.preflight import check_wave
from survey.campaigns.zones import quiet_hours_of
from survey.console.flows import USUAL_QUIET
from survey.console.pulse.templates import (
    TEMPLATES,
    compared_with,
    only_other_side,
    other_side,
    start_from_template,
)
from survey.core.local_time import QuietHours
from survey.organization.models import Person, Team
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation
from tests.console.waves import WORDS, make_draft
from tests.factories.colleagues import serve

pytestmark = pytest.mark.usefixtures("bank")


def start(code: str, scope: Team, now: datetime) -> Wave:
    questionnaire = Questionnaire.objects.get(code=code)
    wave = start_from_template(questionnaire=questionnaire, scope=scope, words=WORDS, now=now)
    return Wave.objects.select_related("campaign", "letter").get(pk=wave.pk)


class TestStartFromTemplate:
    @pytest.mark.parametrize("code", [template.code for template in TEMPLATES])
    def test_can_be_sent_as_it_stands(
        self, organisation: Organisation, now: datetime, code: str
    ) -> None:
        serve(vars(organisation), "bakery>garden")
        wave = start(code, organisation.company, now)

        assert check_wave(wave=wave, now=now).problems == ()

    def test_asks_staff_on_the_next_working_morning_and_reminds_twice(
        self, organisation: Organisation, now: datetime
    ) -> None:
        Person.objects.filter(external_id="bakery-2").update(time_zone="Asia/Tokyo")
        wave = start("pulse", organisation.company, now)

        assert wave.opens_at == datetime(2026, 3, 3, 0, 0, tzinfo=UTC)
        assert wave.reminders.count() == 2
        assert isinstance(quiet_hours_of(wave.campaign), QuietHours)

    def test_asks_customers_at_once_and_reminds_nobody(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = start("treatment", organisation.company, now)

        assert wave.opens_at == now
        assert wave.closes_at > now + timedelta(days=80)
        assert not wave.reminders.exists()
        assert quiet_hours_of(wave.campaign) == USUAL_QUIET
        assert wave.letters_date is None

    def test_pairs_both_sides_by_default(self, organisation: Organisation, now: datetime) -> None:
        staff = start("pulse", organisation.company, now).campaign
        customers = start("treatment", organisation.company, now).campaign

        pairing = Pairing.objects.get()
        assert (pairing.ex, pairing.cx) == (staff, customers)
        assert compared_with(staff) == customers
        assert compared_with(customers) == staff

    def test_lets_the_comparison_take_colleagues_in(
        self, organisation: Organisation, now: datetime
    ) -> None:
        for code in ("pulse", "treatment"):
            start(code, organisation.company, now)

        wave = start("colleagues", organisation.company, now)

        assert Pairing.objects.get().colleague == wave.campaign
        assert wave.reminders.count() == 2
        assert not other_side(wave.campaign.audience).exists()

    def test_pairs_with_none_of_two(self, organisation: Organisation, now: datetime) -> None:
        start("pulse", organisation.company, now)
        start("pulse_long", organisation.company, now)
        start("treatment", organisation.company, now)

        assert not Pairing.objects.exists()

    def test_goes_on_with_the_campaign_there_is(
        self, organisation: Organisation, now: datetime
    ) -> None:
        waves = [start("pulse", organisation.company, now) for _ in range(2)]

        assert [wave.number for wave in waves] == [1, 2]
        assert Campaign.objects.count() == 1


class TestOtherSide:
    def test_covers_the_same_teams_or_more(self, organisation: Organisation, now: datetime) -> None:
        food = make_draft(organisation, now, Audience.CUSTOMER, scope_id=organisation.food.pk)
        staff = make_draft(organisation, now).campaign
        bakers = make_draft(organisation, now, scope_id=organisation.bakery.pk).campaign

        assert only_other_side(staff) is None
        assert only_other_side(bakers) == food.campaign
        assert list(other_side(Audience.CUSTOMER)) == sorted(
            [staff, bakers], key=lambda campaign: campaign.name
        )
        assert compared_with(staff) is None

"""What one press of a button sets up."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from survey.campaigns.models import Campaign, Pairing, Wave
from survey.campaigns.zones import quiet_hours_of
from survey.console.flows import RESERVED, USUAL_QUIET, free_code, start_campaign, start_pairing
from survey.letters.models import Letter
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation
from tests.console.waves import WORDS, make_draft

pytestmark = pytest.mark.usefixtures("bank")


def start(organisation: Organisation, name: str) -> Campaign:
    return start_campaign(
        name=name,
        audience=Audience.EMPLOYEE,
        scope_id=organisation.company.pk,
        questionnaire_id=Questionnaire.objects.get(code="pulse").pk,
        words=WORDS,
    )


class TestStartCampaign:
    def test_writes_its_letter_down(self, organisation: Organisation) -> None:
        campaign = start(organisation, "Spring pulse")

        assert campaign.code == "spring-pulse"
        assert campaign.letter is not None
        assert (campaign.letter.body, campaign.letter.reply_to) == (WORDS.body, WORDS.reply_to)

    def test_lets_it_be_quiet_at_night(self, organisation: Organisation) -> None:
        assert quiet_hours_of(start(organisation, "Spring pulse")) == USUAL_QUIET


class TestStartWave:
    def test_makes_the_campaign_once(self, organisation: Organisation, now: datetime) -> None:
        first, second = (make_draft(organisation, now) for _ in range(2))

        assert first.campaign == second.campaign
        assert first.campaign.name == "Pulse, The Company"
        assert (first.number, second.number) == (1, 2)

    def test_makes_another_for_another_part_or_audience(
        self, organisation: Organisation, now: datetime
    ) -> None:
        make_draft(organisation, now)
        make_draft(organisation, now, scope_id=organisation.food.pk)
        make_draft(organisation, now, Audience.CUSTOMER)

        assert Campaign.objects.count() == 3

    def test_keeps_the_words_of_each_wave(self, organisation: Organisation, now: datetime) -> None:
        first, second = (make_draft(organisation, now) for _ in range(2))

        assert len({first.letter_id, second.letter_id, first.campaign.letter_id}) == 3

    @pytest.mark.parametrize(
        ("first", "second"),
        [(Audience.EMPLOYEE, Audience.CUSTOMER), (Audience.CUSTOMER, Audience.EMPLOYEE)],
    )
    def test_compares_staff_with_customers_whichever_came_first(
        self, organisation: Organisation, now: datetime, first: str, second: str
    ) -> None:
        known = make_draft(organisation, now, first).campaign
        make_draft(organisation, now, second, compare_with_id=known.pk)
        pairing = Pairing.objects.get()

        assert (pairing.ex.audience, pairing.cx.audience) == ("EMPLOYEE", "CUSTOMER")

    def test_leaves_nothing_behind_when_the_wave_cannot_be(
        self, organisation: Organisation, now: datetime
    ) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_draft(organisation, now, closes_at=now - timedelta(days=1))

        assert not Wave.objects.exists()
        assert not Campaign.objects.exists()
        assert not Letter.objects.exists()


class TestStartPairing:
    def test_keeps_one_that_exists(self, organisation: Organisation, now: datetime) -> None:
        ex = make_draft(organisation, now).campaign
        cx = make_draft(organisation, now, Audience.CUSTOMER).campaign
        first, second = (
            start_pairing(name=name, ex_id=ex.pk, cx_id=cx.pk, period=period)
            for name, period in (("One", "MONTH"), ("Two", "QUARTER"))
        )

        assert first == second
        assert (second.name, second.period) == ("One", "MONTH")


class TestFreeCode:
    def test_numbers_what_is_taken(self, organisation: Organisation) -> None:
        codes = [start(organisation, "Spring pulse").code for _ in range(3)]

        assert codes == ["spring-pulse", "spring-pulse-2", "spring-pulse-3"]

    @pytest.mark.parametrize("name", sorted(RESERVED))
    def test_never_is_an_address_of_the_console(self, name: str) -> None:
        assert free_code(Campaign, name) == f"{name}-2"

    @pytest.mark.parametrize(
        ("name", "code"), [("Über uns!", "uber-uns"), ("春", "campaign"), ("x" * 200, "x" * 70)]
    )
    def test_can_be_made_of_any_name(self, name: str, code: str) -> None:
        assert free_code(Campaign, name) == code

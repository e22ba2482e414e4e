import pytest

from survey.campaigns.services import (
    PairingAudienceError,
    ThresholdTooLowError,
    WrongAudienceError,
    create_campaign,
    create_pairing,
)
from survey.questionnaires.models import Audience
from tests.factories.campaigns import make_campaign, make_draft, make_questionnaire, make_teams

pytestmark = pytest.mark.django_db


class TestCreateCampaign:
    def test_refuses_a_questionnaire_for_somebody_else(self) -> None:
        with pytest.raises(WrongAudienceError):
            create_campaign(
                code="cx",
                name="CX",
                audience=Audience.CUSTOMER,
                scope=make_teams({"top": None}, {})["top"],
                questionnaire=make_questionnaire(Audience.EMPLOYEE),
            )


class TestCreatePairing:
    def test_takes_an_employee_and_a_customer_campaign(self) -> None:
        top = make_teams({"top": None}, {})["top"]
        ex, cx = make_campaign(top), make_campaign(top, Audience.CUSTOMER)

        create_pairing(code="pair", name="Pair", ex=ex, cx=cx, period="QUARTER")

        with pytest.raises(PairingAudienceError):
            create_pairing(code="riap", name="Pair", ex=cx, cx=ex, period="QUARTER")


class TestDraftWave:
    def test_numbers_waves_in_a_row(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"])

        assert [make_draft(campaign).number for _ in range(3)] == [1, 2, 3]

    def test_refuses_a_threshold_under_five(self) -> None:
        campaign = make_campaign(make_teams({"top": None}, {})["top"])

        with pytest.raises(ThresholdTooLowError):
            make_draft(campaign, threshold=4)

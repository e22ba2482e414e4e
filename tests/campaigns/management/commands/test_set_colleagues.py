"""Taking a campaign among colleagues into a comparison from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from survey.campaigns.models import Campaign, Pairing
from survey.campaigns.services import create_pairing
from survey.questionnaires.models import Audience
from tests.factories.campaigns import make_campaign, make_teams
from tests.factories.colleagues import make_colleagues

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing() -> Pairing:
    top = make_teams({"top": None}, {})["top"]
    make_colleagues(top)
    return create_pairing(
        code="pair",
        name="Pair",
        ex=make_campaign(top),
        cx=make_campaign(top, Audience.CUSTOMER),
        period="QUARTER",
    )


class TestSetColleagues:
    def test_takes_a_campaign_in_and_out_again(self, pairing: Pairing) -> None:
        among = Campaign.objects.get(code="among-service")
        out = StringIO()

        call_command("set_colleagues", pairing="pair", campaign="among-service", stdout=out)
        pairing.refresh_from_db()
        assert pairing.colleague == among
        assert f"Pair takes in {among}." in out.getvalue()

        call_command("set_colleagues", "--pairing=pair", "--none", stdout=out)
        pairing.refresh_from_db()
        assert pairing.colleague is None
        assert "Pair takes in no colleagues." in out.getvalue()

    def test_takes_in_nobody_else(self, pairing: Pairing) -> None:
        with pytest.raises(CommandError, match=r"Nothing was changed: .* not colleagues"):
            call_command("set_colleagues", pairing="pair", campaign=pairing.ex.code)

        pairing.refresh_from_db()
        assert pairing.colleague is None

    def test_names_the_codes_there_are(self, pairing: Pairing) -> None:
        with pytest.raises(CommandError, match="no pairing pear"):
            call_command("set_colleagues", pairing="pear", campaign="among-service")
        with pytest.raises(CommandError, match="Among colleagues: among-service"):
            call_command("set_colleagues", pairing="pair", campaign="among")

    @pytest.mark.parametrize("which", [[], ["--none", "--campaign=among-service"]])
    def test_wants_either_a_campaign_or_none(self, pairing: Pairing, which: list[str]) -> None:
        with pytest.raises(CommandError):
            call_command("set_colleagues", "--pairing=pair", *which)

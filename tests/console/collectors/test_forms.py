from datetime import date, timedelta

import pytest

from survey.console.collectors.forms import OpenWaveForm, PinForm
from survey.organization.selectors import TeamRow, list_team_tree
from survey.questionnaires.models import Questionnaire
from tests.cast import Organisation
from tests.console.collectors.hanging import new_links

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def filled(teams: list[TeamRow], data: dict[str, str]) -> OpenWaveForm:
    questionnaires = list(Questionnaire.objects.filter(code="treatment"))
    return OpenWaveForm(data, teams=teams, questionnaires=questionnaires, today=TODAY)


class TestOpenWaveForm:
    @pytest.mark.parametrize(("days", "is_valid"), [(-1, False), (0, False), (1, True)])
    def test_leaves_a_day_at_least(
        self, bank: None, organisation: Organisation, days: int, is_valid: bool
    ) -> None:
        last_day = (TODAY + timedelta(days=days)).isoformat()
        form = filled(list_team_tree(today=TODAY), new_links(organisation, closes_date=last_day))

        assert form.is_valid() is is_valid
        assert ("closes_date" in form.errors) is not is_valid

    def test_knows_no_team_that_is_not_offered(
        self, bank: None, organisation: Organisation
    ) -> None:
        assert "scope" in filled([], new_links(organisation)).errors


class TestPinForm:
    @pytest.mark.parametrize("pin", ["4711", "00000000"])
    def test_takes_four_to_eight_digits(self, pin: str) -> None:
        assert PinForm({"pin": pin}).is_valid()

    @pytest.mark.parametrize("pin", ["", "123", "123456789", " 4711", "4711\n", "47a1", "٤٧١١"])
    def test_takes_nothing_else(self, pin: str) -> None:
        assert "pin" in PinForm({"pin": pin}).errors

from datetime import date, timedelta

import pytest

from survey.campaigns.models import Invitation, Wave
from survey.campaigns.selectors import UnknownLinkError
from survey.campaigns.services import snooze_address
from survey.campaigns.standing import find_stop_link, get_standing
from survey.letters.services import stop_address
from survey.organization.models import Person
from tests.campaigns.services.test_ledger import stop_token_of
from tests.campaigns.test_ledger import ask
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.factories.organization import CustomerFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = NOW.date()


@pytest.fixture
def invitation() -> Invitation:
    make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))
    return Invitation.objects.select_related("wave", "person").earliest("pk")


@pytest.fixture
def token(invitation: Invitation) -> str:
    return stop_token_of(invitation)


class TestGetStanding:
    def test_tells_when_somebody_was_asked_and_may_be_again(
        self, invitation: Invitation, token: str
    ) -> None:
        assert invitation.person is not None
        ask(CustomerFactory(email=invitation.person.email), TODAY - 40 * DAY, "CUSTOMER")
        ask(invitation.person, TODAY - 400 * DAY)

        standing = get_standing(token=token, now=NOW)

        assert standing.asked_dates == (TODAY - 40 * DAY, TODAY)
        assert standing.free_date == TODAY + 3 * DAY
        assert (standing.is_stopped, standing.snoozed_until) == (False, None)

    def test_tells_of_a_letter_that_waits(self, invitation: Invitation, token: str) -> None:
        assert invitation.person is not None
        ask(invitation.person, TODAY + 9 * DAY)

        assert get_standing(token=token, now=NOW).planned_date == TODAY + 9 * DAY

    def test_knows_who_stopped_and_who_rests(self, invitation: Invitation, token: str) -> None:
        assert invitation.person is not None
        address = invitation.person.email
        snooze_address(address=address, until_date=date(2026, 6, 2), today=TODAY)
        stop_address(address=address, today=TODAY)

        standing = get_standing(token=token, now=NOW)

        assert standing.is_stopped
        assert standing.snoozed_until == standing.free_date == date(2026, 6, 2)

    def test_forgets_a_rest_that_is_over(self, invitation: Invitation, token: str) -> None:
        assert invitation.person is not None
        snooze_address(address=invitation.person.email, until_date=TODAY + DAY, today=TODAY)

        standing = get_standing(token=token, now=NOW + 9 * DAY)

        assert (standing.snoozed_until, standing.free_date) == (None, None)

    def test_knows_nothing_of_who_was_erased(self, invitation: Invitation, token: str) -> None:
        Person.objects.filter(pk=invitation.person_id).delete()

        assert not get_standing(token=token, now=NOW).has_address


class TestFindStopLink:
    @pytest.mark.parametrize("token", ["", "made-up"])
    def test_knows_no_strangers(self, invitation: Invitation, token: str) -> None:
        Wave.objects.update(closed_at=NOW)
        with pytest.raises(UnknownLinkError):
            find_stop_link(token=token)

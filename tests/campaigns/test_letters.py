"""Writing the letters that invite people."""

from datetime import UTC, datetime

import pytest

from survey.campaigns.keys import destroy_keys
from survey.campaigns.letters import (
    LetterWriter,
    say_hears_back,
    say_minutes,
    say_until,
    say_who_sees,
    say_why_you,
)
from survey.campaigns.links import answer_url, stop_url
from survey.campaigns.models import Campaign, Interaction, Invitation, Wave
from survey.campaigns.services import close_wave
from survey.letters.models import Delivery
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.questionnaires.pages import estimate_minutes
from survey.questionnaires.selectors import get_content
from tests.factories.campaigns import (
    NOW,
    TWO_WEEKS,
    make_campaign,
    make_draft,
    make_open_wave,
    make_teams,
    tokens,
)
from tests.factories.letters import DeliveryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def top() -> Team:
    return make_teams({"top": None}, {"top": 6})["top"]


@pytest.fixture
def wave(top: Team) -> Wave:
    return make_open_wave(make_campaign(top))


def written(now: datetime = NOW) -> list[str | None]:
    letters = LetterWriter(now).compose(list(Delivery.objects.order_by("pk")))
    return [letter and letter.text for letter in letters.values()]


class TestLetterWriter:
    def test_gives_everybody_their_own_links(self, wave: Wave) -> None:
        invitations = wave.invitations.select_related("delivery").order_by("delivery_id")

        for invitation, token in zip(invitations, tokens(wave, invitations), strict=True):
            assert invitation.delivery is not None
            letter = LetterWriter(NOW).compose([invitation.delivery])[invitation.delivery.pk]
            assert letter is not None
            assert answer_url(token=token) in letter.text
            assert letter.stop_url == stop_url(token=token)
            assert invitation.delivery.recipient_name in letter.text

    def test_says_who_sees_the_answers_and_what_comes_back(self, wave: Wave) -> None:
        text = " ".join((written()[0] or "").split())

        assert say_who_sees(wave=wave) in text
        assert say_hears_back(wave=wave) in text
        assert "You get this because everybody in Top is asked." in text
        assert "You can answer until 16 March 2026." in text

    def test_writes_nothing_once_the_wave_takes_no_answers(self, wave: Wave) -> None:
        assert set(written(NOW + TWO_WEEKS)) == {None}

        close_wave(wave_id=wave.pk, now=NOW)
        assert set(written()) == {None}

    def test_leaves_out_what_needs_keys_that_are_away(
        self, wave: Wave, top: Team, caplog: pytest.LogCaptureFixture
    ) -> None:
        other = make_open_wave(make_campaign(top, code="other"))
        destroy_keys(wave=wave)

        letters = LetterWriter(NOW).compose(list(Delivery.objects.all()))

        reached = set(other.invitations.values_list("delivery_id", flat=True))
        assert {pk for pk, letter in letters.items() if letter} == letters.keys() == reached
        assert [record.levelname for record in caplog.records] == ["ERROR"]

    def test_writes_nothing_for_a_letter_that_invites_nobody(self) -> None:
        delivery = DeliveryFactory()

        assert LetterWriter(NOW).compose([delivery]) == {delivery.pk: None}


class TestSentences:
    def draft(self, top: Team, audience: str, **changes: object) -> Wave:
        campaign: Campaign = make_campaign(top, audience)
        return make_draft(campaign, **changes)

    def test_name_the_threshold(self, top: Team) -> None:
        wave = self.draft(top, Audience.EMPLOYEE)
        wave.threshold = 8

        assert "8 people or more" in say_who_sees(wave=wave)

    def test_promise_staff_a_day_and_customers_none(self, top: Team) -> None:
        staff = say_hears_back(wave=self.draft(top, Audience.EMPLOYEE))
        customers = say_hears_back(wave=self.draft(top, Audience.CUSTOMER))

        assert "closes on 16 March 2026;" in staff
        assert "once a month" in customers
        assert "2026" not in customers

    def test_tell_customers_the_occasion_and_no_last_day(self, top: Team) -> None:
        wave = self.draft(top, Audience.CUSTOMER)
        met = Interaction(team=top, occurred_at=NOW)

        assert say_why_you(invitation=Invitation(wave=wave, interaction=met)) == (
            "You get this because you had to do with Top on 2 March 2026."
        )
        assert say_why_you(invitation=Invitation(wave=wave)) == ""
        assert say_until(wave=wave) == ""

    def test_do_not_promise_the_day_that_begins_with_the_close(self, top: Team) -> None:
        midnight = datetime(2026, 3, 16, tzinfo=UTC)

        wave = self.draft(top, Audience.EMPLOYEE, closes_at=midnight)

        assert say_until(wave=wave) == "You can answer until 15 March 2026."

    def test_tell_the_minutes_that_the_page_tells(self, top: Team) -> None:
        wave = self.draft(top, Audience.EMPLOYEE)

        assert say_minutes(wave=wave) == estimate_minutes(
            get_content(questionnaire_id=wave.questionnaire_id)
        )

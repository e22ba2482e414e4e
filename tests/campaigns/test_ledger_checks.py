from datetime import timedelta

import pytest

from survey.campaigns.invariants import broken_invariants
from survey.campaigns.ledger_checks import ledger_broken, reminders_broken
from survey.campaigns.models import Asking, Invitation, Reminder, ReminderRow, Wave
from survey.campaigns.services import send_due_reminders, set_reminders
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from survey.organization.models import Person
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@stage
def wave() -> Wave:
    return make_open_wave(make_campaign(make_teams({"top": None}, {"top": 7})["top"]))


class TestLedgerBroken:
    def test_finds_nothing_where_ledger_and_letters_are_one(self, wave: Wave) -> None:
        Person.objects.earliest("pk").delete()

        assert ledger_broken(now=NOW) == []

    def test_finds_letters_that_are_not_in_the_ledger(self, wave: Wave) -> None:
        Asking.objects.filter(pk__in=Asking.objects.order_by("pk")[:2]).delete()

        assert ledger_broken(now=NOW) == ["2 letters are not in the fatigue ledger."]
        assert ledger_broken(now=NOW)[0] in broken_invariants(now=NOW)

    def test_finds_askings_without_a_letter(self, wave: Wave) -> None:
        first = Invitation.objects.earliest("pk")
        Invitation.objects.filter(pk=first.pk).update(delivery=None)

        assert ["have no letter" in line for line in ledger_broken(now=NOW)] == [True]

    def test_finds_askings_whose_letters_failed_long_ago(self, wave: Wave) -> None:
        Delivery.objects.filter(pk=Delivery.objects.earliest("pk").pk).update(
            state=DeliveryState.FAILED, reason="refused"
        )

        assert ledger_broken(now=NOW) == []  # the stage that strikes it comes by
        assert ["have no letter" in line for line in ledger_broken(now=NOW + 2 * DAY)] == [True]

    def test_finds_askings_of_somebody_else(self, wave: Wave) -> None:
        first = Asking.objects.earliest("pk")
        Asking.objects.filter(pk=first.pk).update(person=Person.objects.latest("pk"))

        assert ["somebody else" in line for line in ledger_broken(now=NOW)] == [True]


class TestRemindersBroken:
    @pytest.fixture
    def begun(self, wave: Wave) -> Wave:
        due = NOW + 4 * DAY
        set_reminders(wave_id=wave.pk, reminders=[(due.date(), None)], now=NOW)
        send_due_reminders(now=due - timedelta(hours=12))
        return wave

    def test_finds_nothing_where_everybody_has_a_row(self, begun: Wave) -> None:
        assert reminders_broken() == []

    def test_finds_a_row_that_is_missing(self, begun: Wave) -> None:
        ReminderRow.objects.earliest("pk").delete()

        assert ["6 rows for 7 people" in line for line in reminders_broken()] == [True]

    def test_finds_rows_that_outlived_their_wave(self, begun: Wave) -> None:
        Wave.objects.update(closed_at=NOW, sealed_at=NOW)

        assert reminders_broken() == ["7 rows of reminders outlived their waves."]
        assert Reminder.objects.count() == 1

"""How the letters of a wave fare."""

from datetime import datetime, timedelta

import pytest

from survey.campaigns.models import Invitation, Wave
from survey.campaigns.services import launch_wave, open_due_waves
from survey.console.wave.letters import list_deferred, list_letters, say_opened
from survey.letters.models import Delivery
from survey.letters.outcomes import ADDRESS_REFUSED
from survey.letters.states import DeliveryState
from tests.cast import Organisation
from tests.console.waves import make_draft


@pytest.fixture
def wave(bank: None, organisation: Organisation, now: datetime) -> Wave:
    wave = make_draft(organisation, now)
    launch_wave(wave_id=wave.pk, now=now)
    open_due_waves(now=now)
    return Wave.objects.get(pk=wave.pk)


def settle(n: int, state: str, reason: str = "") -> None:
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED).order_by("pk")[:n]
    Delivery.objects.filter(pk__in=list(queued.values_list("pk", flat=True))).update(
        state=state, reason=reason
    )


class TestListLetters:
    def test_says_what_became_of_each_and_what_to_do(self, wave: Wave) -> None:
        settle(10, DeliveryState.SENT)
        settle(2, DeliveryState.BOUNCED, f"{ADDRESS_REFUSED}: came back")
        settle(1, DeliveryState.FAILED, "stopped")
        left_out = Invitation.objects.filter(delivery__state=DeliveryState.QUEUED).first()
        assert left_out is not None
        left_out.delivery = None
        left_out.save()

        assert [(line.tone, line.title) for line in list_letters(wave=wave)] == [
            ("ok", "10 letters sent"),
            ("wait", "4 letters on the way"),
            ("bad", "2 letters came back"),
            ("warn", "1 letter not delivered"),
            ("warn", "1 person without a letter"),
        ]

    def test_warns_of_nothing_before_the_wave_opens(
        self, bank: None, organisation: Organisation, now: datetime
    ) -> None:
        planned = make_draft(organisation, now, opens_at=now + timedelta(days=1))
        launch_wave(wave_id=planned.pk, now=now)
        Invitation.objects.update(delivery=None)

        lines = list_letters(wave=Wave.objects.get(pk=planned.pk))

        assert lines[-1].title.endswith("letters not written yet")
        assert {line.tone for line in lines} == {"wait"}

    def test_tells_no_names(self, wave: Wave) -> None:
        settle(3, DeliveryState.FAILED, "stopped")

        assert "Bakery" not in str(list_letters(wave=wave))

    def test_says_after_the_close_that_the_rest_did_not_go(self, wave: Wave, now: datetime) -> None:
        settle(10, DeliveryState.SENT)
        wave.closed_at = now

        assert [(line.tone, line.title) for line in list_letters(wave=wave)] == [
            ("ok", "10 letters sent"),
            ("warn", "8 letters did not go"),
        ]


class TestSayOpened:
    def test_says_what_is_so(self, wave: Wave, now: datetime) -> None:
        on_their_way = "Opened; the letters go out, each at its own time."
        assert say_opened(wave=wave, is_undoable=True) == "Opened; the letters are about to go."
        assert say_opened(wave=wave, is_undoable=False) == on_their_way
        settle(10, DeliveryState.SENT)
        assert say_opened(wave=wave, is_undoable=False) == on_their_way

        wave.closed_at = now
        assert say_opened(wave=wave, is_undoable=False) == "Opened; the letters went out."
        Delivery.objects.all().delete()
        assert say_opened(wave=wave, is_undoable=False) == "Opened; no letter went out."

    def test_waits_for_those_who_were_asked_lately(self, wave: Wave, now: datetime) -> None:
        soon = (now + timedelta(days=2)).date()
        Invitation.objects.update(delivery=None, deferred_until=soon)

        told = say_opened(wave=wave, is_undoable=False)

        assert told == "Opened; the letters go out, each at its own time."


class TestListDeferred:
    def test_counts_people_by_day(self, wave: Wave, now: datetime) -> None:
        soon, late = (now + timedelta(days=2)).date(), (now + timedelta(days=60)).date()
        pks = list(Invitation.objects.order_by("pk").values_list("pk", flat=True))
        Invitation.objects.filter(pk__in=pks[:3]).update(deferred_until=soon)
        Invitation.objects.filter(pk__in=pks[3:4]).update(deferred_until=late)

        rows = [(row.day, row.n_people, row.is_in_time) for row in list_deferred(wave=wave)]
        assert rows == [(soon, 3, True), (late, 1, False)]

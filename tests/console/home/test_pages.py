"""The first page of whoever asks."""

from datetime import date, datetime, time, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.campaigns.models import Rhythm, Schedule, Wave
from survey.campaigns.services import launch_wave, open_due_waves
from survey.console.home.pages import HomePage, build_home
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from survey.organization.models import RosterImport, RosterState
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.console.waves import make_draft


def page(now: datetime, *, asks_staff: bool = True) -> HomePage:
    user = User.objects.filter(name="Alice").first() or make_user("alice", Role.HR)
    return build_home(user=user, now=now, asks_staff=asks_staff)


class TestFirstSteps:
    def test_lead_from_people_to_a_pulse_to_customers(
        self, bank: None, db: None, now: datetime
    ) -> None:
        steps = page(now).first_steps

        assert [step.is_next for step in steps] == [True, False, False]
        assert steps[0].address == "/console/people/"
        assert page(now, asks_staff=False).first_steps[0].address == "/console/teams/"

    @pytest.mark.usefixtures("bank")
    def test_go_once_both_sides_were_asked(self, organisation: Organisation, now: datetime) -> None:
        assert [step.is_done for step in page(now).first_steps] == [True, False, False]
        for audience in (Audience.EMPLOYEE, Audience.CUSTOMER):
            launch_wave(wave_id=make_draft(organisation, now, audience).pk, now=now)

        assert page(now).first_steps == ()


@pytest.mark.usefixtures("bank")
class TestNeeds:
    def test_are_drafts_and_what_went_wrong(
        self, organisation: Organisation, now: datetime
    ) -> None:
        make_draft(organisation, now)
        failed = make_draft(organisation, now, opens_at=now - timedelta(days=1))
        Wave.objects.filter(pk=failed.pk).update(launch_problem="The disk is full.")
        needs = {need.title: need for need in page(now).needs}

        assert needs["Pulse, The Company, wave 1"].tone == "wait"
        assert needs["Pulse, The Company, wave 2 could not be sent"].detail == "The disk is full."

    def test_are_letters_that_did_not_arrive(
        self, organisation: Organisation, now: datetime
    ) -> None:
        launch_wave(wave_id=make_draft(organisation, now).pk, now=now)
        open_due_waves(now=now)
        assert page(now).needs == ()

        Delivery.objects.filter(recipient_name="Bakery 2").update(
            state=DeliveryState.BOUNCED, reason="address refused: came back"
        )
        (need,) = page(now).needs
        assert need.title == "1 letter could not be delivered"
        assert "Bakery" not in str(need)

    def test_are_surveys_whose_keys_are_missing_for_those_whom_they_concern(
        self, organisation: Organisation, now: datetime
    ) -> None:
        wave = make_draft(organisation, now)
        launch_wave(wave_id=wave.pk, now=now)
        Wave.objects.update(keys_missing_at=now)

        (need,) = page(now).needs
        assert need.title == "Pulse, The Company, wave 1: its keys are missing"
        assert need.address == f"/console/waves/{wave.pk}/"
        assert page(now, asks_staff=False).needs == ()

        Wave.objects.update(closed_at=now, sealed_at=now)
        assert page(now).needs == ()

    @pytest.mark.parametrize("reason", ["stopped", "closed", "snoozed"])
    def test_are_not_letters_that_nobody_wanted(
        self, organisation: Organisation, now: datetime, reason: str
    ) -> None:
        launch_wave(wave_id=make_draft(organisation, now).pk, now=now)
        open_due_waves(now=now)

        Delivery.objects.update(state=DeliveryState.FAILED, reason=reason)
        assert page(now).needs == ()

    def test_are_staff_lists_for_those_who_see_people(
        self, organisation: Organisation, now: datetime
    ) -> None:
        RosterImport.objects.create(
            name="staff.csv", source="upload", state=RosterState.READY, created_at=now
        )

        assert [need.title for need in page(now).needs] == ["A staff list waits for you"]
        assert page(now, asks_staff=False).needs == ()


@pytest.mark.usefixtures("bank")
class TestWhatRunsAndWhatIsNext:
    def test_are_in_the_order_of_their_days(
        self, organisation: Organisation, now: datetime
    ) -> None:
        running = make_draft(organisation, now)
        days = timedelta(days=1)
        later = make_draft(organisation, now, opens_at=now + 3 * days, closes_at=now + 12 * days)
        for wave in (running, later):
            launch_wave(wave_id=wave.pk, now=now)
        Schedule.objects.create(
            campaign=running.campaign,
            rhythm=Rhythm.MONTH,
            first_date=date(2026, 3, 4),
            letters_time=time(9),
        )
        found = page(now)

        assert [row.pk for row in found.open_waves] == [running.pk]
        assert [one.what.partition(", ")[2] for one in found.coming] == [
            "The Company: the next round opens",
            "The Company, wave 2 opens",
            "The Company, wave 1 closes",
            "The Company, wave 2 closes",
        ]

from datetime import datetime, timedelta

import pytest

from survey.campaigns.models import (
    Channel,
    CustomerRules,
    Group,
    Interaction,
    Invitation,
    UnsampledContacts,
    Wave,
)
from survey.campaigns.services import (
    CustomerData,
    KeyReusedError,
    NoOpenWaveError,
    Receipt,
    UnknownTeamError,
    close_wave,
    record_interaction,
)
from survey.letters.services import stop_address
from survey.organization.models import Customer, Team
from survey.questionnaires.models import Audience
from tests.factories.campaigns import NOW, make_campaign, make_open_wave, make_teams
from tests.stages import stage

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
ANNA = CustomerData("c1", "Anna", "anna@example.com")


@stage
def teams() -> dict[str, Team]:
    return make_teams({"top": None, "shop": "top", "depot": "top"}, {})


@stage
def wave(teams: dict[str, Team]) -> Wave:
    return make_open_wave(make_campaign(teams["top"], Audience.CUSTOMER))


def record(
    key: str = "k1",
    *,
    customer: CustomerData = ANNA,
    team: str = "shop",
    at: datetime = NOW,
    digest: str = "d1",
) -> Receipt:
    return record_interaction(
        idempotency_key=key,
        request_digest=digest,
        customer=customer,
        team_code=team,
        occurred_at=at,
        now=NOW,
    )


@pytest.mark.usefixtures("wave")
class TestRecordInteraction:
    def test_invites_the_customer_in_the_team_they_met(self) -> None:
        receipt = record()

        invitation = Invitation.objects.select_related("group", "customer").get()
        assert (receipt.is_asked, receipt.reason, receipt.is_repeat) == (True, "asked", False)
        assert invitation.group.code == "shop"
        assert invitation.customer == Customer.objects.get(email="anna@example.com")
        assert not invitation.is_admitted

    def test_takes_the_same_report_once(self) -> None:
        first, second = record(), record()

        assert second == Receipt(first.interaction_id, True, "asked", is_repeat=True)
        assert Interaction.objects.count() == Invitation.objects.count() == 1

    def test_refuses_a_key_for_another_report(self) -> None:
        record()

        with pytest.raises(KeyReusedError):
            record(digest="d2")

    def test_asks_nobody_twice_within_the_interval_about_the_same_team(self) -> None:
        record("k1")

        Wave.objects.update(closes_at=NOW + 90 * DAY)
        assert record("k2", at=NOW + 29 * DAY).reason == "asked_lately"
        assert record("k3", at=NOW - 29 * DAY).reason == "asked_lately"
        assert record("k4", at=NOW + 30 * DAY).is_asked

    def test_defers_who_was_asked_about_another_team_to_the_next_free_day(self) -> None:
        Wave.objects.update(closes_at=NOW + 90 * DAY)
        record("k1")

        for key in ("k2", "k2"):
            receipt = record(key, team="depot")
            assert (receipt.is_asked, receipt.reason) == (True, "deferred")
            assert receipt.deferred_until == (NOW + 30 * DAY).date()

    def test_does_not_ask_whose_next_free_day_comes_after_the_close(self) -> None:
        record("k1")

        assert record("k2", team="depot").reason == "asked_lately"

    def test_does_not_count_contacts_after_which_nobody_was_asked(self) -> None:
        record("k1", customer=CustomerData("c1", "Anna"))

        assert record("k2").is_asked

    def test_asks_nobody_without_an_address(self) -> None:
        receipt = record(customer=CustomerData("c2"))

        assert (receipt.is_asked, receipt.reason) == (False, "no_address")

    def test_asks_nobody_who_wants_no_letters(self) -> None:
        stop_address(address="Anna@example.com", today=NOW.date())

        assert record().reason == "stopped"

    def test_keeps_the_customer_up_to_date(self) -> None:
        record("k1")
        record("k2", customer=CustomerData("c1", "Anna B.", "b@example.com"))

        assert Customer.objects.get().name == "Anna B."

    def test_refuses_an_unknown_team(self) -> None:
        with pytest.raises(UnknownTeamError):
            record(team="nobody")

    def test_makes_a_group_for_a_team_opened_since_the_launch(self, teams: dict[str, Team]) -> None:
        Team.objects.create(code="kiosk", name="Kiosk", parent=teams["shop"])

        record(team="kiosk")

        group = Group.objects.get(code="kiosk")
        assert group.parent is not None
        assert (group.parent.code, group.kind) == ("top", "TEAM")
        assert Invitation.objects.get().group == group

    def test_keeps_an_inner_team_apart_from_those_below_it(self) -> None:
        record("k1", team="top")
        record("k2", team="top", customer=CustomerData("c2", "Ben", "ben@example.com"))

        assert set(Invitation.objects.values_list("group__code", flat=True)) == {"top:direct"}

    def test_stores_nothing_of_a_refused_report(self) -> None:
        with pytest.raises(UnknownTeamError):
            record(team="nobody")

        assert not Customer.objects.exists()


class TestRecordInteractionOutsideTheSample:
    def test_counts_once_what_is_sent_again(self, wave: Wave) -> None:
        CustomerRules.objects.create(campaign=wave.campaign, sample_percent=1)
        first, again = ([record(f"k{n}") for n in range(9)] for _ in range(2))

        left_out = [row for row in again if row.reason == "not_sampled"]
        assert [row.is_asked for row in first] == [row.is_asked for row in again]
        assert all(row.is_repeat for row in left_out)
        assert UnsampledContacts.objects.get().n == len(left_out) > 5


class TestRecordInteractionWithoutAWave:
    def test_says_that_no_wave_is_open(self, wave: Wave) -> None:
        close_wave(wave_id=wave.pk, now=NOW)

        with pytest.raises(NoOpenWaveError):
            record()

    def test_does_not_ask_in_waves_of_employees_or_of_imports(self, teams: dict[str, Team]) -> None:
        campaign = make_campaign(teams["top"], Audience.CUSTOMER)
        make_open_wave(campaign, channel=Channel.IMPORT)

        with pytest.raises(NoOpenWaveError):
            record()

    def test_does_not_ask_about_teams_outside_the_scope(self, teams: dict[str, Team]) -> None:
        make_open_wave(make_campaign(teams["depot"], Audience.CUSTOMER))

        with pytest.raises(NoOpenWaveError):
            record(team="shop")

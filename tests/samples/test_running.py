"""The present of the demo organisation."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from survey.campaigns.models import Credential, Interaction, Invitation, Wave
from survey.campaigns.selectors import get_link
from survey.letters.models import Delivery
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.models import Intake
from survey.samples.demo_questionnaires import store_questionnaires
from survey.samples.history import create_demo_pairing
from survey.samples.organisation import REGIONS, create_organisation, region_code, team_names
from survey.samples.running import (
    N_CUSTOMERS,
    SHARE_ANSWERED,
    find_open_links,
    start_running_waves,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PEOPLE_IN_A_TEAM = 1

pytestmark = pytest.mark.django_db


class Undo(Exception):  # noqa: N818
    """Takes back what was built."""


@pytest.fixture(scope="module", autouse=True)
def running(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """An organisation without a past whose two waves are open, for all tests of this module."""
    with django_db_blocker.unblock(), suppress(Undo), transaction.atomic():
        store_questionnaires()
        headcounts = [PEOPLE_IN_A_TEAM] * len(team_names())
        root = create_organisation(headcounts=headcounts, seed=1, today=NOW.date())
        start_running_waves(
            region=Team.objects.get(code=region_code(REGIONS[0])),
            customers=create_demo_pairing(root=root).cx,
            now=NOW,
            seed=1,
        )
        yield
        raise Undo


class TestStartRunningWaves:
    def test_asks_one_region_and_customers_everywhere(self) -> None:
        staff, customers = Wave.objects.open_at(NOW).order_by("campaign__audience").reverse()

        assert staff.campaign.scope.code == region_code(REGIONS[0])
        assert staff.invitations.count() == 10 * PEOPLE_IN_A_TEAM
        assert customers.campaign.audience == Audience.CUSTOMER
        assert Interaction.objects.filter(wave=customers).count() == N_CUSTOMERS

    def test_writes_to_everybody_who_was_admitted(self) -> None:
        admitted = Invitation.objects.filter(is_admitted=True)

        assert Delivery.objects.count() == admitted.count()

    def test_lets_about_half_answer(self) -> None:
        for wave in Wave.objects.all():
            n = wave.invitations.filter(is_admitted=True).count()
            spent = Credential.objects.filter(wave=wave, is_spent=True).count()

            assert spent == int(n * SHARE_ANSWERED) > 0
            assert Intake.objects.filter(wave=wave).count() == spent

    def test_counts_who_took_part(self) -> None:
        for wave in Wave.objects.all():
            assert wave.participation["date"] == "2026-03-02"


class TestFindOpenLinks:
    def test_finds_links_under_which_a_visitor_can_answer(self) -> None:
        links = find_open_links(now=NOW)
        found = [
            get_link(token=url.rstrip("/").rpartition("/")[2], now=NOW)
            for url in (links.employee, links.customer)
        ]

        assert [link.wave.campaign.audience for link in found] == ["EMPLOYEE", "CUSTOMER"]
        assert links.colleague == ""  # whom nobody has asked here
        assert not any(link.is_spent for link in found)

    def test_finds_none_once_everybody_has_answered(self) -> None:
        Credential.objects.update(is_spent=True)
        links = find_open_links(now=NOW)

        assert (links.employee, links.colleague, links.customer) == ("", "", "")

    @pytest.mark.parametrize(("days", "is_open"), [(20, (False, True)), (200, (False, False))])
    def test_finds_none_of_a_wave_that_has_closed(
        self, days: int, is_open: tuple[bool, bool]
    ) -> None:
        links = find_open_links(now=NOW + timedelta(days=days))

        assert (bool(links.employee), bool(links.customer)) == is_open

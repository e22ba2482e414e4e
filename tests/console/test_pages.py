"""What the console's pages show."""

from datetime import datetime, timedelta

import pytest

from survey.console.pages import (
    build_campaign_page,
    list_campaign_rows,
    list_pairing_rows,
    list_wave_rows,
)
from survey.console.states import WaveState
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.console.waves import make_draft

pytestmark = pytest.mark.usefixtures("bank")
DAY = timedelta(days=1)
ROW = {"code": "company", "name": "The Company", "kind": "NODE", "depth": 0, "n_invited": 40}


class TestLists:
    def test_show_waves_with_their_state_newest_first(
        self, organisation: Organisation, now: datetime
    ) -> None:
        make_draft(organisation, now)
        make_draft(organisation, now, Audience.CUSTOMER, opens_at=now + DAY)
        newest, older = list_wave_rows(now=now)

        assert (newest.is_customers, older.is_customers) == (True, False)
        assert newest.state is older.state is WaveState.DRAFT
        assert newest.share == ""

    def test_show_campaigns_by_name_with_their_last_wave(
        self, organisation: Organisation, now: datetime
    ) -> None:
        for opens_at in (now, now + DAY):
            make_draft(organisation, now, opens_at=opens_at)
        make_draft(organisation, now, Audience.CUSTOMER)
        customers, staff = list_campaign_rows()

        assert (staff.n_waves, staff.last_opens_at) == (2, now + DAY)
        assert (staff.scope, staff.is_customers) == ("The Company", False)
        assert (customers.n_waves, customers.is_customers) == (1, True)

    def test_show_pairings_in_words(self, organisation: Organisation, now: datetime) -> None:
        staff = make_draft(organisation, now).campaign
        make_draft(organisation, now, Audience.CUSTOMER, compare_with_id=staff.pk)
        (row,) = list_pairing_rows()

        assert (row.ex, row.period) == ("Pulse, The Company", "quarter")


class TestBuildCampaignPage:
    def test_shows_its_own_waves_only(self, organisation: Organisation, now: datetime) -> None:
        wave = make_draft(organisation, now)
        make_draft(organisation, now, Audience.CUSTOMER)
        page = build_campaign_page(code=wave.campaign.code, now=now)

        assert page is not None
        assert [row.pk for row in page.waves] == [wave.pk]
        assert (page.subject, page.signer) == ("A minute, please", "Alice")

    def test_knows_no_other_code(self, now: datetime) -> None:
        assert build_campaign_page(code="nothing", now=now) is None

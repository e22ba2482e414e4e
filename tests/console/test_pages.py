"""What the console's pages show."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave, launch_wave, open_due_waves, withdraw_wave
from survey.console.pages import (
    WavePage,
    build_campaign_page,
    build_wave_page,
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


def page_of(wave: Wave, now: datetime) -> WavePage:
    return build_wave_page(wave=Wave.objects.get(pk=wave.pk), now=now)


@pytest.fixture
def open_wave(organisation: Organisation, now: datetime) -> Wave:
    wave = make_draft(organisation, now)
    launch_wave(wave_id=wave.pk, now=now)
    open_due_waves(now=now)
    return wave


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


class TestBuildWavePage:
    def test_counts_letters_by_state(self, open_wave: Wave, now: datetime) -> None:
        page = page_of(open_wave, now)

        assert page.letters == {"queued": 18}
        assert page.on_their_way == 18
        assert page.wave.n_invited == 18

    def test_tells_bars_from_open_ends(self, open_wave: Wave, now: datetime) -> None:
        rows = [ROW | {"share": "60 %"}, ROW | {"depth": 1, "share": "under 15 %"}]
        Wave.objects.update(participation={"date": "2026-03-02", "rows": rows})
        page = page_of(open_wave, now)

        assert [width for _, width in page.rows] == [60, None]
        assert page.wave.share == "60 %"

    def test_lists_what_happened_and_what_is_planned(self, open_wave: Wave, now: datetime) -> None:
        moments = page_of(open_wave, now).moments

        assert [(moment.what, moment.is_done) for moment in moments] == [
            ("Launched.", True),
            ("Opened; the letters went out.", True),
            ("Closes.", False),
        ]

    def test_can_be_closed_and_withdrawn_while_it_is_open(
        self, open_wave: Wave, now: datetime
    ) -> None:
        page = page_of(open_wave, now)

        assert (page.can_close, page.can_withdraw) == (True, True)

    def test_can_still_be_withdrawn_once_it_is_closed(self, open_wave: Wave, now: datetime) -> None:
        close_wave(wave_id=open_wave.pk, now=now)
        page = page_of(open_wave, now)

        assert (page.can_close, page.can_withdraw) == (False, True)
        assert all(moment.is_done for moment in page.moments)

    def test_can_do_nothing_more_once_it_is_withdrawn(self, open_wave: Wave, now: datetime) -> None:
        withdraw_wave(wave_id=open_wave.pk, reason="A mistake.", now=now)
        page = page_of(open_wave, now)

        assert (page.can_close, page.can_withdraw) == (False, False)
        assert page.withdrawn_reason == "A mistake."
        assert page.moments[-1].what == "Withdrawn."

    def test_says_nothing_of_answers_not_kept_before_the_seal(
        self, open_wave: Wave, now: datetime
    ) -> None:
        assert page_of(open_wave, now).not_kept == ""

    @pytest.mark.parametrize(
        ("n_spent", "n_discarded", "said"),
        [
            (0, 0, "Fewer than 5 people answered, so nothing was kept."),
            (4, 4, "Fewer than 5 people answered, so nothing was kept."),
            (9, 0, ""),
            (9, 1, "Not kept: 1 answer, too few together or impossible to read."),
            (9, 3, "Not kept: 3 answers, too few together or impossible to read."),
        ],
    )
    def test_says_what_the_seal_did_not_keep(
        self,
        open_wave: Wave,
        now: datetime,
        hr: Client,
        n_spent: int,
        n_discarded: int,
        said: str,
    ) -> None:
        Wave.objects.filter(pk=open_wave.pk).update(
            closed_at=now, sealed_at=now, n_spent=n_spent, n_discarded=n_discarded
        )

        assert page_of(open_wave, now).not_kept == said
        assert said in hr.get(f"/console/waves/{open_wave.pk}/").text

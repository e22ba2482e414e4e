"""What the page of a launched wave shows."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from survey.campaigns.models import Wave
from survey.campaigns.services import close_wave, launch_wave, open_due_waves, withdraw_wave
from survey.console.wave.pages import WavePage, build_wave_page
from survey.letters.models import Delivery
from survey.letters.states import DeliveryState
from survey.organization.models import Person
from tests.cast import Organisation
from tests.console.waves import make_draft
from tests.factories.campaigns import make_open_wave as make_colleague_wave
from tests.factories.colleagues import make_colleagues, serve
from tests.factories.cuts import make_cut_wave

pytestmark = pytest.mark.usefixtures("bank")
DAY = timedelta(days=1)
ROW = {"code": "company", "name": "The Company", "kind": "NODE", "depth": 0, "n_invited": 40}


def page_of(wave: Wave, now: datetime, *, may_change: bool = True) -> WavePage:
    return build_wave_page(wave=Wave.objects.get(pk=wave.pk), now=now, may_change=may_change)


@pytest.fixture
def open_wave(organisation: Organisation, now: datetime) -> Wave:
    wave = make_draft(organisation, now)
    launch_wave(wave_id=wave.pk, now=now)
    open_due_waves(now=now)
    return wave


class TestBuildWavePage:
    def test_names_whom_no_letter_reached_to_who_may_change_it(
        self, open_wave: Wave, now: datetime
    ) -> None:
        first = Delivery.objects.order_by("pk").first()
        assert first is not None
        first.state, first.reason = DeliveryState.BOUNCED, "address refused: came back"
        first.save()

        (row,) = page_of(open_wave, now).troubled
        assert (row.name, row.address) == (first.recipient_name, first.address)
        assert page_of(open_wave, now, may_change=False).troubled == ()

    def test_counts_letters_by_state(self, open_wave: Wave, now: datetime) -> None:
        page = page_of(open_wave, now)

        assert [line.title for line in page.letters][1:] == ["18 letters on the way"]
        assert page.wave.n_invited == 18

    def test_says_between_what_a_share_lies_and_draws_its_middle(
        self, open_wave: Wave, now: datetime
    ) -> None:
        rows = [ROW | {"share": "60 %"}, ROW | {"code": "food", "depth": 1, "share": "under 15 %"}]
        Wave.objects.update(participation={"date": "2026-03-02", "rows": rows})
        page = page_of(open_wave, now)

        assert [(row.share, row.percent) for row in page.answered.rows] == [
            ("60 to 73%", 66),
            ("under 15%", 8),
        ]
        assert page.wave.share == "60 to 73%"
        assert page.answered.headline == "60 to 73% have answered."

    def test_counts_ratings_among_colleagues(
        self, organisation: Organisation, hr: Client, now: datetime
    ) -> None:
        serve(vars(organisation), "bakery>garden", "kitchen>garden")
        wave = make_colleague_wave(make_colleagues(organisation.company), now=now)
        rows = [ROW | {"share": "60 %", "n_invited": 300}]
        Wave.objects.update(participation={"date": "2026-03-02", "rows": rows})

        shown = hr.get(f"/console/waves/{wave.pk}/").text

        assert "10 ratings asked for" in shown
        assert "60 to 65% of the ratings have been given." in shown

    def test_lists_what_happened_and_what_is_planned(self, open_wave: Wave, now: datetime) -> None:
        Delivery.objects.update(state=DeliveryState.SENT)
        moments = page_of(open_wave, now).moments

        assert [(moment.what, moment.is_done) for moment in moments] == [
            ("Launched.", True),
            ("Opened; the letters went out.", True),
            ("Closes for all.", False),
        ]

    def test_says_that_letters_went_out_only_once_none_can_be_called_back(
        self, open_wave: Wave, now: datetime
    ) -> None:
        page = page_of(open_wave, now)

        assert page.can_undo
        assert page.moments[1].what == "Opened; the letters are about to go."

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

    def test_names_by_what_figures_are_told(self, now: datetime) -> None:
        page = build_wave_page(wave=make_cut_wave(), now=now, may_change=False)

        assert page.told_by == "Tenure"

    def test_says_that_its_keys_are_missing_until_it_is_withdrawn(
        self, open_wave: Wave, now: datetime
    ) -> None:
        assert not page_of(open_wave, now).lost_keys
        Wave.objects.update(keys_missing_at=now)
        assert page_of(open_wave, now).lost_keys

        withdraw_wave(wave_id=open_wave.pk, reason="The keys are lost.", now=now)
        assert not page_of(open_wave, now).lost_keys

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

    @pytest.mark.parametrize(("n_spent", "n_discarded"), [(8, 8), (9, 3), (3, 3)])
    def test_tells_no_number_of_ratings_that_were_not_kept(
        self, organisation: Organisation, hr: Client, now: datetime, n_spent: int, n_discarded: int
    ) -> None:
        # four people with two ratings each, three of one team among others, three in all
        serve(vars(organisation), "bakery>garden", "kitchen>garden")
        wave = make_colleague_wave(make_colleagues(organisation.company), now=now)
        Wave.objects.filter(pk=wave.pk).update(
            closed_at=now, sealed_at=now, n_spent=n_spent, n_discarded=n_discarded
        )

        assert page_of(wave, now).not_kept == ""
        assert "ot kept" not in hr.get(f"/console/waves/{wave.pk}/").text

    @pytest.mark.parametrize(
        ("items", "said"),
        [
            (["quay"], "Answers to 1 question were not kept in every group"),
            (["quay", "story"], "Answers to 2 questions were not kept in every group"),
        ],
    )
    def test_says_to_how_many_questions_answers_were_not_kept(
        self, open_wave: Wave, now: datetime, items: list[str], said: str
    ) -> None:
        Wave.objects.filter(pk=open_wave.pk).update(
            closed_at=now, sealed_at=now, n_spent=9, n_discarded=1, unkept_items=items
        )

        told = page_of(open_wave, now).not_kept
        assert told.startswith("Not kept: 1 answer, ")
        assert said in told

    def test_warns_of_the_west_where_a_round_went_out_by_itself(
        self, open_wave: Wave, now: datetime
    ) -> None:
        Person.objects.filter(pk=Person.objects.order_by("pk")[0].pk).update(
            time_zone="America/New_York"
        )
        assert page_of(open_wave, now).warnings == ()

        Wave.objects.update(planned_date=now.date())
        (warning,) = page_of(open_wave, now).warnings
        assert warning.startswith("People in America/New_York live further west")
        assert page_of(open_wave, now, may_change=False).warnings == ()

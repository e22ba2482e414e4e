"""A draft for every release."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from survey.accounts.models import Role, User
from survey.aggregation.models import Release
from survey.aggregation.services import supersede_release
from survey.campaigns.models import Campaign, Wave
from survey.followup.drafting import draft_due_playbacks
from survey.followup.models import Playback, PlaybackState
from survey.followup.promising import Wording, keep_commitment, make_commitment
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument, make_wave
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db
ANSWERS = {"bakery": [2, 3] * 8, "kitchen": [2, 3] * 8, "garden": [3, 2] * 8}
RELEASED = CLOSED + timedelta(days=1)


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def customers(organisation: Organisation) -> Wave:
    scope = organisation.company
    asked = make_campaign(make_instrument("CUSTOMER", prefix="cx_"), scope, "visits")
    return make_wave(asked)


def release_month(wave: Wave, month: int) -> Release:
    return Release.objects.create(
        wave=wave, month_start=date(2026, month, 1), made_at=RELEASED, checksum="c" * 64
    )


class TestDraftDuePlaybacks:
    def test_drafts_each_release_once(self, campaign: Campaign, alice: User) -> None:
        release = release_wave(campaign, ANSWERS)

        assert draft_due_playbacks(now=RELEASED) == 1
        assert draft_due_playbacks(now=RELEASED) == 0

        playback = Playback.objects.get()
        assert playback.release == release
        assert (playback.state, playback.owner) == (PlaybackState.DRAFT, alice)
        assert playback.facts["n_people"] == 48
        assert len(playback.code) >= 24

    def test_signs_with_a_name_that_fits(self, campaign: Campaign, alice: User) -> None:
        User.objects.filter(pk=alice.pk).update(name="n" * 200)
        release_wave(campaign, ANSWERS)

        assert draft_due_playbacks(now=RELEASED) == 1
        assert Playback.objects.get().signer_name == "n" * 100

    def test_drafts_every_month_of_customers_by_itself(
        self, customers: Wave, organisation: Organisation
    ) -> None:
        carmen = make_user("carmen", Role.CX_MANAGER)
        for month in (2, 3):
            release_month(customers, month)

        assert draft_due_playbacks(now=RELEASED) == 2

        assert {one.owner for one in Playback.objects.all()} == {carmen}

    def test_leaves_out_what_colleagues_said_of_each_other(self, campaign: Campaign) -> None:
        release_wave(campaign, ANSWERS)
        Campaign.objects.update(audience=Audience.COLLEAGUE)

        assert draft_due_playbacks(now=RELEASED) == 0

    def test_leaves_out_waves_that_were_withdrawn(self, customers: Wave) -> None:
        release_month(customers, 3)
        Wave.objects.update(sealed_at=None, withdrawn_at=RELEASED, withdrawn_reason="x")

        assert draft_due_playbacks(now=RELEASED) == 0

    def test_leaves_out_the_past_of_whoever_begins_now(self, campaign: Campaign) -> None:
        release_wave(campaign, ANSWERS)

        assert draft_due_playbacks(now=RELEASED + timedelta(days=14)) == 0
        assert draft_due_playbacks(now=RELEASED + timedelta(days=14, seconds=-1)) == 1

    def test_hands_a_playback_on_to_the_release_that_replaces_its_own(
        self, campaign: Campaign
    ) -> None:
        wrong = release_wave(campaign, ANSWERS)
        draft_due_playbacks(now=RELEASED)
        right = supersede_release(release_id=wrong.pk, reason="x", now=RELEASED)
        again = supersede_release(release_id=right.pk, reason="y", now=RELEASED)

        draft_due_playbacks(now=RELEASED)

        assert Playback.objects.get().release == again
        assert draft_due_playbacks(now=RELEASED) == 0

    def test_gives_the_draft_of_a_closed_account_to_the_office(
        self, campaign: Campaign, alice: User
    ) -> None:
        release_wave(campaign, ANSWERS)
        draft_due_playbacks(now=RELEASED)
        User.objects.filter(pk=alice.pk).update(is_active=False)
        assert draft_due_playbacks(now=RELEASED) == 0  # there is nobody yet

        anna = make_user("anna", Role.HR)

        assert draft_due_playbacks(now=RELEASED) == 1
        assert draft_due_playbacks(now=RELEASED) == 0
        playback = Playback.objects.get()
        assert (playback.owner, playback.signer_name) == (anna, "Anna")
        assert playback.reply_to == "anna@example.org"

    def test_gives_nobody_the_role_of_a_closed_account(
        self, campaign: Campaign, alice: User
    ) -> None:
        signed = {"signer_name": alice.name, "signer_role": "who leads the region"}
        playback = make_playback(make_wave(campaign), now=RELEASED, owner=alice, **signed)
        playback.translations.create(language="es", title="Hola", body="Sí.", signer_role="Jefa")
        User.objects.filter(pk=alice.pk).update(is_active=False)
        make_user("anna", Role.HR)

        draft_due_playbacks(now=RELEASED)

        playback.refresh_from_db()
        assert (playback.signer_name, playback.signer_role) == ("Anna", "")
        assert playback.translations.get().signer_role == ""

    def test_leaves_another_signature_on_a_draft_that_is_given_on(
        self, campaign: Campaign, alice: User
    ) -> None:
        signed = {"signer_name": "Jo Lind", "reply_to": "jo@example.org"}
        playback = make_playback(make_wave(campaign), now=RELEASED, owner=alice, **signed)
        User.objects.filter(pk=alice.pk).update(is_active=False)
        anna = make_user("anna", Role.HR)

        draft_due_playbacks(now=RELEASED)

        playback.refresh_from_db()
        assert (playback.owner, playback.signer_name) == (anna, "Jo Lind")
        assert playback.reply_to == "jo@example.org"

    def test_leaves_what_was_published_to_whoever_signed_it(
        self, campaign: Campaign, alice: User
    ) -> None:
        told = make_playback(make_wave(campaign), now=RELEASED, owner=alice, is_published=True)
        User.objects.filter(pk=alice.pk).update(is_active=False)
        make_user("anna", Role.HR)

        draft_due_playbacks(now=RELEASED)

        told.refresh_from_db()
        assert told.owner == alice

    def test_holds_the_promises_that_people_may_ask_about(
        self, campaign: Campaign, alice: User
    ) -> None:
        make_playback(
            make_wave(campaign), now=CLOSED, is_published=True, audience=Audience.EMPLOYEE
        )
        early = CLOSED - timedelta(days=30)
        made = {
            what: make_commitment(
                wording=Wording(audience, what, is_shown_outside=is_shown),
                who_name="Ana", who=None, due_date=RELEASED.date(), by=alice, now=early,
            )
            for what, audience, is_shown in (
                ("open", Audience.EMPLOYEE, True),
                ("kept and told of", Audience.EMPLOYEE, True),
                ("kept since", Audience.EMPLOYEE, True),
                ("for leads only", Audience.EMPLOYEE, False),
                ("of customers", Audience.CUSTOMER, True),
            )
        }  # fmt: skip
        for what, day in (("kept and told of", early), ("kept since", CLOSED)):
            keep_commitment(key=made[what].key, kept_date=day.date(), by=alice, now=CLOSED)
        release_wave(campaign, ANSWERS, closed_at=CLOSED + LATER)

        draft_due_playbacks(now=CLOSED + LATER + timedelta(days=2))

        parts = Playback.objects.get(state=PlaybackState.DRAFT).parts.order_by("place")
        assert [part.commitment and part.commitment.what for part in parts] == [
            "open", "kept since",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("zone", "made_at", "due"),
        [
            ("Pacific/Auckland", datetime(2026, 3, 31, 10, 59, tzinfo=UTC), date(2026, 4, 14)),
            ("Pacific/Auckland", datetime(2026, 3, 31, 11, 0, tzinfo=UTC), date(2026, 4, 15)),
            ("America/Los_Angeles", datetime(2026, 4, 1, 6, 59, tzinfo=UTC), date(2026, 4, 14)),
            ("America/Los_Angeles", datetime(2026, 4, 1, 7, 0, tzinfo=UTC), date(2026, 4, 15)),
            ("UTC", datetime(2026, 3, 31, 23, 59, tzinfo=UTC), date(2026, 4, 14)),
        ],
    )
    def test_gives_two_weeks_from_the_day_of_the_organisation(
        self, customers: Wave, settings: Settings, zone: str, made_at: datetime, due: date
    ) -> None:
        settings.TIME_ZONE = zone
        release = release_month(customers, 3)
        Release.objects.filter(pk=release.pk).update(made_at=made_at)

        draft_due_playbacks(now=made_at)

        assert Playback.objects.get().due_date == due

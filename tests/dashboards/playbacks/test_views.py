"""Writing back: who may, what is refused, and what a press does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, Wave
from survey.dashboards.access import SEEN_AS
from survey.followup.models import Commitment, Playback, PlaybackState
from survey.followup.promising import Wording, make_commitment
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import SIGNED, make_playback

pytestmark = pytest.mark.django_db
WORDS = {"do": "words", **SIGNED, "language": "en"}
LATER = {"what": "Rotas two weeks ahead", "who_name": "Alice"}


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def pulse(organisation: Organisation) -> Campaign:
    return make_campaign(make_instrument(), organisation.company)


@pytest.fixture
def visits(organisation: Organisation) -> Wave:
    scope = organisation.company
    return make_wave(make_campaign(make_instrument("CUSTOMER", prefix="cx_"), scope, "visits"))


@pytest.fixture
def draft(pulse: Campaign, moment: datetime, alice: User) -> Playback:
    return make_playback(make_wave(pulse), now=moment, owner=alice)


@pytest.fixture
def hand(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


def address(playback: Playback, more: str = "") -> str:
    return f"/dashboards/playbacks/{playback.pk}/{more}"


def sent(name: str, **values: str) -> dict[str, Any]:
    return {"do": name, **{f"{name}-{key}": value for key, value in values.items()}}


class TestWhoMay:
    def test_office_reads_and_writes_its_own_audience_only(
        self, hand: Client, draft: Playback, visits: Wave, moment: datetime
    ) -> None:
        make_user("carmen", Role.CX_MANAGER)
        theirs = make_playback(visits, now=moment)

        page = hand.get("/dashboards/playbacks/").content.decode()

        assert address(draft) in page
        assert address(theirs) not in page
        assert hand.get(address(theirs)).status_code == 404
        assert hand.post(address(theirs), WORDS).status_code == 404

    def test_people_team_writes_to_customers_where_nobody_else_does(
        self, hand: Client, visits: Wave, moment: datetime
    ) -> None:
        assert hand.get(address(make_playback(visits, now=moment))).status_code == 200

    def test_leader_writes_what_was_handed_to_them_and_reads_nothing_else(
        self, client: Client, draft: Playback, bob: User, charlie: User
    ) -> None:
        Playback.objects.update(owner=bob)
        for user, status in ((bob, 200), (charlie, 404)):
            client.force_login(user)
            for more in ("", "preview/", "publish/"):
                assert client.get(address(draft, more)).status_code == status

    def test_whoever_tries_out_a_role_changes_nothing(
        self, hand: Client, draft: Playback, bob: User
    ) -> None:
        Playback.objects.update(owner=bob)
        session = hand.session
        session[SEEN_AS] = bob.grants.get().pk
        session.save()

        assert hand.get(address(draft)).status_code == 200
        assert hand.post(address(draft), WORDS).status_code == 403
        assert hand.post(address(draft, "publish/")).status_code == 403


class TestPlayback:
    def test_keeps_words(self, hand: Client, draft: Playback) -> None:
        assert hand.post(address(draft), WORDS).status_code == 302

        draft.refresh_from_db()
        assert {name: getattr(draft, name) for name in SIGNED} == SIGNED

    def test_refuses_the_voice_of_a_campaign_beside_its_field(
        self, hand: Client, draft: Playback
    ) -> None:
        shouted = WORDS | {"body": "Dear valued customer, we value your feedback!!!"}

        response = hand.post(address(draft), shouted)

        assert response.status_code == 422
        assert "valued customer" in response.content.decode()
        draft.refresh_from_db()
        assert draft.body == ""

    def test_promises_in_place(self, hand: Client, draft: Playback, moment: datetime) -> None:
        day = (timezone.localdate(moment) + timedelta(days=30)).isoformat()

        hand.post(address(draft), sent("will", **LATER, heard="Rotas come late", due_date=day))

        made = Commitment.objects.get()
        assert (made.audience, made.heard) == (Audience.EMPLOYEE, "Rotas come late")
        assert made.wave == draft.release.wave
        assert [part.commitment for part in draft.parts.all()] == [made]

    def test_promises_nothing_for_a_day_that_has_passed(
        self, hand: Client, draft: Playback, moment: datetime
    ) -> None:
        day = (timezone.localdate(moment) - timedelta(days=1)).isoformat()

        assert hand.post(address(draft), sent("will", **LATER, due_date=day)).status_code == 422
        assert not Commitment.objects.exists()

    def test_says_no_in_place_and_why(self, hand: Client, draft: Playback) -> None:
        assert hand.post(address(draft), sent("wont", **LATER, because="")).status_code == 422

        hand.post(address(draft), sent("wont", **LATER, because="Two agreements"))

        assert draft.parts.get().commitment.because == "Two agreements"  # type: ignore[union-attr]

    def test_puts_moves_and_takes_out_what_was_promised_before(
        self, hand: Client, draft: Playback, alice: User, moment: datetime
    ) -> None:
        for what in ("first", "second"):
            made = make_commitment(
                wording=Wording(Audience.EMPLOYEE, what), who_name="Ana", who=None,
                due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
            )  # fmt: skip
            hand.post(address(draft), sent("part", promise=str(made.key)))
        first, second = draft.parts.order_by("place")

        hand.post(address(draft), {"do": "raise", "part": second.pk})
        hand.post(address(draft), {"do": "remove", "part": first.pk})
        hand.post(address(draft), {"do": "remove", "part": "no number"})

        assert list(draft.parts.all()) == [second]

    def test_offers_no_promise_to_the_other_audience(
        self, hand: Client, draft: Playback, alice: User, moment: datetime
    ) -> None:
        made = make_commitment(
            wording=Wording(Audience.CUSTOMER, "For customers"), who_name="Ana", who=None,
            due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
        )  # fmt: skip

        assert "For customers" not in hand.get(address(draft)).content.decode()
        assert hand.post(address(draft), sent("part", promise=str(made.key))).status_code == 422

    def test_is_written_in_another_language_whole_or_not_at_all(
        self, hand: Client, draft: Playback
    ) -> None:
        half = {"do": "translate-ar", "in-ar-title": "ماذا قلتم"}
        assert hand.post(address(draft), half).status_code == 422

        hand.post(address(draft), half | {"in-ar-body": "قرأت كل شيء."})

        assert draft.translations.get().language == "ar"

    def test_is_handed_over(self, hand: Client, draft: Playback, bob: User) -> None:
        hand.post(address(draft), sent("hand", owner=str(bob.pk)))

        draft.refresh_from_db()
        assert draft.owner == bob

    def test_is_previewed_in_the_language_of_whoever_will_read_it(
        self, hand: Client, draft: Playback
    ) -> None:
        hand.post(address(draft), WORDS)
        draft.translations.create(language="ar", title="ماذا قلتم", body="قرأت كل شيء.")

        page = hand.get(address(draft, "preview/?lang=ar")).content.decode()

        assert '<h1 lang="ar" dir="rtl">ماذا قلتم</h1>' in page

    def test_asks_the_database_as_much_for_many_as_for_few(
        self,
        hand: Client,
        pulse: Campaign,
        draft: Playback,
        moment: datetime,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(5):
            make_playback(make_wave(pulse), now=moment)

        with django_assert_max_num_queries(8):
            hand.get("/dashboards/playbacks/")
        with django_assert_max_num_queries(24):
            hand.get(address(draft))


class TestPublish:
    def test_asks_first_and_publishes_on_the_second_press(
        self, hand: Client, draft: Playback
    ) -> None:
        hand.post(address(draft), WORDS)
        assert "Publish it?" in hand.get(address(draft, "publish/")).content.decode()
        draft.refresh_from_db()
        assert draft.state == PlaybackState.DRAFT

        hand.post(address(draft, "publish/"))

        draft.refresh_from_db()
        assert draft.state == PlaybackState.PUBLISHED
        assert draft.letter is not None
        assert f"/heard/{draft.code}/" in hand.get(address(draft)).content.decode()

    def test_publishes_nothing_unfinished(self, hand: Client, draft: Playback) -> None:
        page = hand.post(address(draft, "publish/"), follow=True).content.decode()

        draft.refresh_from_db()
        assert draft.state == PlaybackState.DRAFT
        assert "Something is still missing" in page

    def test_leaves_what_was_published_as_it_was_read(
        self, hand: Client, pulse: Campaign, moment: datetime
    ) -> None:
        published = make_playback(make_wave(pulse), now=moment, is_published=True)

        hand.post(address(published), WORDS | {"title": "Other words"})
        hand.post(address(published, "publish/"))

        before = published.published_at
        published.refresh_from_db()
        assert (published.title, published.published_at) == (SIGNED["title"], before)

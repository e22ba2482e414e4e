"""The heard pages, as everybody reads them."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.followup.models import Playback, PlaybackPart, PlaybackState
from survey.followup.promising import Wording, make_commitment, refuse_wish
from survey.followup.telling import Choosing, choose_story, hide_story
from survey.followup.ways_out import way_out_url
from survey.letters.models import StopEntry
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.dashboards.team.staging import write
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant
from tests.factories.letters import DeliveryFactory
from tests.factories.playbacks import make_playback

pytestmark = pytest.mark.django_db
STORY = "طابور طويل <b>& one</b> desk 🙃"


@pytest.fixture
def moment() -> datetime:
    return timezone.now()


@pytest.fixture
def visits(organisation: Organisation) -> Wave:
    scope = organisation.company
    return make_wave(make_campaign(make_instrument("CUSTOMER", prefix="cx_"), scope, "visits"))


@pytest.fixture
def pulse(organisation: Organisation) -> Wave:
    return make_wave(make_campaign(make_instrument(), organisation.company))


def publish(wave: Wave, moment: datetime, **fields: object) -> Playback:
    return make_playback(wave, now=moment, is_published=True, **fields)


def tell(playback: Playback, by: User, moment: datetime) -> None:
    """Play a story back, answer it with a promise, and say no to something else."""
    wave = playback.release.wave
    comment = write(plant(wave, {"bakery": None})["bakery"], STORY)
    story = choose_story(
        comment_id=comment.pk,
        choosing=Choosing(team=None, is_on_heard_page=True),
        by=by,
        now=moment,
    )
    who = {"who_name": "Ana", "who": None, "by": by, "now": moment}
    will = make_commitment(
        wording=Wording(playback.audience, f"Two desks for {playback.audience}"),
        due_date=moment.date() + timedelta(days=9),
        **who,
    )
    wont = refuse_wish(
        wording=Wording(playback.audience, "Open on Sundays"), because="Too few of us", **who
    )
    for place, (commitment, told) in enumerate(((will, story), (wont, None)), start=1):
        PlaybackPart.objects.create(
            playback=playback, place=place, commitment=commitment, story=told
        )


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


class TestHeard:
    def test_shows_the_newest_to_everybody_and_may_be_kept_for_minutes(
        self, client: Client, visits: Wave, moment: datetime
    ) -> None:
        publish(visits, moment)

        response = client.get("/heard/?lang=en")

        assert "What you told us in March" in response.content.decode()
        assert response["Cache-Control"] == "public, max-age=300"
        assert "X-Robots-Tag" not in response
        assert not response.cookies

    def test_says_kindly_that_there_is_nothing_yet(self, client: Client, db: None) -> None:
        assert "Nothing to read here yet" in read(client, "/heard/")

    def test_plays_words_back_as_they_were_told_beside_what_answers_them(
        self, client: Client, visits: Wave, alice: User, moment: datetime
    ) -> None:
        tell(publish(visits, moment), alice, moment)

        page = read(client, "/heard/?lang=en")

        assert "طابور طويل &lt;b&gt;&amp; one&lt;/b&gt; desk 🙃" in page
        assert "Two desks for CUSTOMER" in page
        assert "Too few of us" in page
        assert "0 kept, 1 open, 0 late" in page

    def test_leaves_a_story_out_that_was_hidden_since(
        self, client: Client, visits: Wave, alice: User, moment: datetime
    ) -> None:
        playback = publish(visits, moment)
        tell(playback, alice, moment)
        part = playback.parts.get(place=1)
        assert part.story is not None
        hide_story(story_id=part.story.pk, reason="x", by=alice, now=moment)

        page = read(client, "/heard/?lang=en")

        assert "طابور" not in page
        assert "Two desks for CUSTOMER" in page

    def test_shows_nothing_of_staff(
        self, client: Client, pulse: Wave, visits: Wave, alice: User, moment: datetime
    ) -> None:
        tell(publish(pulse, moment, title="Rotas"), alice, moment)
        publish(visits, moment)

        page = read(client, "/heard/?lang=en")

        assert "Two desks for EMPLOYEE" not in page
        assert "Rotas" not in page
        assert "طابور" not in page

    def test_keeps_what_was_written_before(
        self, client: Client, visits: Wave, moment: datetime
    ) -> None:
        older = publish(visits, moment - timedelta(days=40), title="What you told us in winter")
        publish(make_wave(visits.campaign), moment)

        assert "What you told us in winter" in read(client, "/heard/?lang=en")
        assert "<h1" in read(client, f"/heard/?of={older.code}")
        for unknown in ("nothing", "%00", "../x"):
            assert client.get(f"/heard/?of={unknown}").status_code == 404

    def test_says_when_an_answer_is_late(
        self, client: Client, visits: Wave, pulse: Wave, moment: datetime
    ) -> None:
        today = timezone.localdate(moment)
        make_playback(visits, now=moment, due_date=today)
        make_playback(pulse, now=moment, due_date=today - timedelta(days=9))
        assert "It is late" not in read(client, "/heard/?lang=en")

        Playback.objects.filter(audience=Audience.CUSTOMER).update(
            due_date=today - timedelta(days=1)
        )

        assert "It is late" in read(client, "/heard/?lang=en")

    def test_speaks_the_language_asked_for_and_shows_words_in_it(
        self, client: Client, visits: Wave, moment: datetime
    ) -> None:
        playback = publish(visits, moment)
        playback.translations.create(language="ar", title="ماذا قلتم لنا", body="قرأت كل شيء.")

        arabic = read(client, "/heard/?lang=ar")

        assert 'lang="ar" dir="rtl"' in arabic
        assert '<h1 lang="ar" dir="rtl">ماذا قلتم لنا</h1>' in arabic
        assert '<h1 lang="en" dir="ltr">' in read(client, "/heard/?lang=de")

    def test_asks_the_database_little(
        self,
        client: Client,
        visits: Wave,
        alice: User,
        moment: datetime,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        tell(publish(visits, moment), alice, moment)

        with django_assert_max_num_queries(9):
            client.get("/heard/")


class TestHeardStaff:
    def test_shows_staff_theirs_by_the_link_of_the_letter_and_leaves_no_trace(
        self, client: Client, pulse: Wave, moment: datetime
    ) -> None:
        playback = publish(pulse, moment)

        response = client.get(f"/heard/{playback.code}/?lang=en")

        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store"
        assert "noindex" in response["X-Robots-Tag"]

    @pytest.mark.parametrize("what", ["draft", "customers", "withdrawn"])
    def test_does_not_know_what_is_not_for_staff(
        self, client: Client, pulse: Wave, moment: datetime, what: str
    ) -> None:
        playback = publish(pulse, moment)
        if what == "draft":
            Playback.objects.update(state=PlaybackState.DRAFT)
        elif what == "customers":
            Playback.objects.update(audience=Audience.CUSTOMER)
        else:
            Wave.objects.update(sealed_at=None, withdrawn_at=moment, withdrawn_reason="x")

        assert client.get(f"/heard/{playback.code}/").status_code == 404

    def test_tells_no_team_what_another_was_promised(
        self,
        client: Client,
        pulse: Wave,
        alice: User,
        organisation: Organisation,
        moment: datetime,
    ) -> None:
        playback = publish(pulse, moment)
        for team, what in ((organisation.bakery, "A new oven"), (None, "Rotas for all")):
            make_commitment(
                wording=Wording(Audience.EMPLOYEE, what, team=team), who_name="Ana", who=None,
                due_date=moment.date() + timedelta(days=9), by=alice, now=moment,
            )  # fmt: skip

        page = read(client, f"/heard/{playback.code}/?lang=en")

        assert "Rotas for all" in page
        assert "A new oven" not in page


class TestStopHeard:
    def test_stops_letters_on_a_press_and_by_the_mail_programs_one_click(
        self, client: Client, db: None
    ) -> None:
        delivery = DeliveryFactory(kind="NEWS", address="sam@example.org")
        address = way_out_url(delivery).removeprefix("http://localhost:8000")
        address = "/" + address.split("/", 3)[-1] if "://" in address else address
        assert "Shall we stop" in read(client, f"{address}?lang=en")
        assert not StopEntry.objects.exists()

        client.post(address, {"List-Unsubscribe": "One-Click"})

        assert StopEntry.objects.count() == 1
        assert "We won’t write to you again" in read(client, f"{address}?lang=en")

    def test_does_not_know_links_that_nobody_made(self, client: Client, db: None) -> None:
        assert client.post("/heard/stop/abc/").status_code == 404

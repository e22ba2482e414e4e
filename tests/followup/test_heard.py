"""The words of the heard page, in the language nearest to the reader's."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.followup.heard import (
    build_heard_page,
    find_published,
    offer_languages,
    speak_words,
)
from survey.followup.models import Playback, PlaybackTranslation
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import make_playback
from tests.factories.promises import promise, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def playback(organisation: Organisation, now: datetime) -> Playback:
    wave: Wave = make_wave(make_campaign(make_instrument(), organisation.company))
    return make_playback(wave, now=now, is_published=True)


class TestSpeakWords:
    @pytest.mark.parametrize(
        ("wanted", "title"),
        [("ar-EG", "ماذا قلتم"), ("en-gb", "What you told us in March"), ("xx", "What you told")],
    )
    def test_takes_the_nearest_language_else_the_own(
        self, playback: Playback, wanted: str, title: str
    ) -> None:
        arabic = PlaybackTranslation(language="ar", title="ماذا قلتم", body="نعم")

        assert speak_words(playback, [arabic], wanted).title.startswith(title)

    def test_makes_a_face_of_the_first_and_the_last_name(self, playback: Playback) -> None:
        playback.signer_name = "Ana Maria de Duarte"

        assert speak_words(playback, [], "en").initials == "AD"


class TestOfferLanguages:
    def test_adds_what_the_product_does_not_speak_itself(self, playback: Playback) -> None:
        french = PlaybackTranslation(language="fr", title="x", body="y")

        codes = [one.code for one in offer_languages(playback, [french])]

        assert codes == ["en-gb", "es", "de", "ar", "fr"]
        assert offer_languages(playback)[0].name == "English"


class TestFindPublished:
    def test_knows_a_code_for_its_own_audience_only(self, playback: Playback) -> None:
        def find(audience: str) -> Playback | None:
            return find_published(audience=audience, code=playback.code)

        assert find(Audience.EMPLOYEE) == playback
        assert find(Audience.CUSTOMER) is None


class TestBuildHeardPage:
    def test_counts_what_a_draft_promises_where_it_will_stand(
        self, playback: Playback, alice: User, now: datetime
    ) -> None:
        draft = make_playback(playback.release.wave, now=now, month_start=now.date())
        days = [now.date() + timedelta(days=days) for days in (5, 9, 20)]
        for place, made in enumerate(
            (
                promise(alice, now, what="Second", due_date=days[1], is_draft=True),
                refuse(alice, now, what="No", is_draft=True),
                promise(alice, now, what="Third", due_date=days[2]),
            ),
            start=1,
        ):
            draft.parts.create(place=place, commitment=made)
        promise(alice, now, what="First", due_date=days[0])

        def seen(shown: Playback) -> tuple[list[str], int]:
            page = build_heard_page(
                playback=shown, audience=Audience.EMPLOYEE, language="en", today=now.date()
            )
            return [one.what for one in page.promises], page.counts.open

        assert seen(draft) == (["First", "Second", "Third", "No"], 3)
        assert seen(playback) == (["First", "Third"], 2)

    def test_calls_others_late_and_never_the_draft_that_is_looked_at(
        self, playback: Playback, now: datetime
    ) -> None:
        draft = make_playback(playback.release.wave, now=now, month_start=now.date())
        late = draft.due_date + timedelta(days=1)

        def overdue(shown: Playback) -> list[int]:
            page = build_heard_page(
                playback=shown, audience=Audience.EMPLOYEE, language="en", today=late
            )
            return [one.id for one in page.overdue]

        assert overdue(playback) == [draft.pk]
        assert overdue(draft) == []

"""Write, sign and publish; keep both audiences apart."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Wave
from survey.followup.models import Commitment, Playback, PlaybackState
from survey.followup.promising import DayPassedError, Wording, make_commitment
from survey.followup.publishing import (
    ForeignPartError,
    PlaybackError,
    PublishedError,
    TranslatedWords,
    UnfinishedError,
    Words,
    add_part,
    hand_over_playback,
    publish_playback,
    raise_part,
    remove_part,
    translate_playback,
    write_playback_words,
)
from survey.letters.words import letter_words
from survey.questionnaires.models import Audience
from tests.cast import Organisation
from tests.factories.aggregation import make_campaign, make_instrument, make_wave
from tests.factories.playbacks import SIGNED, make_playback

pytestmark = pytest.mark.django_db
WORDS = Words(**SIGNED, language="en")
ARABIC = TranslatedWords("ar", "ماذا قلتم", "قرأت كل شيء.", "مديرة المنطقة")


@pytest.fixture
def wave(organisation: Organisation) -> Wave:
    return make_wave(make_campaign(make_instrument(), organisation.company))


@pytest.fixture
def draft(wave: Wave, now: datetime) -> Playback:
    return make_playback(wave, now=now)


def promise(what: str, by: User, now: datetime, **more: object) -> Commitment:
    audience = str(more.pop("audience", Audience.EMPLOYEE))
    return make_commitment(
        wording=Wording(
            audience,
            what,
            is_shown_outside=bool(more.get("is_shown", True)),
            is_draft=bool(more.get("is_draft")),
        ),
        who_name="Ana",
        who=None,
        due_date=now.date() + timedelta(days=30),
        by=by,
        now=now,
    )


class TestWritePlaybackWords:
    def test_keeps_an_unfinished_draft(self, draft: Playback) -> None:
        written = write_playback_words(
            playback_id=draft.pk, words=Words("A heading", "", "", "", "", "en")
        )

        assert (written.title, written.state) == ("A heading", PlaybackState.DRAFT)

    def test_refuses_what_cannot_be_kept(self, draft: Playback) -> None:
        words = Words("x" * 151, "b", "Ana", "", "ana@example.org", "en")

        with pytest.raises(PlaybackError):
            write_playback_words(playback_id=draft.pk, words=words)

    def test_leaves_published_words_as_they_were_read(self, wave: Wave, now: datetime) -> None:
        published = make_playback(wave, now=now, is_published=True)

        with pytest.raises(PublishedError):
            write_playback_words(playback_id=published.pk, words=WORDS)


class TestTranslatePlayback:
    def test_replaces_an_earlier_translation(self, draft: Playback) -> None:
        translate_playback(playback_id=draft.pk, words=TranslatedWords("ar", "a", "b"))
        translate_playback(playback_id=draft.pk, words=ARABIC)

        assert [one.title for one in draft.translations.all()] == [ARABIC.title]

    def test_takes_away_what_was_emptied(self, draft: Playback) -> None:
        translate_playback(playback_id=draft.pk, words=ARABIC)
        translate_playback(playback_id=draft.pk, words=TranslatedWords("ar", "", ""))

        assert not draft.translations.exists()

    def test_refuses_the_language_it_is_written_in(self, draft: Playback) -> None:
        with pytest.raises(PlaybackError):
            translate_playback(playback_id=draft.pk, words=TranslatedWords("en", "a", "b"))


class TestParts:
    def test_are_put_moved_up_and_taken_out(
        self, draft: Playback, alice: User, now: datetime
    ) -> None:
        first, second, third = (
            add_part(playback_id=draft.pk, commitment_key=promise(what, alice, now).key)
            for what in "abc"
        )

        raise_part(playback_id=draft.pk, part_id=third.pk)
        raise_part(playback_id=draft.pk, part_id=first.pk)
        remove_part(playback_id=draft.pk, part_id=second.pk)
        raise_part(playback_id=draft.pk, part_id=third.pk)

        places = draft.parts.order_by("place")
        assert list(places.values_list("commitment__what", flat=True)) == ["c", "a"]
        assert Commitment.objects.count() == 3

    def test_written_into_a_draft_are_promised_when_it_is_published(
        self, draft: Playback, alice: User, now: datetime
    ) -> None:
        made = promise("Rotas two weeks ahead", alice, now, is_draft=True)
        add_part(playback_id=draft.pk, commitment_key=made.key)
        write_playback_words(playback_id=draft.pk, words=WORDS)
        assert not Commitment.objects.made().exists()

        publish_playback(playback_id=draft.pk, now=now + timedelta(days=3))

        kept = Commitment.objects.made().get()
        assert (kept.pk, kept.made_date) == (made.pk, now.date() + timedelta(days=3))

    @pytest.mark.parametrize("is_draft", [True, False])
    def test_taken_out_of_a_draft_stay_only_where_they_had_been_promised(
        self, draft: Playback, alice: User, now: datetime, is_draft: bool
    ) -> None:
        made = promise("Rotas two weeks ahead", alice, now, is_draft=is_draft)
        part = add_part(playback_id=draft.pk, commitment_key=made.key)

        remove_part(playback_id=draft.pk, part_id=part.pk)

        assert Commitment.objects.filter(pk=made.pk).exists() is not is_draft

    def test_are_put_in_once(self, draft: Playback, alice: User, now: datetime) -> None:
        key = promise("a", alice, now).key
        first, second = (add_part(playback_id=draft.pk, commitment_key=key) for _ in range(2))

        assert first == second
        assert draft.parts.count() == 1

    def test_are_never_of_the_other_audience_nor_of_leads_alone(
        self, draft: Playback, alice: User, now: datetime
    ) -> None:
        for more in ({"audience": Audience.CUSTOMER}, {"is_shown": False}):
            made = promise("x", alice, now, **more)
            with pytest.raises(ForeignPartError):
                add_part(playback_id=draft.pk, commitment_key=made.key)

    @pytest.mark.parametrize("nothing", [{}, {"story_id": uuid4()}, {"commitment_key": uuid4()}])
    def test_are_about_something(self, draft: Playback, nothing: dict[str, object]) -> None:
        with pytest.raises(ForeignPartError):
            add_part(playback_id=draft.pk, **nothing)  # type: ignore[arg-type]


class TestHandOverPlayback:
    def test_lets_somebody_else_sign(self, draft: Playback, bob: User) -> None:
        hand_over_playback(playback_id=draft.pk, owner=bob)

        draft.refresh_from_db()
        assert (draft.owner, draft.signer_name, draft.reply_to) == (bob, bob.name, bob.email)

    def test_takes_the_role_of_another_name_away_in_every_language(
        self, draft: Playback, alice: User, bob: User
    ) -> None:
        write_playback_words(playback_id=draft.pk, words=WORDS)
        translate_playback(playback_id=draft.pk, words=ARABIC)

        def roles() -> tuple[str, str]:
            draft.refresh_from_db()
            return draft.signer_role, draft.translations.get().signer_role

        hand_over_playback(playback_id=draft.pk, owner=bob)
        assert roles() == ("", "")

        own = replace(WORDS, signer_name=bob.name, signer_role="who runs the shop")
        write_playback_words(playback_id=draft.pk, words=own)
        hand_over_playback(playback_id=draft.pk, owner=bob)
        assert roles() == ("who runs the shop", "")


class TestPublishPlayback:
    def test_writes_the_letter_in_every_language(self, draft: Playback, now: datetime) -> None:
        write_playback_words(playback_id=draft.pk, words=WORDS)
        translate_playback(playback_id=draft.pk, words=ARABIC)

        published = publish_playback(playback_id=draft.pk, now=now)

        assert (published.state, published.published_at) == (PlaybackState.PUBLISHED, now)
        assert published.letter is not None
        assert letter_words(letter=published.letter, language="de").subject == WORDS.title
        arabic = letter_words(letter=published.letter, language="ar")
        assert (arabic.body, arabic.signer_role) == (ARABIC.body, ARABIC.signer_role)

    @pytest.mark.parametrize("missing", ["title", "body", "signer_name", "reply_to"])
    def test_refuses_what_nobody_has_finished(
        self, draft: Playback, now: datetime, missing: str
    ) -> None:
        unfinished = Words(**{**SIGNED, "language": "en", missing: ""})
        write_playback_words(playback_id=draft.pk, words=unfinished)

        with pytest.raises(UnfinishedError):
            publish_playback(playback_id=draft.pk, now=now)

    def test_refuses_the_voice_of_a_campaign(self, draft: Playback, now: datetime) -> None:
        shouted = Words(**{**SIGNED, "body": "Dear valued customer!!!", "language": "en"})
        write_playback_words(playback_id=draft.pk, words=shouted)

        with pytest.raises(UnfinishedError):
            publish_playback(playback_id=draft.pk, now=now)

    @pytest.mark.parametrize(("after", "is_draft"), [(31, True), (30, True), (31, False)])
    def test_makes_no_promise_that_is_late_from_the_first_day(
        self, draft: Playback, alice: User, now: datetime, after: int, is_draft: bool
    ) -> None:
        made = promise("Rotas", alice, now, is_draft=is_draft)  # in thirty days
        add_part(playback_id=draft.pk, commitment_key=made.key)
        write_playback_words(playback_id=draft.pk, words=WORDS)
        refusal = pytest.raises(DayPassedError) if is_draft and after > 30 else nullcontext()

        with refusal:
            publish_playback(playback_id=draft.pk, now=now + timedelta(days=after))

    def test_publishes_once(self, draft: Playback, now: datetime) -> None:
        write_playback_words(playback_id=draft.pk, words=WORDS)
        publish_playback(playback_id=draft.pk, now=now)

        with pytest.raises(PublishedError):
            publish_playback(playback_id=draft.pk, now=now)

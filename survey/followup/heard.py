"""The heard page: what somebody signed, what was heard, and what became of it.

Customers' page and the staff's are apart: each shows the words and promises of its own audience.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from survey.core.timestamps import local_date
from survey.followup.commitments import (
    Promise,
    PromiseCounts,
    count_promises,
    list_commitments,
    tell_promise,
)
from survey.followup.facts_told import FactsTold, tell_facts
from survey.followup.models import (
    CommitmentState,
    Playback,
    PlaybackPart,
    PlaybackTranslation,
)
from survey.followup.playbacks import OpenDraft, overdue_playbacks, published_playbacks
from survey.followup.stories import ToldStory, list_stories
from survey.questionnaires.languages import (
    Language,
    choose_language,
    describe_language,
    direction_of,
)
from survey.questionnaires.models import Audience

MOST_ROWS, MOST_STORIES, MOST_EARLIER = 8, 20, 12


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody signs, in the language nearest to the reader's."""

    title: str
    paragraphs: tuple[str, ...]
    signer_name: str
    signer_role: str
    language: Language
    signed_date: date | None
    reply_to: str

    @property
    def initials(self) -> str:
        """Return the first letters of the first and the last name."""
        names = self.signer_name.split()
        return "".join(name[0] for name in (names[:1] + names[1:][-1:])).upper()


@dataclass(frozen=True, slots=True)
class HeardPart:
    """One thing that was heard, word for word or in ours, and what answers it."""

    story: ToldStory | None
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """Something that was published before, and where it stands: a code of the same address."""

    title: str
    code: str
    published_date: date | None


@dataclass(frozen=True, slots=True)
class HeardPage:
    """Everything that the page says; spoken and facts are missing where nothing was published."""

    is_customers: bool
    spoken: Spoken | None
    facts: FactsTold | None
    parts: tuple[HeardPart, ...]
    promises: tuple[Promise, ...]
    stories: tuple[ToldStory, ...]
    earlier: tuple[Earlier, ...]
    overdue: tuple[OpenDraft, ...]
    languages: tuple[Language, ...]

    @property
    def first_promises(self) -> tuple[Promise, ...]:
        """Return the promises that stand open on the page."""
        return self.promises[:MOST_ROWS]

    @property
    def more_promises(self) -> tuple[Promise, ...]:
        """Return those that unfold."""
        return self.promises[MOST_ROWS:]

    @property
    def counts(self) -> PromiseCounts:
        """Count the promises by how they stand."""
        return count_promises(self.promises)


def build_heard_page(
    *, playback: Playback | None, audience: str, language: str, today: date
) -> HeardPage:
    """Gather the page of an audience, with one playback at its head, as it stands on a day."""
    translations = list(playback.translations.order_by("language")) if playback else []
    stories = list_stories(audience=audience, heard_page=True)
    parts = _read_parts(playback, stories, today) if playback else ()
    told = {part.story.id for part in parts if part.story}
    return HeardPage(
        is_customers=audience == Audience.CUSTOMER,
        spoken=speak_words(playback, translations, language) if playback else None,
        facts=tell_facts(playback.facts, audience=audience) if playback else None,
        parts=parts,
        promises=_add_own(parts, outside_promises(audience=audience, today=today)),
        stories=tuple(one for one in stories if one.id not in told)[:MOST_STORIES],
        earlier=_list_earlier(playback, audience) if playback else (),
        overdue=_list_overdue(playback, audience, today),
        languages=offer_languages(playback, translations),
    )


def _add_own(parts: Sequence[HeardPart], promises: Sequence[Promise]) -> tuple[Promise, ...]:
    """Add what a draft alone promises, where it will stand once it is published."""
    known = {one.key for one in promises}
    told = (part.promise for part in parts if part.promise)
    own = {one.key: one for one in told if one.key not in known}
    return tuple(sorted((*own.values(), *promises), key=_place))


def _place(promise: Promise) -> date:
    """Return where a promise stands among others: open ones by their day, then the rest."""
    is_open = promise.state == CommitmentState.PROMISED
    return (promise.due_date if is_open else None) or date.max


def _list_overdue(playback: Playback | None, audience: str, today: date) -> tuple[OpenDraft, ...]:
    """Return what else is late: a draft that is looked at is late no more once it is published."""
    late = overdue_playbacks(today=today, audience=audience)
    return tuple(one for one in late if playback is None or one.id != playback.pk)


def outside_promises(*, audience: str, today: date) -> tuple[Promise, ...]:
    """Return the promises for everybody's sight: of staff those made to all, none to one team."""
    found = list_commitments(team_ids=None, today=today, audience=audience, is_outside=True)
    if audience == Audience.CUSTOMER:
        return found
    return tuple(one for one in found if not one.team_name)


def find_published(*, audience: str, code: str = "") -> Playback | None:
    """Return what was published last for an audience, or under a code."""
    rows = published_playbacks(audience=audience)
    return (rows.filter(code=code) if code else rows).first()


def speak_words(
    playback: Playback, translations: Sequence[PlaybackTranslation], language: str
) -> Spoken:
    """Return what is signed in the language nearest to a tag, else as it was written."""
    by_language = {one.language: one for one in translations}
    chosen = choose_language(language, [playback.language, *by_language])
    words: Playback | PlaybackTranslation = by_language.get(chosen, playback)
    signed_at = playback.published_at
    return Spoken(
        title=words.title,
        paragraphs=tuple(filter(None, map(str.strip, words.body.splitlines()))),
        signer_name=playback.signer_name,
        signer_role=words.signer_role or playback.signer_role,
        language=describe_language(chosen),
        signed_date=local_date(signed_at) if signed_at else None,
        reply_to=playback.reply_to,
    )


def offer_languages(
    playback: Playback | None, translations: Sequence[PlaybackTranslation] = ()
) -> tuple[Language, ...]:
    """Return the product's own languages, and further ones that the words were written in."""
    own = [Language(code, name, direction_of(code)) for code, name in settings.LANGUAGES]
    known = {one.code.partition("-")[0] for one in own}
    written = [playback.language, *(one.language for one in translations)] if playback else []
    more = [tag for tag in written if tag.lower().partition("-")[0] not in known]
    return (*own, *map(describe_language, dict.fromkeys(more)))


def _read_parts(
    playback: Playback, stories: Sequence[ToldStory], today: date
) -> tuple[HeardPart, ...]:
    """Return the parts in their order, without what is hidden or not for outside any more."""
    by_id = {one.id: one for one in stories}
    rows = playback.parts.select_related("commitment__team").order_by("place")
    rows = rows.prefetch_related("commitment__changes")
    parts = (
        _read_part(row, by_id.get(row.story_id) if row.story_id else None, today) for row in rows
    )
    return tuple(part for part in parts if part.story or part.promise)


def _read_part(row: PlaybackPart, story: ToldStory | None, today: date) -> HeardPart:
    commitment = row.commitment
    if commitment is None or not commitment.is_shown_outside:
        return HeardPart(story, None)
    return HeardPart(story, tell_promise(commitment, today=today))


def _list_earlier(playback: Playback, audience: str) -> tuple[Earlier, ...]:
    """Return what else was published: for customers all of it, for staff of the same campaign."""
    rows = published_playbacks(audience=audience).exclude(pk=playback.pk)
    if audience != Audience.CUSTOMER:
        rows = rows.filter(release__wave__campaign=playback.release.wave.campaign_id)
    return tuple(
        Earlier(row.title, row.code, local_date(row.published_at) if row.published_at else None)
        for row in rows[:MOST_EARLIER]
    )

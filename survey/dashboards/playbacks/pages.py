"""The list of playbacks, and one of them while it is written, gathered before a page is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.core.timestamps import local_date
from survey.dashboards.access import Reader
from survey.dashboards.playbacks.access import open_playbacks
from survey.followup.commitments import Promise, tell_promise
from survey.followup.facts_told import FactsTold, tell_facts
from survey.followup.heard import offer_languages, outside_promises
from survey.followup.models import Playback, PlaybackState, PlaybackTranslation
from survey.followup.playback_letters import heard_url
from survey.followup.playbacks import name_release
from survey.followup.publishing import lacking_words, lint_playback, passed_promises
from survey.followup.stories import ToldStory, list_stories
from survey.letters.voice import Finding
from survey.questionnaires.languages import Language, describe_language
from survey.questionnaires.models import Audience
from survey.questionnaires.selectors import get_content


@dataclass(frozen=True, slots=True)
class PlaybackRow:
    """One playback in the list."""

    id: int
    title: str
    wave: str
    is_customers: bool
    owner: str
    due_date: date
    is_overdue: bool
    published_date: date | None
    n_letters: int
    is_lettered: bool


@dataclass(frozen=True, slots=True)
class PlaybackList:
    """What waits, the first due first, and what was published, the newest first."""

    drafts: tuple[PlaybackRow, ...]
    published: tuple[PlaybackRow, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part as whoever arranges it sees it; a story may have been hidden since."""

    id: int
    promise: Promise | None
    story: ToldStory | None
    is_first: bool

    @property
    def name(self) -> str:
        """Return what it is called for those who hear the page."""
        if self.promise is not None:
            return self.promise.what
        return self.story.text if self.story else ""


@dataclass(frozen=True, slots=True)
class PlaybackPage:
    """One playback: its facts, its parts, what it may hold, and what is still missing."""

    row: PlaybackRow
    facts: FactsTold
    parts: tuple[PartRow, ...]
    promises: tuple[Promise, ...]
    stories: tuple[ToldStory, ...]
    languages: tuple[Language, ...]
    translations: tuple[PlaybackTranslation, ...]
    lacking: tuple[str, ...]
    passed: tuple[str, ...]
    findings: tuple[tuple[str, Finding], ...]
    url: str

    @property
    def is_ready(self) -> bool:
        """Say whether it can be published as it stands."""
        lacks = self.lacking or self.passed
        return not lacks and not any(finding.is_blocking for _, finding in self.findings)

    @property
    def written_in(self) -> tuple[Language, ...]:
        """Return the further languages it was written in."""
        return tuple(describe_language(one.language) for one in self.translations)


def build_playback_list(*, reader: Reader, today: date) -> PlaybackList:
    """List what a reader may open."""
    rows = [tell_row(one, today) for one in open_playbacks(reader).order_by("due_date", "pk")]
    published = [row for row in rows if row.published_date is not None]
    published.sort(key=lambda row: (row.published_date or today, row.id), reverse=True)
    return PlaybackList(
        drafts=tuple(row for row in rows if row.published_date is None),
        published=tuple(published),
    )


def build_playback_page(*, playback: Playback, today: date) -> PlaybackPage:
    """Gather what somebody needs who writes back."""
    translations = tuple(playback.translations.order_by("language"))
    stories = list_stories(audience=playback.audience, heard_page=True)
    promises = outside_promises(audience=playback.audience, today=today)
    parts = _read_parts(playback, stories, today)
    used = {part.promise.key for part in parts if part.promise}
    told = {part.story.id for part in parts if part.story}
    return PlaybackPage(
        row=tell_row(playback, today),
        facts=tell_facts(playback.facts, audience=playback.audience),
        parts=parts,
        promises=tuple(one for one in promises if one.key not in used),
        stories=tuple(one for one in stories if one.id not in told),
        languages=_list_languages(playback, translations),
        translations=translations,
        lacking=lacking_words(playback),
        passed=_list_passed(playback, today),
        findings=lint_playback(playback, translations) if playback.body else (),
        url=heard_url(playback, playback.language),
    )


def tell_row(playback: Playback, today: date) -> PlaybackRow:
    """Return what a list says of a playback."""
    published_at = playback.published_at
    is_draft = playback.state == PlaybackState.DRAFT
    return PlaybackRow(
        id=playback.pk,
        title=playback.title,
        wave=name_release(playback.release),
        is_customers=playback.audience == Audience.CUSTOMER,
        owner=playback.owner.name if playback.owner else "",
        due_date=playback.due_date,
        is_overdue=is_draft and playback.due_date < today,
        published_date=local_date(published_at) if published_at else None,
        n_letters=playback.n_letters,
        is_lettered=playback.lettered_at is not None,
    )


def _read_parts(
    playback: Playback, stories: Sequence[ToldStory], today: date
) -> tuple[PartRow, ...]:
    by_id = {one.id: one for one in stories}
    rows = playback.parts.select_related("commitment__team").order_by("place")
    return tuple(
        PartRow(
            id=row.pk,
            promise=tell_promise(row.commitment, today=today) if row.commitment else None,
            story=by_id.get(row.story_id) if row.story_id else None,
            is_first=number == 0,
        )
        for number, row in enumerate(rows)
    )


def _list_passed(playback: Playback, today: date) -> tuple[str, ...]:
    """Return what is promised here alone, by a day that has passed since."""
    return tuple(
        dict.fromkeys(passed_promises(playback, today=today).values_list("what", flat=True))
    )


def _list_languages(
    playback: Playback, translations: Sequence[PlaybackTranslation]
) -> tuple[Language, ...]:
    """Return in which languages it may be written: those of the questions, ours, its own."""
    asked = get_content(questionnaire_id=playback.release.wave.questionnaire_id).languages
    known = {playback.language: describe_language(playback.language)}
    for language in (*map(describe_language, asked), *offer_languages(playback, translations)):
        tag = "en" if language.code == "en-gb" else language.code
        known.setdefault(tag, describe_language(tag))
    return tuple(known.values())

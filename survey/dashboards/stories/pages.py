"""The page of stories: what is played back, and what could be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from survey.aggregation.models import ReleasedComment
from survey.dashboards.access import Reader
from survey.dashboards.stories.reading import (
    readable_stories,
    readable_words,
    received_stories,
)
from survey.followup.models import Story
from survey.questionnaires.models import Audience, PlaybackLeave

PER_PAGE = 10
LEAVES: Mapping[str, Promise] = {
    PlaybackLeave.AS_TOLD: _("With leave to tell it as it stands."),
    PlaybackLeave.NO_NAMES: _("With leave to tell it where nobody is named in it."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Words that are played back, or were until a day; id is the story's.

    Whoever may not read them where they were said may not hide them.
    """

    id: str
    text: str
    is_staff: bool
    dedication: str
    team_name: str
    is_on_heard_page: bool
    chosen_date: date
    chosen_by: str
    hidden_date: date | None
    hidden_by: str
    hidden_reason: str
    may_hide: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """Words that could be played back; id is the comment's."""

    id: str
    text: str
    is_staff: bool
    source: str
    leave: str


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """What a reader may see of it all; hidden stories are those that are told no longer."""

    told: tuple[Told, ...]
    hidden: tuple[Told, ...]
    waiting: Page[ReleasedComment]
    rows: tuple[Waiting, ...]
    may_choose: bool


def build_stories_page(*, reader: Reader, wanted: Mapping[str, str]) -> StoriesPage:
    """List the stories of a reader, and a page of the words that could become one."""
    stories = _list_stories(reader)
    waiting = readable_words(reader).filter(comment__story=None)
    page = Paginator(waiting, PER_PAGE).get_page(wanted.get("page"))
    return StoriesPage(
        told=tuple(_where(stories, is_hidden=False)),
        hidden=tuple(_where(stories, is_hidden=True)),
        waiting=page,
        rows=tuple(tell_waiting(row) for row in page.object_list),
        may_choose=reader.seen_as is None,
    )


def tell_waiting(row: ReleasedComment) -> Waiting:
    """Return released words as they are offered."""
    return Waiting(
        id=str(row.comment_id),
        text=row.comment.text,
        is_staff=_is_staff(row),
        source=f"{row.group.name}, {row.group.wave.campaign.name}",
        leave=str(LEAVES[row.comment.leave]),
    )


def tell_chosen(story: Story, *, may_hide: bool = True) -> Told:
    """Return a story with what was chosen for it."""
    return Told(
        id=str(story.pk),
        text=story.comment.text,
        is_staff=_is_staff(story.comment.released),
        dedication=story.dedication,
        team_name=story.team.name if story.team else "",
        is_on_heard_page=story.is_on_heard_page,
        chosen_date=story.chosen_date,
        chosen_by=story.chosen_by,
        hidden_date=story.hidden_date,
        hidden_by=story.hidden_by,
        hidden_reason=story.hidden_reason,
        may_hide=may_hide,
    )


def _list_stories(reader: Reader) -> list[Told]:
    own = [tell_chosen(story) for story in readable_stories(reader)]
    if reader.team_ids is None:
        return own
    known = {one.id for one in own}
    received = [tell_chosen(story, may_hide=False) for story in received_stories(reader)]
    return own + [one for one in received if one.id not in known]


def _where(stories: Iterable[Told], *, is_hidden: bool) -> Iterable[Told]:
    return (one for one in stories if (one.hidden_date is not None) == is_hidden)


def _is_staff(row: ReleasedComment) -> bool:
    return row.group.wave.campaign.audience == Audience.EMPLOYEE

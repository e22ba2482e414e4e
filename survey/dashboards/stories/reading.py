"""Which words a reader may play back: those they read on the page of the team that said them."""

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from survey.aggregation.models import ReleasedComment
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.promises.access import is_office
from survey.followup.conversations import is_within
from survey.followup.models import Story
from survey.followup.stories import released_words, told_stories
from survey.questionnaires.models import Audience, PlaybackLeave

LEAVE = (PlaybackLeave.AS_TOLD, PlaybackLeave.NO_NAMES)
SIDES = (Audience.EMPLOYEE, Audience.CUSTOMER)
Row = TypeVar("Row", ReleasedComment, Story)


def readable_words(reader: Reader) -> QuerySet[ReleasedComment]:
    """Return the words with leave that a reader may read, the newest survey first."""
    rows = ReleasedComment.objects.filter(
        comment__in=released_words(),
        comment__leave__in=LEAVE,
        group__wave__campaign__audience__in=SIDES,
    )
    rows = rows.select_related("comment__story", "group__wave__campaign")
    return _of_reader(rows, reader, "group").order_by("-group__wave__closes_at", "pk")


def readable_stories(reader: Reader) -> QuerySet[Story]:
    """Return what is or was played back of such words, chosen last first."""
    rows = Story.objects.filter(comment__in=released_words())
    rows = rows.select_related("comment__released__group__wave__campaign", "team")
    return _of_reader(rows, reader, "comment__released__group").order_by("-chosen_date", "pk")


def received_stories(reader: Reader) -> QuerySet[Story]:
    """Return what is told to a reader's own teams, whoever said it; they read it and no more."""
    rows = told_stories().filter(team__in=reader.team_ids or ())
    return rows.select_related("comment__released__group__wave__campaign", "team")


def find_words(reader: Reader, comment_id: str) -> ReleasedComment:
    """Return words that may be played back; any others are not there for this reader.

    What was hidden is there for offices alone.
    """
    rows = readable_words(reader).filter(comment=_read_id(comment_id))
    return _find(rows if is_office(reader) else rows.filter(comment__story__hidden_date=None))


def find_story(reader: Reader, story_id: str) -> Story:
    """Return a story of such words."""
    return _find(readable_stories(reader).filter(pk=_read_id(story_id)))


def _of_reader(rows: QuerySet[Row], reader: Reader, group: str) -> QuerySet[Row]:
    """Keep the rows whose group lies within the teams of the reader."""
    return rows if reader.team_ids is None else rows.filter(is_within(reader.team_ids, group))


def _read_id(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError as error:
        raise UnknownChoiceError(given) from error


def _find(rows: QuerySet[Row]) -> Row:
    found = rows.first()
    if found is None:
        raise UnknownChoiceError
    return found

"""Words that are played back as they were told, where their writers gave leave."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from survey.followup.hiding import hidden_ids
from survey.followup.models import Story
from survey.questionnaires.models import Audience, PlaybackLeave
from survey.responses.models import Comment


@dataclass(frozen=True, slots=True)
class ToldStory:
    """Somebody's words, letter by letter, to whom they are dedicated, and with whose leave."""

    id: uuid.UUID
    text: str
    dedication: str
    team_name: str
    note: str
    is_staff: bool = False


def list_stories(
    *, audience: str, heard_page: bool = False, team_ids: Collection[int] | None = None
) -> tuple[ToldStory, ...]:
    """Return the stories that people of an audience told, about some teams (None: all).

    heard_page leaves out those that were chosen for the team only.
    """
    rows = told_stories().filter(comment__group__wave__campaign__audience=audience)
    if heard_page:
        rows = rows.filter(is_on_heard_page=True)
    if team_ids is not None:
        rows = rows.filter(team__in=team_ids)
    return tuple(tell_story(row, audience=audience) for row in rows)


def list_team_stories(*, team_ids: Collection[int], at_most: int) -> tuple[ToldStory, ...]:
    """Return the newest stories told to some teams, those told to everybody among them."""
    rows = told_stories().filter(Q(team__in=team_ids) | Q(team=None))
    rows = rows.select_related("comment__group__wave__campaign")[:at_most]
    return tuple(tell_story(row, audience=row.comment.group.wave.campaign.audience) for row in rows)


def told_stories() -> QuerySet[Story]:
    """Return the stories that may be told, those chosen last first: released, with leave, shown."""
    as_told = Q(comment__leave=PlaybackLeave.AS_TOLD)
    without_names = Q(comment__leave=PlaybackLeave.NO_NAMES, has_no_names=True)
    rows = Story.objects.filter(as_told | without_names, hidden_date=None)
    shown = rows.filter(comment__in=released_words())
    return shown.select_related("comment", "team").order_by("-chosen_date", "pk")


def released_words() -> QuerySet[Comment]:
    """Return the comments that somebody may read: released, and hidden by nobody."""
    released = Comment.objects.filter(released__isnull=False, group__wave__withdrawn_at=None)
    return released.exclude(pk__in=hidden_ids())


def tell_story(story: Story, *, audience: str) -> ToldStory:
    """Return a story with what stands below it."""
    return ToldStory(
        id=story.pk,
        text=story.comment.text,
        dedication=story.dedication,
        team_name=story.team.name if story.team else "",
        note=_note(audience),
        is_staff=audience != Audience.CUSTOMER,
    )


def _note(audience: str) -> str:
    if audience == Audience.CUSTOMER:
        return _("A customer. Shown as written, with leave.")
    return _("Somebody who works here. Shown as written, with leave.")

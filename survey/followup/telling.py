"""Choose released words to be played back, with leave, and hide them again with a reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from survey.accounts.access_log import record_access
from survey.accounts.models import Action, Grant, Role, User
from survey.core.timestamps import local_date
from survey.followup.hiding import NoReasonError
from survey.followup.models import Story
from survey.followup.stories import released_words
from survey.organization.models import Team
from survey.questionnaires.models import PlaybackLeave

HIDE, TELL_AGAIN = "followup:hide-story", "followup:tell-again"  # in the access log
SENT = 200


class NoLeaveError(Exception):
    """The writer gave no leave to play these words back, or nobody can read them."""


class NamesInItError(Exception):
    """The writer gave leave without names only, and nobody made sure that there are none."""


class HiddenStoryError(Exception):
    """What somebody hid is told again by an office that promises in everybody's name, or not."""


@dataclass(frozen=True, slots=True)
class Choosing:
    """To whom words are played back, and what was made sure of."""

    team: Team | None
    dedication: str = ""
    is_on_heard_page: bool = False
    has_no_names: bool = False


@transaction.atomic
def choose_story(*, comment_id: UUID, choosing: Choosing, by: User, now: datetime) -> Story:
    """Play a released comment back, word for word; one that was hidden is shown again by offices.

    The words stay the comment's: nobody can change them here. Why they were hidden stays in the
    access log.
    """
    comment = released_words().get(pk=comment_id)
    check_leave(comment.leave, has_no_names=choosing.has_no_names)
    known = Story.objects.select_for_update().filter(comment=comment).first()
    if known is not None and known.hidden_date is not None:
        _tell_again(known, by=by, now=now)
    told = {
        "team": choosing.team,
        "dedication": choosing.dedication.strip(),
        "is_on_heard_page": choosing.is_on_heard_page,
        "has_no_names": choosing.has_no_names,
        "chosen_date": local_date(now),
        "chosen_by": by.name,
    }
    hidden = {"hidden_date": None, "hidden_by": "", "hidden_reason": ""}
    story, _ = Story.objects.update_or_create(comment=comment, defaults={**told, **hidden})
    return story


def check_leave(leave: str, *, has_no_names: bool) -> None:
    """Refuse words whose writer did not let them be played back, or not with names."""
    if leave == PlaybackLeave.NONE:
        raise NoLeaveError
    if leave == PlaybackLeave.NO_NAMES and not has_no_names:
        raise NamesInItError


@transaction.atomic
def hide_story(*, story_id: UUID, reason: str, by: User, now: datetime) -> Story:
    """Play words back no longer, saying why; the comment itself stays where it is read."""
    why = reason.strip()
    if not why:
        raise NoReasonError
    story = Story.objects.select_for_update().get(pk=story_id)
    if story.hidden_date is None:
        story.hidden_date, story.hidden_by, story.hidden_reason = local_date(now), by.name, why
        story.save(update_fields=["hidden_date", "hidden_by", "hidden_reason"])
        _record(story, HIDE, by=by, now=now)
    return story


def _tell_again(story: Story, *, by: User, now: datetime) -> None:
    """Write down that a hidden story is told again; leads cannot undo what was hidden."""
    offices = Grant.objects.filter(user=by, role__in=(Role.HR, Role.CX_MANAGER))
    if not offices.exists():
        raise HiddenStoryError
    _record(story, TELL_AGAIN, by=by, now=now)


def _record(story: Story, route: str, *, by: User, now: datetime) -> None:
    record_access(
        user=by,
        action=Action.CHANGED,
        route=route,
        what=f"{story.comment_id}: {story.hidden_reason}",
        status=SENT,
        now=now,
    )

"""Hide comments and bring them back: with a reason, by name; the words stay as written."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from survey.accounts.access_log import record_access
from survey.accounts.models import Action, User
from survey.core.timestamps import local_date
from survey.followup.models import HiddenComment
from survey.responses.models import Comment

HIDE, SHOW_AGAIN = "followup:hide-comment", "followup:show-comment"  # in the access log
SENT = 200


class NoReasonError(Exception):
    """A comment or a story is hidden for a reason, or not at all."""


def hidden_ids() -> QuerySet[HiddenComment, UUID]:
    """Return the ids of the hidden comments, to leave them out of a query."""
    return HiddenComment.objects.order_by().values_list("comment_id", flat=True)


@transaction.atomic
def hide_comment(*, comment: Comment, user: User, reason: str, now: datetime) -> HiddenComment:
    """Show a comment on no page but that of hidden words; hiding it again changes nothing.

    The access log says so too, with the reason: it only grows, so a comment vanishes in the open.
    """
    why = reason.strip()
    if not why:
        raise NoReasonError
    hidden, is_new = HiddenComment.objects.get_or_create(
        comment=comment,
        defaults={"hidden_date": local_date(now), "by_name": user.name, "reason": why},
    )
    if is_new:
        _record(comment, HIDE, user=user, why=why, now=now)
    return hidden


@transaction.atomic
def show_again(*, comment: Comment, user: User, reason: str, now: datetime) -> None:
    """Let a hidden comment be read again, saying why; what nobody hid stays as it is.

    Why it was hidden stays in the access log.
    """
    why = reason.strip()
    if not why:
        raise NoReasonError
    gone, _ = HiddenComment.objects.filter(comment=comment).delete()
    if gone:
        _record(comment, SHOW_AGAIN, user=user, why=why, now=now)


def _record(comment: Comment, route: str, *, user: User, why: str, now: datetime) -> None:
    record_access(
        user=user,
        action=Action.CHANGED,
        route=route,
        what=f"{comment.pk}: {why}",
        status=SENT,
        now=now,
    )

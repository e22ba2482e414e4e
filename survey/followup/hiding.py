"""Comments that are shown to nobody any more: with a reason, by name; the words stay as written."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from survey.accounts.access_log import record_access
from survey.accounts.models import Action, User
from survey.core.timestamps import local_date
from survey.followup.models import HiddenComment
from survey.responses.models import Comment

ROUTE = "followup:hide-comment"  # what the access log calls it
SENT = 200


class NoReasonError(Exception):
    """A comment is hidden for a reason, or not at all."""


def hidden_ids() -> QuerySet[HiddenComment, UUID]:
    """Return the ids of the hidden comments, to leave them out of a query."""
    return HiddenComment.objects.order_by().values_list("comment_id", flat=True)


@transaction.atomic
def hide_comment(*, comment: Comment, user: User, reason: str, now: datetime) -> HiddenComment:
    """Show a comment to nobody any more; who hides one that is hidden already changes nothing.

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
        record_access(
            user=user,
            action=Action.CHANGED,
            route=ROUTE,
            what=f"{comment.pk}: {why}",
            status=SENT,
            now=now,
        )
    return hidden

"""Who may read a comment and talk about it: whoever may open the words of its home group."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from survey.accounts.models import Role
from survey.aggregation.models import ReleasedComment
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.followup.conversations import shown_comments

MAY_HIDE = frozenset({Role.HR, Role.CX_MANAGER, Role.LEADER})


def find_told(reader: Reader, code: str, comment_id: UUID) -> ReleasedComment:
    """Return a comment that may be read at a team; to any other reader it is not there."""
    found = shown_comments().select_related("comment", "group__wave__campaign", "release")
    told = found.filter(comment=comment_id).first()
    if told is None:
        raise UnknownChoiceError(str(comment_id))
    team_ids = told.group.group_teams.values_list("team_id", flat=True)
    if told.group.code != code or not team_ids or not reader.opens(team_ids):
        raise UnknownChoiceError(str(comment_id))
    return told


def may_talk(reader: Reader) -> bool:
    """Say whether a reader speaks for themselves; whoever tries out a role reads only."""
    return reader.seen_as is None


def may_hide(reader: Reader) -> bool:
    """Say whether a reader may take words out of sight; whom they may be about may not."""
    return may_talk(reader) and not MAY_HIDE.isdisjoint(reader.scope.roles)


def refuse_unless(is_allowed: bool) -> None:
    """Refuse whoever may read a comment and not do this."""
    if not is_allowed:
        raise PermissionDenied(_("You can read this comment, but not change anything about it."))

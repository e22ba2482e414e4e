"""Who may read a comment and talk about it: whoever may open the words of its home group."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from survey.aggregation.models import ReleasedComment
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.words.reading import may_judge, readable_comments


def find_told(reader: Reader, code: str, comment_id: UUID) -> ReleasedComment:
    """Return a comment that may be read at a team; to any other reader it is not there."""
    found = readable_comments(reader).filter(group__code=code, comment=comment_id)
    told = found.exclude(group__group_teams=None).first()
    if told is None:
        raise UnknownChoiceError(str(comment_id))
    return told


def may_talk(reader: Reader) -> bool:
    """Say whether a reader speaks for themselves; whoever tries out a role reads only."""
    return reader.seen_as is None


def may_hide(reader: Reader, told: ReleasedComment) -> bool:
    """Say whether a reader may take words out of sight; whom they may be about may not."""
    return may_talk(reader) and may_judge(reader, told)


def refuse_unless(is_allowed: bool) -> None:
    """Refuse whoever may read a comment and not do this."""
    if not is_allowed:
        raise PermissionDenied(_("You can read this comment, but not change anything about it."))

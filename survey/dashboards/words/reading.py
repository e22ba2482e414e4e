"""Which released words somebody may read, and which hidden ones they may bring back."""

from uuid import UUID

from django.db.models import QuerySet

from survey.accounts.models import Role
from survey.aggregation.models import ReleasedComment
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.promises.access import is_office
from survey.followup.conversations import is_within, released_comments, shown_comments
from survey.followup.hiding import hidden_ids

MAY_HIDE = frozenset({Role.HR, Role.CX_MANAGER, Role.LEADER})
JOINED = ("comment", "group", "release__wave__campaign")


def readable_comments(reader: Reader) -> QuerySet[ReleasedComment]:
    """Return the comments whose home lies within a reader's teams, in no order that tells."""
    found = shown_comments().select_related(*JOINED)
    return found if reader.team_ids is None else found.filter(is_within(reader.team_ids))


def hidden_comments(reader: Reader) -> QuerySet[ReleasedComment]:
    """Return the hidden comments that a reader may see again, hidden last first.

    To the offices these are all, to a leader those of the part that they lead.
    """
    found = released_comments().filter(comment__in=hidden_ids())
    if not is_office(reader):
        found = found.filter(is_within(_list_judged(reader)))
    found = found.select_related("comment__hidden", *JOINED)
    return found.order_by("-comment__hidden__hidden_date", "pk")


def may_judge(reader: Reader, told: ReleasedComment) -> bool:
    """Say whether a reader may hide words that they read, and bring them back."""
    if MAY_HIDE.isdisjoint(reader.scope.roles):
        return False
    team_ids = told.group.group_teams.values_list("team_id", flat=True)
    return is_office(reader) or _list_judged(reader).issuperset(team_ids)


def find_hidden(reader: Reader, comment_id: str) -> ReleasedComment:
    """Return one hidden comment; to any other reader it is not there."""
    try:
        wanted = UUID(comment_id)
    except ValueError as error:
        raise UnknownChoiceError(comment_id) from error
    told = hidden_comments(reader).filter(comment=wanted).first()
    if told is None:
        raise UnknownChoiceError(comment_id)
    return told


def _list_judged(reader: Reader) -> frozenset[int]:
    """Return the teams of the parts that a reader leads, past ones too.

    What was written in a team that somebody leads as its lead alone may be about them.
    """
    scope = reader.scope
    return scope.past_team_ids - (scope.own_team_ids - scope.led_team_ids)

"""Who may read and make promises: the offices that ask all of them, who leads a team its own."""

from datetime import date
from uuid import UUID

from survey.accounts.models import Role
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.followup.commitments import readable_commitments
from survey.followup.models import Commitment
from survey.organization.selectors import list_team_tree

OFFICES = frozenset({Role.HR, Role.CX_MANAGER})
MAY_PROMISE = OFFICES | {Role.LEADER, Role.TEAM_LEAD}


def is_office(reader: Reader) -> bool:
    """Say whether somebody promises in everybody's name."""
    return not OFFICES.isdisjoint(reader.scope.roles)


def may_change(reader: Reader, commitment: Commitment) -> bool:
    """Say whether a reader may say how a promise stands; trying out a role changes nothing."""
    if reader.seen_as is not None:
        return False
    if is_office(reader):
        return True
    return commitment.team_id is not None and reader.opens([commitment.team_id])


def offered_teams(reader: Reader, *, today: date) -> list[tuple[int, str, str]]:
    """Return the teams that a reader speaks to, with their place: id, code, name."""
    own = reader.scope.led_team_ids | reader.scope.own_team_ids
    return [
        (row.pk, row.code, " / ".join(row.path))
        for row in list_team_tree(today=today)
        if is_office(reader) or row.pk in own
    ]


def find_commitment(reader: Reader, key: UUID) -> Commitment:
    """Return a commitment that may be read; to any other reader it is not there."""
    found = readable_commitments(team_ids=reader.team_ids).select_related("team", "who", "wave")
    commitment = found.filter(key=key).first()
    if commitment is None:
        raise UnknownChoiceError(str(key))
    return commitment

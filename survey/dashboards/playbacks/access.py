"""Who may write back: the office that asked, and whoever the draft was handed to."""

from django.db.models import Q, QuerySet

from survey.accounts.models import Role, User
from survey.dashboards.access import Reader
from survey.dashboards.filters import UnknownChoiceError
from survey.followup.models import Playback
from survey.followup.playbacks import all_playbacks
from survey.followup.signers import OWNERS, find_office

MAY_WRITE_BACK = frozenset({Role.HR, Role.CX_MANAGER, Role.LEADER})


def open_playbacks(reader: Reader) -> QuerySet[Playback]:
    """Return the playbacks that a reader may open: those of their office, and their own."""
    user = reader.seen_as.user if reader.seen_as else reader.user
    held = reader.scope.roles
    audiences = [audience for audience in OWNERS if find_office(audience=audience) in held]
    return all_playbacks().filter(Q(audience__in=audiences) | Q(owner=user))


def find_playback(reader: Reader, playback_id: int) -> Playback:
    """Return a playback that a reader may open; to any other it is not there."""
    playback = open_playbacks(reader).filter(pk=playback_id).first()
    if playback is None:
        raise UnknownChoiceError(str(playback_id))
    return playback


def list_signers() -> list[User]:
    """Return those to whom a draft may be handed, by name."""
    grants = Q(grants__role__in=MAY_WRITE_BACK)
    return list(User.objects.filter(grants, is_active=True).distinct().order_by("name", "pk"))

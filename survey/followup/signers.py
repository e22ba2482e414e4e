"""In whose name an audience is written to: the office that asks it, and whoever is there first."""

from collections.abc import Mapping

from django.db.models import QuerySet

from survey.accounts.models import Grant, Role, User
from survey.followup.models import Playback
from survey.questionnaires.models import Audience

LONGEST_NAME = 100  # below a letter or a playback
OWNERS: Mapping[str, tuple[Role, ...]] = {
    Audience.EMPLOYEE: (Role.HR, Role.CX_MANAGER),
    Audience.CUSTOMER: (Role.CX_MANAGER, Role.HR),
}


def find_owner(*, audience: str) -> User | None:
    """Return whose task it is to write back: of the office that asks, the account made first."""
    return list_office(audience=audience).first()


def list_office(*, audience: str) -> QuerySet[User]:
    """Return everybody in the office that writes back to an audience, the account made first."""
    office = find_office(audience=audience)
    if office is None:
        return User.objects.none()
    return User.objects.filter(grants__role=office, is_active=True).distinct().order_by("pk")


def find_office(*, audience: str) -> str | None:
    """Return the role that writes back to an audience: its own office, else the other one."""
    held = Grant.objects.filter(role__in=OWNERS[audience], user__is_active=True)
    roles = set(held.values_list("role", flat=True))
    return next((role for role in OWNERS[audience] if role in roles), None)


def sign_name(name: str) -> str:
    """Return a name as it fits below a letter."""
    return name[:LONGEST_NAME]


def sign_with(*, playback: Playback, name: str) -> None:
    """Put another name below a draft: the role beside the old one goes, in every language."""
    if playback.signer_name == name:
        return
    playback.signer_name, playback.signer_role = name, ""
    playback.save(update_fields=["signer_name", "signer_role"])
    playback.translations.update(signer_role="")

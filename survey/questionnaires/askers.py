"""Who asks whom: the people team asks everybody, customer experience asks customers."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from survey.accounts.models import Role
from survey.accounts.selectors import get_scope
from survey.questionnaires.models import Audience


def audiences_asked_by(*, user: AbstractBaseUser | AnonymousUser) -> tuple[Audience, ...]:
    """Return whom somebody may ask; nobody, for most."""
    roles = get_scope(user=user).roles
    if Role.HR in roles:
        return tuple(Audience)
    return (Audience.CUSTOMER,) if Role.CX_MANAGER in roles else ()

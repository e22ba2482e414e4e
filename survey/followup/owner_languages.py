"""In which language the product writes to somebody who works with it."""

from django.conf import settings

from survey.accounts.models import User
from survey.campaigns.models import Campaign
from survey.organization.models import Person
from survey.questionnaires.languages import interface_language
from survey.questionnaires.models import Audience


def language_of(*, user: User) -> str:
    """Return the language in which an account is written to, of those that the product speaks.

    It is the one that the roster knows of whoever has that address, else the one in which people
    who work here were written to last.
    """
    known = Person.objects.filter(email__iexact=user.email).values_list("language", flat=True)
    return interface_language(known.order_by("pk").first() or _language_of_letters())


def _language_of_letters() -> str:
    inside = Campaign.objects.exclude(audience=Audience.CUSTOMER).exclude(letter=None)
    newest = inside.order_by("-pk").values_list("letter__language", flat=True).first()
    return newest or settings.LANGUAGE_CODE

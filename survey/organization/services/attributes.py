"""Declare what rosters may say of people beside their team."""

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from survey.organization.columns import OPTIONAL, REQUIRED
from survey.organization.models import Attribute, Person

LONGEST_CODE = 40


class AttributeNameError(Exception):
    """No column can be called so; the message says why."""


class AttributeInUseError(Exception):
    """The attribute is still said of people."""


def declare_attribute(*, name: str) -> Attribute:
    """Let rosters say something more of people; its code is what their column is called."""
    code = slugify(name).replace("-", "_")[:LONGEST_CODE]
    if not code:
        raise AttributeNameError(_("Use letters of the Latin alphabet, or digits."))
    if code in (*REQUIRED, *OPTIONAL):
        raise AttributeNameError(_("Every list has this column already."))
    try:
        with transaction.atomic():
            return Attribute.objects.create(code=code, name=name)
    except IntegrityError as error:
        raise AttributeNameError(_("There is one of this name already.")) from error


@transaction.atomic
def drop_attribute(*, attribute: Attribute) -> None:
    """Forget an attribute that is said of nobody; raise AttributeInUseError where it is."""
    if Person.objects.filter(attributes__has_key=attribute.code).exists():
        raise AttributeInUseError
    attribute.delete()

"""What respondents are told of who reads figures and how long their names are kept.

Made from the roles and settings that are in force, so that it cannot promise something else.
"""

from django.conf import settings
from django.utils.translation import gettext as _

from survey.accounts.models import Role
from survey.accounts.selectors import SEE_EVERYTHING
from survey.answering.phrases import say_list
from survey.answering.ratings import rates_teams, say_readers_of_ratings
from survey.campaigns.collectors import OpenLink
from survey.campaigns.selectors import Link
from survey.followup.retention import KINDS
from survey.followup.stored import say_days
from survey.questionnaires.models import Audience

Asked = Link | OpenLink

NO_FIGURES = (Role.ADMIN, Role.AUDITOR)


def say_readers(link: Asked) -> str:
    """Return who reads the figures that answers go into."""
    if link.campaign.audience == Audience.CUSTOMER:
        words = _(
            "Figures are read by whoever leads the team or a part that it belongs to, and by those "
            "who see all of them here: %(offices)s. Nobody reads single answers."
        )
    elif rates_teams(link):
        words = say_readers_of_ratings()
    else:
        words = _(
            "Figures are read by whoever leads your team or a part that it belongs to, and by "
            "those who see all of them here: %(offices)s. Nobody reads single answers."
        )
    return words % {"offices": say_list(all_readers())}


def say_how_long(link: Asked) -> list[str]:
    """Return for how long it is kept that somebody was asked; of open links nobody was."""
    if isinstance(link, OpenLink):
        return []
    letter = {"days": say_days(settings.ADDRESSES_KEPT_DAYS)}
    if link.campaign.audience != Audience.CUSTOMER:
        return [
            _("Your name and address are taken off our letter %(days)s after it went.") % letter
        ]
    words = _(
        "Your name and address are taken off our letter %(days)s after it went, and deleted "
        "%(contact)s after this survey has ended."
    )
    return [words % {**letter, "contact": say_days(settings.CONTACTS_KEPT_DAYS)}]


def all_readers() -> list[str]:
    """Return the offices that see the figures of all teams."""
    return [str(role.label) for role in Role if role in SEE_EVERYTHING]


def no_readers() -> list[str]:
    """Return the offices that see no figure at all."""
    return [str(role.label) for role in NO_FIGURES]


def list_retention() -> list[tuple[str, str]]:
    """Return each kind of data that names somebody, and for how long it is kept."""
    return [(str(kind.name), f"{say_days(kind.days())} {kind.counted_from}") for kind in KINDS]

"""What colleagues are told of the ratings they give to the teams that serve theirs."""

from typing import TypeGuard

from django.utils.translation import gettext as _

from survey.answering.phrases import in_words, say_list
from survey.campaigns.collectors import OpenLink
from survey.campaigns.selectors import Link
from survey.core.bidi import isolate
from survey.questionnaires.repeating import code_and_place

Asked = Link | OpenLink


def rates_teams(link: Asked) -> TypeGuard[Link]:
    """Say whether a link asks colleagues about teams, in a section for each."""
    return isinstance(link, Link) and bool(link.arrows)


def code_behind(link: Asked, code: str) -> str:
    """Return the code of the questionnaire behind that of a question on the page of a link."""
    return code_and_place(code)[0] if rates_teams(link) else code


def say_counted_in(link: Link) -> list[str]:
    """Return with whose answers those about each team are counted."""
    teams = say_list([isolate(arrow.provider_name) for arrow in link.arrows])
    about = _("You are asked about %(teams)s. You can leave out any of them.")
    counted = _(
        "What you say of a team is counted with what others say of it whom it serves together with "
        "you, from %(fewest)s answers on. Where there are fewer, it is counted with what other "
        "teams say of the same team; where fewer than %(fewest)s of those asked about a team send "
        "this page, what they said of it is not kept."
    )
    boxes = _(
        "What you say of each team travels in a sealed box of its own. Once the survey is sealed, "
        "nothing joins what you said of one team to what you said of another. A team that you "
        "leave out gets a box as well, so that the boxes do not tell whom you left out."
    )
    fewest = in_words(link.wave.threshold)
    return [about % {"teams": teams}, counted % {"fewest": fewest}, boxes]


def say_readers_of_ratings() -> str:
    """Return who reads what one team says of another, with a place for the offices."""
    return _(
        "What your team says of another is read, as one figure, by whoever leads one of the two or "
        "a part that it belongs to, and by those who see all figures here: %(offices)s. What all "
        "teams together say of a team is read by whoever leads that one or a part that it belongs "
        "to, and by the same offices. Nobody reads single answers."
    )


def say_kept_beside_ratings() -> str:
    """Return what lies beside what was said of a team."""
    return _(
        "Beside what you say of a team we keep this survey, that team and your group. No name, no "
        "address, no device, not when you answered."
    )


def say_waiting_ratings() -> str:
    """Return where ratings lie until the survey closes."""
    return _("Your link is used up. What you said of each team waits in a sealed box of its own.")

"""What waves and groups are called on pages, in the language of whoever reads them."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from survey.campaigns.arrow_groups import edge_name, smaller_name
from survey.campaigns.grouping import direct_name, pool_name
from survey.campaigns.models import GroupKind, Wave


def name_wave(*, campaign: str, number: int) -> str:
    """Return what a wave is called, from its campaign's name and its number."""
    return _("%(campaign)s, wave %(number)s") % {"campaign": campaign, "number": number}


def title_of(wave: Wave) -> str:
    """Return what a wave is called; its campaign has been read with it."""
    return name_wave(campaign=wave.campaign.name, number=wave.number)


def say_group(*, name: str, kind: str) -> str:
    """Return what a group is called, from the name under which it was frozen."""
    if kind == GroupKind.EDGE:
        return _say_edge(name)
    if kind == GroupKind.POOL and name.endswith(smaller_name("")):
        return _("%(team)s, as smaller teams see it") % {
            "team": name.removesuffix(smaller_name(""))
        }
    if kind == GroupKind.POOL:
        before, after = pool_name("\n").split("\n")
        return _("Smaller teams of %(team)s") % {"team": _between(name, before, after)}
    if kind == GroupKind.DIRECT:
        before, after = direct_name("\n").split("\n")
        return _("%(team)s, directly") % {"team": _between(name, before, after)}
    return name


def _say_edge(name: str) -> str:
    """Return what an arrow is called; the names of its two teams may hold anything themselves."""
    _before, between, after = edge_name("\n", "\n").split("\n")
    provider, found, consumer = name.removesuffix(after).partition(between)
    if not found:
        return name
    return _("%(provider)s, as %(consumer)s sees it") % {
        "provider": provider,
        "consumer": consumer,
    }


say_group_later = lazy(say_group, str)  # in the language that is spoken when it is shown


def _between(name: str, before: str, after: str) -> str:
    return name.removeprefix(before).removesuffix(after)

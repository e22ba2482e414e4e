"""By which facts of their contact customers' figures are told, and what is said of that.

Whoever asks names the channels beforehand, as the company's systems call them; a contact that names
another, or none, counts as not known.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from survey.campaigns.models import Campaign, Interaction

CONTACT_CHANNEL = "contact_channel"
CONTACT_CUTS = {CONTACT_CHANNEL: gettext_noop("Channel of the contact")}
LONGEST_NAME = 40  # as that of a contact's channel
LOOKED_BACK = timedelta(days=90)


def say_cut(*, code: str, name: str) -> str:
    """Return what a cut is called: those of contacts in the reader's language."""
    return _(CONTACT_CUTS[code]) if code in CONTACT_CUTS else name


def read_names(text: str) -> tuple[str, ...]:
    """Return the channels named line by line, each once however it is spelt."""
    named: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        named.setdefault(line.casefold(), line)
    return tuple(named.values())


def count_channels(*, campaign: Campaign, levels: Sequence[str], now: datetime) -> Counter[str]:
    """Count the latest contacts of a campaign whose customers were asked, by channel.

    Those under any other name count as not known, which is the empty text.
    """
    asked = Interaction.objects.filter(wave__campaign=campaign, is_asked=True)
    latest = asked.filter(occurred_at__gte=now - LOOKED_BACK).order_by().values_list("channel")
    found = Counter[str]()
    for channel, n in latest.annotate(n=Count("pk")):
        found[fit_level(levels=levels, value=channel)] += n
    return found


def fit_level(*, levels: Sequence[str], value: str) -> str:
    """Return the level that a value means, however it is spelt; the empty text for none of them."""
    spelt = {level.casefold(): level for level in levels}
    return spelt.get(value.strip().casefold(), "")

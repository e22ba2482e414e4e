"""What a wave is called on the leaders' pages."""

from django.utils.translation import gettext as _

from survey.campaigns.models import Campaign, Wave


def name_wave(wave: Wave, campaign: Campaign) -> str:
    """Return the name of a wave: the campaign's, and its number."""
    return _("%(campaign)s, wave %(number)s") % {"campaign": campaign.name, "number": wave.number}

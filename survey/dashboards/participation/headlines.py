"""How many of those who were asked answered, in a sentence."""

from django.utils.translation import gettext_lazy as _

from survey.campaigns.shares import Share
from survey.dashboards.numerals import count
from survey.questionnaires.models import Audience

# By who was asked and whether they may still answer: what is said of a share that is
# bounded above only, below only, and on both sides.
SENTENCES = {
    (Audience.EMPLOYEE, False): (
        _("Fewer than %(high)s%% of the %(n)s people asked answered."),
        _("More than %(low)s%% of the %(n)s people asked answered."),
        _("Between %(low)s%% and %(high)s%% of the %(n)s people asked answered."),
    ),
    (Audience.EMPLOYEE, True): (
        _("Fewer than %(high)s%% of the %(n)s people asked have answered so far."),
        _("More than %(low)s%% of the %(n)s people asked have answered so far."),
        _("Between %(low)s%% and %(high)s%% of the %(n)s people asked have answered so far."),
    ),
    (Audience.COLLEAGUE, False): (
        _("Fewer than %(high)s%% of the %(n)s ratings asked for were given."),
        _("More than %(low)s%% of the %(n)s ratings asked for were given."),
        _("Between %(low)s%% and %(high)s%% of the %(n)s ratings asked for were given."),
    ),
    (Audience.COLLEAGUE, True): (
        _("Fewer than %(high)s%% of the %(n)s ratings asked for were given so far."),
        _("More than %(low)s%% of the %(n)s ratings asked for were given so far."),
        _("Between %(low)s%% and %(high)s%% of the %(n)s ratings asked for were given so far."),
    ),
    (Audience.CUSTOMER, False): (
        _("Fewer than %(high)s%% of the %(n)s customers asked answered."),
        _("More than %(low)s%% of the %(n)s customers asked answered."),
        _("Between %(low)s%% and %(high)s%% of the %(n)s customers asked answered."),
    ),
    (Audience.CUSTOMER, True): (
        _("Fewer than %(high)s%% of the %(n)s customers asked have answered so far."),
        _("More than %(low)s%% of the %(n)s customers asked have answered so far."),
        _("Between %(low)s%% and %(high)s%% of the %(n)s customers asked have answered so far."),
    ),
}


def say_share(share: Share, *, n_asked: int, who: str, is_open: bool) -> str:
    """Say which share of those asked answered, as coarsely as it is known."""
    under, over, between = SENTENCES[Audience(who), is_open]
    told = under if share.low == 0 else over if share.high == 100 else between
    return str(told) % {"low": share.low, "high": share.high, "n": count(n_asked)}

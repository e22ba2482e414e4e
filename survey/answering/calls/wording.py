"""By when somebody is called back, as people say it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.followup.callbacks import get_rule

DAY_HOURS = 24


def say_within(audience: str) -> str:
    """Return within which time those of an audience are called back."""
    rule = get_rule(audience=audience)
    days, rest = divmod(rule.answer_within_hours, DAY_HOURS)
    if rest or not days:
        n = rule.answer_within_hours
        time = ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
    else:
        time = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if rule.counts_weekends:
        return _("We get in touch within %(time)s.") % {"time": time}
    return _("We get in touch within %(time)s; weekends do not count.") % {"time": time}

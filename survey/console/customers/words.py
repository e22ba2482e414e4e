"""What became of contacts, and by which rules customers are asked, in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.customer_rules import Rules

OUTCOMES = {
    "asked": _("will be asked"),
    "deferred": _("will be asked later: they were asked a lot lately"),
    "no_address": _("have no address that the campaign uses"),
    "stopped": _("want no letters"),
    "asked_lately": _("were asked about this team a short while ago"),
    "not_sampled": _("are outside the sample: counted, and nothing else kept"),
    "expired": _("were too long ago"),
    "known": _("had been reported before"),
    "no_open_wave": _("came too late: no open survey asks about their team any more"),
    "unknown_team": _("named a team that is not here any more"),
}
DAY, HOUR = 24 * 60, 60  # in minutes


def say_outcome(reason: str) -> str:
    """Return what becomes of customers with some contacts, to stand behind their number."""
    return str(OUTCOMES.get(reason, reason))


def say_outcomes(results: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """Return how many contacts came to what, in a fixed order."""
    return tuple((results[reason], say_outcome(reason)) for reason in OUTCOMES if reason in results)


def say_rules(rules: Rules) -> str:
    """Return the rules of a campaign in one sentence."""
    values: dict[str, object] = {
        "what": _say_share(rules.sample_percent),
        "when": say_delay(int(rules.delay.total_seconds() // 60)),
        "how": _say_channels(rules),
    }
    if not rules.expires_after:
        return gettext("%(what)s, %(when)s, %(how)s.") % values
    days = rules.expires_after.days
    sentence = ngettext(
        "%(what)s, %(when)s, %(how)s; the link works for %(days)s day.",
        "%(what)s, %(when)s, %(how)s; the link works for %(days)s days.",
        days,
    )
    return sentence % (values | {"days": days})


def say_delay(minutes: int) -> str:
    """Return how long after a contact customers are written to."""
    if not minutes:
        return gettext("at once")
    if minutes % DAY == 0:
        n, words = minutes // DAY, ngettext("%(n)s day later", "%(n)s days later", minutes // DAY)
    elif minutes % HOUR == 0:
        n = minutes // HOUR
        words = ngettext("%(n)s hour later", "%(n)s hours later", n)
    else:
        n, words = minutes, ngettext("%(n)s minute later", "%(n)s minutes later", minutes)
    return words % {"n": n}


def _say_share(percent: int) -> str:
    if percent == 100:
        return gettext("Every contact")
    return gettext("%(n)s %% of contacts") % {"n": percent}


def _say_channels(rules: Rules) -> str:
    if rules.uses_email and rules.uses_sms:
        return gettext("by e-mail, else by text message")
    return gettext("by e-mail") if rules.uses_email else gettext("by text message")

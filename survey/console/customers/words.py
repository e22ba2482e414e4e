"""What became of contacts, and by which rules customers are asked, in plain words."""

from collections.abc import Mapping

from survey.campaigns.customer_rules import Rules

OUTCOMES = {
    "asked": "will be asked",
    "deferred": "will be asked later: they were asked a lot lately",
    "no_address": "have no address that the campaign uses",
    "stopped": "want no letters",
    "asked_lately": "were asked about this team a short while ago",
    "not_sampled": "are outside the sample: counted, and nothing else kept",
    "expired": "were too long ago",
    "known": "had been reported before",
    "no_open_wave": "came too late: no open survey asks about their team any more",
    "unknown_team": "named a team that is not here any more",
}


def say_outcomes(results: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """Return how many contacts came to what, in a fixed order."""
    return tuple((results[reason], what) for reason, what in OUTCOMES.items() if reason in results)


def say_rules(rules: Rules) -> str:
    """Return the rules of a campaign in one sentence."""
    channels = [
        name
        for name, is_used in (("e-mail", rules.uses_email), ("text message", rules.uses_sms))
        if is_used
    ]
    share = "Every" if rules.sample_percent == 100 else f"{rules.sample_percent} % of"
    noun = "contact" if rules.sample_percent == 100 else "contacts"
    when = say_delay(int(rules.delay.total_seconds() // 60))
    until = f"; the link works for {rules.expires_after.days} days" if rules.expires_after else ""
    return f"{share} {noun}, {when}, by {', else by '.join(channels)}{until}."


def say_delay(minutes: int) -> str:
    """Return how long after a contact customers are written to."""
    if not minutes:
        return "at once"
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes % size == 0:
            n = minutes // size
            return f"{n} {name}{'' if n == 1 else 's'} later"
    return ""

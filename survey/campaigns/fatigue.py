"""How often somebody may be asked, and which day is the next that is free: dates only."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from survey.questionnaires.models import Audience


@dataclass(frozen=True, slots=True)
class Rule:
    """At most so many askings within so many days, and so many days from one to the next."""

    at_most: int
    within_days: int
    gap_days: int


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """One day on which somebody was asked, or will be, in a survey of some audience."""

    day: date
    audience: str


DEFAULT_RULES: Mapping[str, Rule] = {
    Audience.EMPLOYEE: Rule(at_most=5, within_days=30, gap_days=3),  # a weekly pulse just fits
    Audience.COLLEAGUE: Rule(at_most=4, within_days=91, gap_days=7),
    Audience.CUSTOMER: Rule(at_most=4, within_days=365, gap_days=30),
}


def next_free_day(
    *, asked: Collection[Asked], audience: str, rules: Mapping[str, Rule], day: date
) -> date:
    """Return the first day, from a given one on, on which one asking more breaks no rule.

    Every asking counts, whichever survey it was of; the rule is that of the survey that asks.
    Askings that are planned for later keep theirs too.
    """
    if _is_free(asked, Asked(day, audience), rules):
        return day
    candidates = sorted(set(_days_after(asked, rules[audience], day)))
    return next(
        candidate for candidate in candidates if _is_free(asked, Asked(candidate, audience), rules)
    )


def _days_after(asked: Collection[Asked], rule: Rule, day: date) -> Iterator[date]:
    """Yield the days on which some reason against asking ends; after the last, none is left."""
    for earlier in asked:
        for n_days in (1, rule.gap_days, rule.within_days):
            freed = earlier.day + timedelta(days=n_days)
            if freed > day:
                yield freed


def _is_free(asked: Collection[Asked], new: Asked, rules: Mapping[str, Rule]) -> bool:
    if not _keeps(asked, new, rules[new.audience]):
        return False
    later = [planned for planned in asked if planned.day >= new.day]
    return all(_has_room(asked, planned, new, rules[planned.audience]) for planned in later)


def _keeps(asked: Collection[Asked], new: Asked, rule: Rule) -> bool:
    """Say whether an asking keeps its own rule, looking back from its day."""
    ages = [(new.day - earlier.day).days for earlier in asked if earlier.day <= new.day]
    n_within = sum(age < rule.within_days for age in ages)
    return n_within < rule.at_most and all(age >= rule.gap_days for age in ages)


def _has_room(asked: Collection[Asked], planned: Asked, new: Asked, rule: Rule) -> bool:
    """Say whether a planned asking would still keep its rule with a new one before it."""
    age = (planned.day - new.day).days
    if age >= rule.within_days:
        return age >= rule.gap_days
    ages = [(planned.day - earlier.day).days for earlier in asked if earlier.day <= planned.day]
    n_within = sum(0 <= other < rule.within_days for other in ages)  # with the planned one itself
    return age >= rule.gap_days and n_within < rule.at_most

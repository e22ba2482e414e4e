"""What a launch would do, computed before anybody is asked."""

from dataclasses import dataclass, fields
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.arrow_checks import list_arrow_problems, warn_of_arrows
from survey.campaigns.arrow_groups import ArrowPlan
from survey.campaigns.audience import AudiencePreview, PoolPreview, preview_plan
from survey.campaigns.comparisons import compare_audience
from survey.campaigns.cuts import (
    PlannedCut,
    plan_cuts,
    preview_contact_cuts,
    say_rare_levels,
    say_small_levels,
)
from survey.campaigns.deferrals import warn_of_deferrals
from survey.campaigns.faults import list_faults
from survey.campaigns.findings import Finding, Part, find
from survey.campaigns.grouping import GroupPlan
from survey.campaigns.languages import warn_of_untranslated_letter, warn_of_untranslated_questions
from survey.campaigns.models import Wave
from survey.campaigns.overlaps import warn_of_shared_teams, warn_of_tired_people
from survey.campaigns.rosters import asks_customers, asks_people, plan_wave
from survey.campaigns.westward import warn_of_western_close
from survey.campaigns.zones import zones_of
from survey.core.timestamps import local_date

__all__ = ["PoolPreview", "Preflight", "check_wave", "find_problems"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight(AudiencePreview):
    """Who would be asked and how they would be counted; problems forbid the launch."""

    problems: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    cuts: tuple[PlannedCut, ...] = ()


def check_wave(*, wave: Wave, now: datetime) -> Preflight:
    """Return what launching a draft would do, and what stands in its way."""
    plan = plan_wave(wave=wave, today=local_date(now))
    found = preview_plan(plan=plan, now=now, k=wave.threshold)
    cuts = _plan_cuts(wave=wave, plan=plan, now=now)
    say_few = say_small_levels if asks_people(wave=wave) else say_rare_levels
    return Preflight(
        **{field.name: getattr(found, field.name) for field in fields(found)},
        problems=find_problems(wave=wave, plan=plan, now=now),
        warnings=(
            *find(Part.PEOPLE, _warnings(plan, found)),
            *find(Part.PEOPLE, say_few(cuts, k=wave.threshold)),
            *find(Part.MESSAGE, warn_of_untranslated_questions(wave=wave)),
            *find(Part.MESSAGE, warn_of_untranslated_letter(wave=wave)),
            *_overlaps(wave=wave, plan=plan, now=now),
        ),
        cuts=cuts,
    )


def find_problems(*, wave: Wave, plan: GroupPlan, now: datetime) -> tuple[Finding, ...]:
    """Return what forbids the launch of a wave, in sentences."""
    problems = list_faults(wave=wave, now=now)
    stops = list_arrow_problems(plan=plan) if isinstance(plan, ArrowPlan) else []
    problems += find(Part.PEOPLE, stops)
    if asks_people(wave=wave) and not stops:
        problems += find(Part.PEOPLE, _people_problems(wave, plan, now))
    return tuple(problems)


def _plan_cuts(*, wave: Wave, plan: GroupPlan, now: datetime) -> tuple[PlannedCut, ...]:
    if asks_people(wave=wave):
        return plan_cuts(campaign=wave.campaign, people=plan.people)
    if asks_customers(wave=wave):
        return preview_contact_cuts(campaign=wave.campaign, now=now)
    return ()


def _overlaps(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[Finding]:
    if asks_people(wave=wave):
        zones = zones_of(people=plan.people)
        return [
            *find(Part.PEOPLE, warn_of_tired_people(wave=wave, plan=plan, now=now)),
            *find(Part.PEOPLE, warn_of_deferrals(wave=wave, plan=plan, now=now)),
            *find(Part.TIMING, warn_of_western_close(wave=wave, zones=zones)),
        ]
    if asks_customers(wave=wave):
        return find(Part.PEOPLE, warn_of_shared_teams(wave=wave, plan=plan, now=now))
    return []


def _people_problems(wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    if plan.n_people < wave.threshold:
        sentence = ngettext(
            "Only %(n)s people would be asked. Under %(least)s nothing could ever be shown "
            "without telling who said what.",
            "Only %(n)s people would be asked. Under %(least)s nothing could ever be shown "
            "without telling who said what.",
            plan.n_people,
        )
        return [sentence % {"n": plan.n_people, "least": wave.threshold}]
    return compare_audience(wave=wave, plan=plan, now=now)


def _warnings(plan: GroupPlan, found: AudiencePreview) -> list[str]:
    taken_in = _(
        "%(group)s has enough people to be shown, but is counted in “%(pool)s”: a smaller group "
        "beside it would otherwise stand alone, and could be worked out by subtraction."
    )
    warnings = [taken_in % {"group": large, "pool": pool} for large, pool in plan.taken_in]
    if isinstance(plan, ArrowPlan):
        warnings += warn_of_arrows(plan=plan)
    if found.not_asked:
        warnings.append(_say_not_asked(found.not_asked))
    if found.n_unreachable:
        unreachable = ngettext(
            "%(n)s of %(all)s people have no e-mail address that takes letters, or asked for no "
            "more: no letter reaches them. Print codes for them.",
            "%(n)s of %(all)s people have no e-mail address that takes letters, or asked for no "
            "more: no letter reaches them. Print codes for them.",
            found.n_unreachable,
        )
        warnings.append(unreachable % {"n": found.n_unreachable, "all": found.n_people})
    return warnings


def _say_not_asked(names: tuple[str, ...]) -> str:
    sentence = ngettext(
        "%(names)s leads people asked here, but no group above them is asked to count them in: "
        "they are not asked.",
        "%(names)s lead people asked here, but no group above them is asked to count them in: "
        "they are not asked.",
        len(names),
    )
    return sentence % {"names": ", ".join(names)}

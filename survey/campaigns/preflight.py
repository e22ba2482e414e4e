"""What a launch would do, computed before anybody is asked."""

from dataclasses import dataclass, fields
from datetime import datetime

from survey.campaigns.audience import AudiencePreview, PoolPreview, preview_plan
from survey.campaigns.comparisons import compare_audience
from survey.campaigns.deferrals import warn_of_deferrals
from survey.campaigns.faults import list_faults
from survey.campaigns.grouping import GroupPlan
from survey.campaigns.languages import warn_of_untranslated_questions
from survey.campaigns.models import Wave
from survey.campaigns.overlaps import warn_of_shared_teams, warn_of_tired_people
from survey.campaigns.rosters import asks_customers, asks_people, plan_wave
from survey.campaigns.westward import warn_of_western_close
from survey.core.timestamps import local_date

__all__ = ["PoolPreview", "Preflight", "check_wave", "find_problems"]


@dataclass(frozen=True, slots=True)
class Preflight(AudiencePreview):
    """Who would be asked and how they would be counted; problems forbid the launch."""

    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def check_wave(*, wave: Wave, now: datetime) -> Preflight:
    """Return what launching a draft would do, and what stands in its way."""
    plan = plan_wave(wave=wave, today=local_date(now))
    found = preview_plan(plan=plan, now=now)
    return Preflight(
        **{field.name: getattr(found, field.name) for field in fields(found)},
        problems=find_problems(wave=wave, plan=plan, now=now),
        warnings=(
            *_warnings(plan, found),
            *warn_of_untranslated_questions(wave=wave),
            *_overlaps(wave=wave, plan=plan, now=now),
        ),
    )


def find_problems(*, wave: Wave, plan: GroupPlan, now: datetime) -> tuple[str, ...]:
    """Return what forbids the launch of a wave, in sentences."""
    problems = list_faults(wave=wave, now=now)
    if asks_people(wave=wave):
        problems += _people_problems(wave, plan, now)
    return tuple(problems)


def _overlaps(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    if asks_people(wave=wave):
        return [
            *warn_of_tired_people(wave=wave, plan=plan, now=now),
            *warn_of_deferrals(wave=wave, plan=plan, now=now),
            *warn_of_western_close(wave=wave, plan=plan),
        ]
    if asks_customers(wave=wave):
        return warn_of_shared_teams(wave=wave, plan=plan, now=now)
    return []


def _people_problems(wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    if plan.n_people < wave.threshold:
        return [
            f"Only {plan.n_people} people would be asked. Under {wave.threshold} nothing could "
            "ever be shown without telling who said what."
        ]
    return compare_audience(wave=wave, plan=plan, now=now)


def _warnings(plan: GroupPlan, found: AudiencePreview) -> list[str]:
    warnings = [
        f"{large} has enough people to be shown, but is counted in “{pool}”: a smaller group "
        "beside it would otherwise stand alone, and could be worked out by subtraction."
        for large, pool in plan.taken_in
    ]
    if found.not_asked:
        verb = "leads" if len(found.not_asked) == 1 else "lead"
        warnings.append(
            f"{', '.join(found.not_asked)} {verb} people asked here, but no group above them is "
            "asked to count them in: they are not asked."
        )
    if found.n_unreachable:
        warnings.append(
            f"{found.n_unreachable} of {found.n_people} people have no e-mail address that takes "
            "letters, or asked for no more: no letter reaches them. Print codes for them."
        )
    return warnings

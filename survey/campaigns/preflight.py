"""What a launch would do, computed before anybody is asked."""

from dataclasses import dataclass
from datetime import datetime

from survey.campaigns.comparisons import compare_audience
from survey.campaigns.grouping import GroupPlan, PlannedGroup, direct_name
from survey.campaigns.models import GroupKind, Wave
from survey.campaigns.overlaps import warn_of_shared_teams, warn_of_tired_people
from survey.campaigns.rosters import asks_customers, asks_people, plan_wave
from survey.campaigns.selectors import find_letter
from survey.core.timestamps import local_date
from survey.letters.selectors import reachable_addresses
from survey.organization.models import Person, Team
from survey.questionnaires.models import QuestionnaireStatus

SHOWN = (GroupKind.TEAM, GroupKind.DIRECT)


@dataclass(frozen=True, slots=True)
class PoolPreview:
    """Teams, and people directly below an inner one, that would be counted together."""

    name: str
    teams: tuple[str, ...]
    n_people: int


@dataclass(frozen=True, slots=True)
class Preflight:
    """Who would be asked and how they would be counted; problems forbid the launch."""

    n_people: int
    n_teams: int
    n_shown: int
    n_shown_people: int
    n_pooled_teams: int
    n_pooled_people: int
    pools: tuple[PoolPreview, ...]
    n_unreachable: int
    not_asked: tuple[str, ...]
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def check_wave(*, wave: Wave, now: datetime) -> Preflight:
    """Return what launching a draft would do, and what stands in its way."""
    plan = plan_wave(wave=wave, today=local_date(now))
    pools = _pools(plan)
    not_asked = _names(plan.not_asked)
    n_unreachable = _count_unreachable(plan, now)
    teams = {team for group in plan.groups for team in _counted_teams(group)}
    shown = [group for group in plan.groups if group.kind in SHOWN]
    return Preflight(
        n_people=plan.n_people,
        n_teams=len(teams),
        n_shown=len(shown),
        n_shown_people=sum(group.n_invited for group in shown),
        n_pooled_teams=sum(len(pool.teams) for pool in pools),
        n_pooled_people=sum(pool.n_people for pool in pools),
        pools=pools,
        n_unreachable=n_unreachable,
        not_asked=not_asked,
        problems=find_problems(wave=wave, plan=plan, now=now),
        warnings=(
            *_warnings(plan, not_asked, n_unreachable),
            *_overlaps(wave=wave, plan=plan, now=now),
        ),
    )


def find_problems(*, wave: Wave, plan: GroupPlan, now: datetime) -> tuple[str, ...]:
    """Return what forbids the launch of a wave, in sentences."""
    problems = []
    if wave.launched_at is not None:
        problems.append("This wave has been launched already.")
    if wave.closes_at <= now:
        problems.append("This wave would close before it opens: choose a later closing time.")
    if wave.questionnaire.status != QuestionnaireStatus.PUBLISHED:
        problems.append("The questionnaire is not published yet.")
    if _sends_letters(wave) and find_letter(wave=wave) is None:
        problems.append("There is no letter yet: people would not know who asks them.")
    if asks_people(wave=wave):
        problems += _people_problems(wave, plan, now)
    return tuple(problems)


def _overlaps(*, wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    if asks_people(wave=wave):
        return warn_of_tired_people(wave=wave, plan=plan, now=now)
    if asks_customers(wave=wave):
        return warn_of_shared_teams(wave=wave, plan=plan, now=now)
    return []


def _sends_letters(wave: Wave) -> bool:
    return asks_people(wave=wave) or asks_customers(wave=wave)


def _people_problems(wave: Wave, plan: GroupPlan, now: datetime) -> list[str]:
    if plan.n_people < wave.threshold:
        return [
            f"Only {plan.n_people} people would be asked. Under {wave.threshold} nothing could "
            "ever be shown without telling who said what."
        ]
    return compare_audience(wave=wave, plan=plan, now=now)


def _counted_teams(group: PlannedGroup) -> tuple[int, ...]:
    return () if group.kind == GroupKind.NODE else group.team_ids


def _pools(plan: GroupPlan) -> tuple[PoolPreview, ...]:
    pools = [group for group in plan.groups if group.kind == GroupKind.POOL]
    team_ids = {team for group in pools for team in group.team_ids}
    names = dict(Team.objects.filter(pk__in=team_ids).values_list("pk", "name"))
    inner = {
        team for group in plan.groups if group.kind == GroupKind.NODE for team in group.team_ids
    }
    names |= {team: direct_name(names[team]) for team in inner & team_ids}
    return tuple(
        PoolPreview(
            group.name, tuple(sorted(names[team] for team in group.team_ids)), group.n_invited
        )
        for group in pools
    )


def _names(people: tuple[int, ...]) -> tuple[str, ...]:
    found = Person.objects.filter(pk__in=people).order_by("name")
    return tuple(found.values_list("name", flat=True))


def _count_unreachable(plan: GroupPlan, now: datetime) -> int:
    invited = {person for group in plan.groups for person in group.people}
    rows = Person.objects.values_list("pk", "email").iterator()
    addresses = [address for pk, address in rows if pk in invited]
    reachable = reachable_addresses(addresses=addresses, now=now)
    return sum(address not in reachable for address in addresses)


def _warnings(plan: GroupPlan, not_asked: tuple[str, ...], n_unreachable: int) -> tuple[str, ...]:
    warnings = [
        f"{large} has enough people to be shown, but is counted in “{pool}”: a smaller group "
        "beside it would otherwise stand alone, and could be worked out by subtraction."
        for large, pool in plan.taken_in
    ]
    if not_asked:
        verb = "leads" if len(not_asked) == 1 else "lead"
        warnings.append(
            f"{', '.join(not_asked)} {verb} everybody asked here, so there is no group above "
            "to count them in: they are not asked."
        )
    if n_unreachable:
        warnings.append(
            f"{n_unreachable} of {plan.n_people} people have no e-mail address that takes "
            "letters, or asked for no more: no letter reaches them."
        )
    return tuple(warnings)

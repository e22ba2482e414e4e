"""Launch a wave: freeze people, groups, families and threshold, and make everybody's link."""

import logging
import random
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_noop as _

from survey.campaigns.attributes import freeze_attributes
from survey.campaigns.choosing import filter_of
from survey.campaigns.comparisons import hold_items
from survey.campaigns.cuts import freeze_cuts
from survey.campaigns.findings import Finding
from survey.campaigns.grouping import GroupPlan, PlannedGroup
from survey.campaigns.keys import KeysNotWritableError, create_keys, keys_fit, read_link_key
from survey.campaigns.launch_problems import tell_everybody
from survey.campaigns.links import answer_token, place_token, stop_token
from survey.campaigns.models import (
    Campaign,
    Channel,
    Credential,
    Group,
    GroupArrow,
    GroupTeam,
    Invitation,
    Wave,
)
from survey.campaigns.preflight import find_problems
from survey.campaigns.rosters import plan_wave
from survey.campaigns.rows import insert_rows
from survey.campaigns.selectors import content_of
from survey.campaigns.services.collectors import open_collectors
from survey.campaigns.services.doors import open_door
from survey.campaigns.sizes import box_size
from survey.campaigns.zones import zones_of
from survey.core.local_time import local_moment
from survey.core.stages import run_each
from survey.core.timestamps import local_date
from survey.core.tokens import digest_token
from survey.questionnaires.answers import longest_answer_bytes
from survey.questionnaires.families import as_json, build_families

FROZEN = (
    *("families", "box_size", "public_key", "audience_filter", "opens_at", "launched_at"),
    *("cuts", "cut_box_size", "draw_seed"),
)
logger = logging.getLogger(__name__)
system_random = random.SystemRandom()


class LaunchRefusedError(Exception):
    """The wave cannot be launched as it stands; problems says why, in sentences."""

    def __init__(self, problems: tuple[Finding, ...]) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = problems


def request_launch(*, wave_id: int, now: datetime) -> None:
    """Ask the workers, who alone hold keys, to launch a draft; raise LaunchRefusedError."""
    wave = Wave.objects.select_related("campaign__letter", "letter", "questionnaire").get(
        pk=wave_id
    )
    plan = plan_wave(wave=wave, today=local_date(now))
    problems = find_problems(wave=wave, plan=plan, now=now)
    if problems:
        raise LaunchRefusedError(problems)
    drafts = Wave.objects.filter(pk=wave_id, launched_at__isnull=True)
    drafts.update(launch_requested_at=now, launch_problem="")


def launch_requested_waves(*, now: datetime) -> int:
    """Launch the drafts for which it was asked; what stands in the way is kept on the draft."""
    due = Wave.objects.due_to_launch().order_by("launch_requested_at", "pk")
    waves = due.values_list("pk", flat=True)
    return run_each(waves, partial(_launch_requested, now=now), name="Launching wave")


def _launch_requested(wave_id: int, now: datetime) -> bool:
    try:
        with transaction.atomic():
            due = Wave.objects.due_to_launch().filter(pk=wave_id)
            locked = due.select_for_update(skip_locked=True, no_key=True, of=("self",))
            if locked.first() is None:
                return False  # another worker is at it or has done it, or it was taken back
            launch_wave(wave_id=wave_id, now=now)
    except (LaunchRefusedError, KeysNotWritableError) as error:
        if keep_problem(wave_id=wave_id, error=error, now=now):
            logger.error("Wave %s could not be launched: %s", wave_id, error)
        return False  # with nothing to say where another worker has launched it meanwhile
    return True


def keep_problem(
    *, wave_id: int, error: LaunchRefusedError | KeysNotWritableError, now: datetime
) -> bool:
    """Keep on a draft why it was not launched; False where another has launched it meanwhile."""
    said, abroad = tell_everybody(partial(_tell, wave_id, error, now))
    draft = Wave.objects.filter(pk=wave_id, launched_at__isnull=True)
    kept = draft.update(launch_requested_at=None, launch_problem=said, launch_problem_abroad=abroad)
    return bool(kept)


def _tell(wave_id: int, error: LaunchRefusedError | KeysNotWritableError, now: datetime) -> str:
    """Return a problem in the language that is spoken."""
    if isinstance(error, KeysNotWritableError):
        return error.said.say()
    waves = Wave.objects.select_related("campaign__letter", "letter", "questionnaire")
    wave = waves.filter(pk=wave_id).first()
    if wave is None:
        return str(error)
    plan = plan_wave(wave=wave, today=local_date(now))
    found = find_problems(wave=wave, plan=plan, now=now) or error.problems
    return " ".join(str(problem) for problem in found)


@transaction.atomic
def launch_wave(*, wave_id: int, now: datetime) -> Wave:
    """Freeze who is asked and how they are counted; raise LaunchRefusedError with the reasons.

    The keys are on the disk, and proven to fit, before the launch commits.
    """
    wave = Wave.objects.select_for_update(no_key=True, of=("self",)).get(pk=wave_id)
    campaigns = Campaign.objects.select_for_update(no_key=True)  # nobody reworks it meanwhile
    wave.campaign = campaigns.get(pk=wave.campaign_id)
    hold_items(wave=wave)
    plan = plan_wave(wave=wave, today=local_date(now))
    problems = find_problems(wave=wave, plan=plan, now=now)
    if problems:
        raise LaunchRefusedError(problems)
    _freeze(wave, plan, now=now)
    groups = create_groups(wave=wave, planned=plan.groups)
    freeze_attributes(wave=wave, groups=groups.values(), today=local_date(now))
    _invite(wave, plan, groups)
    if wave.channel == Channel.OPEN:
        open_door(wave=wave)
        open_collectors(wave_id=wave.pk, now=now)
    return wave


def create_groups(*, wave: Wave, planned: Iterable[PlannedGroup]) -> dict[str, Group]:
    """Store planned groups, parents before children; return them by code."""
    groups: dict[str, Group] = {}
    for level in _levels(planned):
        made = Group.objects.bulk_create(
            Group(
                wave=wave,
                parent=groups[group.parent_code] if group.parent_code else None,
                kind=group.kind,
                code=group.code,
                name=group.name,
                n_invited=group.n_invited,
            )
            for group in level
        )
        groups.update((group.code, group) for group in made)
        GroupTeam.objects.bulk_create(
            GroupTeam(group=groups[group.code], team_id=team_id)
            for group in level
            for team_id in group.team_ids
        )
        GroupArrow.objects.bulk_create(
            GroupArrow(
                group=groups[group.code],
                provider_id=arrow.provider_id,
                consumer_id=arrow.consumer_id,
                chain=arrow.chain,
            )
            for group in level
            for arrow in group.arrows
        )
    return groups


def _levels(planned: Iterable[PlannedGroup]) -> list[list[PlannedGroup]]:
    depth: dict[str | None, int] = {None: 0}
    levels: list[list[PlannedGroup]] = []
    for group in planned:
        place = depth[group.parent_code]
        depth[group.code] = place + 1
        levels += [[] for _ in range(place + 1 - len(levels))]
        levels[place].append(group)
    return levels


def _freeze(wave: Wave, plan: GroupPlan, *, now: datetime) -> None:
    content = content_of(wave=wave)
    wave.families = as_json(build_families(content=content))
    wave.box_size = box_size(longest=longest_answer_bytes(content=content))
    wave.public_key = create_keys(wave=wave)
    if not keys_fit(wave=wave):
        raise KeysNotWritableError(_("The keys of the wave could not be read back from KEYS_DIR."))
    wave.audience_filter = dict(filter_of(wave=wave))
    freeze_cuts(wave=wave, plan=plan)
    wave.opens_at = min(wave.opens_at, _first_letters(wave, plan))
    wave.launched_at = now
    wave.draw_seed = None  # from here on nobody can draw again who rates whom
    wave.save(update_fields=FROZEN)


def _first_letters(wave: Wave, plan: GroupPlan) -> datetime:
    """Return when the first letters go: somebody further east may have joined since the draft."""
    day, at = wave.letters_date, wave.letters_time
    if day is None or at is None:
        return wave.opens_at
    zones = zones_of(people=plan.people)
    return min((local_moment(day=day, at=at, zone=zone) for zone in zones), default=wave.opens_at)


def _invite(wave: Wave, plan: GroupPlan, groups: dict[str, Group]) -> None:
    """Make invitations, and credentials in an order that has nothing to do with theirs."""
    digests: list[tuple[int, str]] = []
    insert_rows(
        model=Invitation,
        names=("wave", "group", "person", "key", "stop_digest", "is_admitted"),
        rows=_invitations(wave, plan, groups, digests),
    )
    system_random.shuffle(digests)
    credentials = ((wave.pk, group_id, digest) for group_id, digest in digests)
    insert_rows(model=Credential, names=("wave", "group", "digest"), rows=credentials)
    Wave.objects.filter(pk=wave.pk).update(n_invited=len(digests))
    wave.n_invited = len(digests)


def _invitations(
    wave: Wave, plan: GroupPlan, groups: dict[str, Group], digests: list[tuple[int, str]]
) -> Iterator[tuple[int, int, int, UUID, str, bool]]:
    """Yield the invitations as rows, and note the digests of each link with their groups.

    A link has as many credentials as there are groups in which its holder answers; no row joins
    them, and the invitation knows the first group alone.
    """
    link_key = read_link_key(wave=wave)
    for person_id, codes in plan.places.items():
        group_ids = [groups[code].pk for code in codes]
        key = uuid4()
        token = answer_token(link_key=link_key, invitation_key=key)
        for place, group_id in enumerate(group_ids):
            digests.append((group_id, digest_token(place_token(token=token, place=place))))
        stop_digest = digest_token(stop_token(token=token))
        yield wave.pk, group_ids[0], person_id, key, stop_digest, True

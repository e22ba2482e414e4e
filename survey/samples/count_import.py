"""Published counts through the same pipeline as everybody's answers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from survey.campaigns.models import Campaign, Channel, Group, Pairing, Wave
from survey.campaigns.services import create_campaign, create_pairing, draft_wave, launch_wave
from survey.core.periods import Period
from survey.linkage.models import Study
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.responses.boxes import BoxContent
from survey.samples.count_bank import AskedQuestionnaire, store_questionnaire
from survey.samples.count_teams import CountTeams, create_teams
from survey.samples.counts import PublishedCounts, lay_out_people, write_code
from survey.samples.pipeline import bring_in, finish_wave, link
from survey.samples.progress import Progress

FIELDING = timedelta(days=1)


class ImportRefusedError(Exception):
    """The counts cannot be brought in under this name; the message says why."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the pairing: its published audience, and ours."""

    published: str
    asked: str


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    is_new: bool
    n_units: int
    n_ex: int
    n_cx: int


def import_counts(
    *,
    published: PublishedCounts,
    pairing: str,
    ex_audience: str,
    cx_audience: str,
    now: datetime,
    progress: Progress,
    closed_at: datetime | None = None,
) -> ImportReport:
    """Bring published counts in and see them through to the linkage.

    They count to the period in which their survey closed, which is the present one if not told.
    The same counts a second time change nothing; after an interruption the rest is done.
    """
    sides = (Side(ex_audience, Audience.EMPLOYEE), Side(cx_audience, Audience.CUSTOMER))
    n_people = [_count_people(published, side) for side in sides]
    progress.reset(total=2 * sum(n_people))
    known = Pairing.objects.filter(code=pairing).first()
    stored = _check_same(known, published, sides) if known else None
    if stored is None:
        stored = _take_in(published, pairing, sides, closed_at or now, progress)
    if not Study.objects.filter(pairing=stored).exists():
        for wave, n in zip(_waves(stored), n_people, strict=True):
            finish_wave(wave=wave, now=now, n_people=n, progress=progress)
        progress.set_description("linking")
        link(pairing=stored, now=now)
    return ImportReport(known is None, len(published.units), *n_people)


def _count_people(published: PublishedCounts, side: Side) -> int:
    """Return how many people answered on one side; refuse a side without any."""
    n = sum(published.count_people(unit.code, side.published) for unit in published.units)
    if not n:
        raise ImportRefusedError(f'Nobody of the audience "{side.published}" answered anything.')
    return n


def _check_same(pairing: Pairing, published: PublishedCounts, sides: tuple[Side, Side]) -> Pairing:
    """Return the pairing if it was made from these counts; refuse any other."""
    audiences = [campaign.code for campaign in (pairing.ex, pairing.cx)]
    digests = {wave.counts_digest for wave in _waves(pairing)}
    wanted = [_campaign_code(pairing.code, side) for side in sides]
    if digests != {published.digest} or audiences != wanted:
        raise ImportRefusedError(
            f'There is a pairing "{pairing.code}" already, and it was not made from these files '
            "and audiences. Choose another name for the pairing."
        )
    return pairing


def _waves(pairing: Pairing) -> list[Wave]:
    """Return the two waves of an imported pairing, employees first."""
    waves = Wave.objects.filter(campaign__in=[pairing.ex, pairing.cx]).select_related("campaign")
    return sorted(waves, key=lambda wave: wave.campaign_id != pairing.ex_id)


@transaction.atomic
def _take_in(
    published: PublishedCounts,
    name: str,
    sides: tuple[Side, Side],
    closed_at: datetime,
    progress: Progress,
) -> Pairing:
    """Make teams, questionnaires, campaigns and waves, and put every answer set into its box."""
    codes = [_campaign_code(name, side) for side in sides]
    taken = Campaign.objects.filter(code__in=codes).exists()
    if taken or Team.objects.filter(code=name).exists():
        raise ImportRefusedError(f'The name "{name}" is taken. Choose another for the pairing.')
    teams = create_teams(units=published.units, root_code=name)
    campaigns = []
    for side, code in zip(sides, codes, strict=True):
        asked = store_questionnaire(
            code=code,
            audience=side.published,
            asked=side.asked,
            items=published.items_of(side.published),
        )
        campaign = create_campaign(
            code=code,
            name=f"{name}: {side.published}",
            audience=side.asked,
            scope=teams.root,
            questionnaire=asked.questionnaire,
        )
        _bring_in_side(campaign, asked, teams, published, side, closed_at, progress)
        campaigns.append(campaign)
    ex, cx = campaigns
    return create_pairing(code=name, name=name, ex=ex, cx=cx, period=Period.QUARTER)


def _campaign_code(pairing: str, side: Side) -> str:
    """Return the code of one side's campaign."""
    return f"{pairing}-{write_code(side.published)}"


def _bring_in_side(
    campaign: Campaign,
    asked: AskedQuestionnaire,
    teams: CountTeams,
    published: PublishedCounts,
    side: Side,
    closed_at: datetime,
    progress: Progress,
) -> None:
    """Launch the import wave of one side, fill it and close it."""
    progress.set_description(f"taking in {side.published}")
    wave = draft_wave(
        campaign=campaign,
        opens_at=closed_at - FIELDING,
        closes_at=closed_at,
        channel=Channel.IMPORT,
    )
    Wave.objects.filter(pk=wave.pk).update(counts_digest=published.digest)
    wave = launch_wave(wave_id=wave.pk, now=wave.opens_at)
    groups = dict(Group.objects.filter(wave=wave).values_list("code", "pk"))

    def answer_sets() -> Iterator[BoxContent]:
        for unit in published.units:
            group_id = groups[teams.codes[unit.code]]
            for person in lay_out_people(published.tallies.get((unit.code, side.published), {})):
                answers = {asked.item_codes[item]: value for item, value in person.items()}
                yield BoxContent(group_id, answers)

    bring_in(wave=wave, answer_sets=answer_sets(), now=closed_at, progress=progress)

"""Colleagues of the demo organisation about the teams that serve theirs: past waves, and a now."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np

from survey.campaigns.models import Campaign, Credential, Group, GroupArrow, Pairing, Wave
from survey.campaigns.services import (
    close_wave,
    create_campaign,
    draft_wave,
    launch_wave,
    open_due_waves,
    set_colleagues,
)
from survey.core.batches import in_batches
from survey.organization.models import Team
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.models import Audience
from survey.responses.models import Intake
from survey.responses.services import seal_answers
from survey.samples.demo_letters import write_colleagues_letter
from survey.samples.demo_questionnaires import find_questionnaire
from survey.samples.pipeline import finish_wave
from survey.samples.progress import Progress
from survey.samples.serving import list_planned
from survey.samples.simulation import NO_ANSWER, Sheet, draw_ratings
from survey.samples.truth import FloatArray, Truth

CODE = "between-teams"
SHARE_ANSWERED = 0.8
AT_ONCE = 500
OPENED, LASTS = timedelta(days=3), timedelta(days=14)

Wiring = dict[int, list[int]]  # by group the places of its arrows in the simulation


@dataclass(frozen=True, slots=True)
class RatedPast:
    """What is true of every arrow, (n_quarters, n_arrows), and the waves in which it was asked."""

    campaign: Campaign
    truth: Truth
    effects: FloatArray
    rng: np.random.Generator

    def live(
        self, quarter: int, opens_at: datetime, closes_at: datetime, progress: Progress
    ) -> None:
        """Launch a wave in the past, let most links be used, and see it through to its release.

        In the first quarters nobody was asked yet.
        """
        if quarter < len(self.effects) - self.truth.n_rated_quarters:
            return
        wave = draft_wave(campaign=self.campaign, opens_at=opens_at, closes_at=closes_at)
        wave.draw_seed = UUID(bytes=self.rng.bytes(16), version=4)  # who rates whom
        wave.save(update_fields=["draw_seed"])
        wave = launch_wave(wave_id=wave.pk, now=opens_at)
        progress.set_description(f"taking in {wave}")
        _rate(wave, self.truth, self.effects[quarter], self.rng)
        close_wave(wave_id=wave.pk, now=closes_at)
        finish_wave(wave=wave, now=closes_at, n_people=0, progress=progress)


def create_colleagues(*, pairing: Pairing, root: Team) -> Campaign:
    """Set up the campaign in which teams are rated by those they serve, beside a pairing."""
    campaign = create_campaign(
        code=CODE,
        name="Between teams",
        audience=Audience.COLLEAGUE,
        scope=root,
        questionnaire=find_questionnaire("colleagues"),
        letter=write_colleagues_letter(),
    )
    set_colleagues(pairing=pairing, colleague=campaign)
    return campaign


def open_colleague_wave(*, campaign: Campaign, now: datetime) -> Wave:
    """Ask colleagues since a few days ago; nobody has answered yet."""
    opened = now - OPENED
    wave = draft_wave(campaign=campaign, opens_at=opened, closes_at=opened + LASTS)
    wave = launch_wave(wave_id=wave.pk, now=opened)
    open_due_waves(now=opened)
    return wave


def _rate(wave: Wave, truth: Truth, effects: FloatArray, rng: np.random.Generator) -> None:
    """Spend most credentials, each for a sealed box about one arrow of its group."""
    wiring = _read_wiring(wave)
    unspent = Credential.objects.filter(wave=wave).order_by("group", "digest")
    links = [row for row in unspent.values_list("pk", "group_id") if rng.random() < SHARE_ANSWERED]
    rated = [int(rng.choice(wiring[group])) for _, group in links]
    sheet = draw_ratings(truth=truth, effects=effects[rated], rng=rng)
    groups = Group.objects.in_bulk({group for _, group in links})
    own = [groups[group] for _, group in links]
    Intake.objects.bulk_create(_boxes(wave, own, sheet), batch_size=AT_ONCE)
    for spent in in_batches((pk for pk, _ in links), AT_ONCE):
        Credential.objects.filter(pk__in=spent).update(is_spent=True)


def _read_wiring(wave: Wave) -> Wiring:
    places = {
        (one.provider_code, one.consumer_code): place for place, one in enumerate(list_planned())
    }
    wiring: Wiring = {}
    rows = GroupArrow.objects.filter(group__wave=wave)
    for group, provider, consumer in rows.values_list(
        "group_id", "provider__code", "consumer__code"
    ):
        wiring.setdefault(group, []).append(places[provider, consumer])
    return wiring


def _boxes(wave: Wave, groups: Sequence[Group], sheet: Sheet) -> Iterator[Intake]:
    for group, values in zip(groups, sheet.answers.tolist(), strict=True):
        answers = {
            item: None if value == NO_ANSWER else value
            for item, value in zip(sheet.items, values, strict=True)
        }
        read = ReadAnswers(answers=answers, texts={}, leaves={}, errors=())
        yield Intake(wave_id=wave.pk, box=seal_answers(wave=wave, group=group, answers=read).box)

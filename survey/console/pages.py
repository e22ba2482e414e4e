"""What the console's pages show: plain facts, so that a template asks the database nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from survey.campaigns.models import Campaign, Channel, Pairing, Schedule, Wave
from survey.campaigns.naming import name_wave
from survey.campaigns.rounds import RoundsAhead, rounds_ahead
from survey.campaigns.schedules import Round
from survey.campaigns.selectors import get_participation, list_waves
from survey.campaigns.shares import Share, step_of
from survey.console.rhythms import say_rhythm, say_rotation
from survey.console.states import WaveState, state_of
from survey.core.timestamps import local_date
from survey.questionnaires.models import Audience

N_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave in a list."""

    pk: int
    name: str
    number: int
    is_customers: bool
    is_colleagues: bool
    state: WaveState
    opens_at: datetime
    closes_at: datetime
    n_invited: int
    share: str
    is_import: bool
    is_open_links: bool
    n_counted: int | None

    @property
    def title(self) -> str:
        """Return what the wave is called."""
        return name_wave(campaign=self.name, number=self.number)

    @property
    def is_launched(self) -> bool:
        """Tell whether the wave has a page that is read, and not only steps that change it."""
        return self.state not in (WaveState.DRAFT, WaveState.PREPARING)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign in a list."""

    pk: int
    code: str
    name: str
    is_customers: bool
    is_colleagues: bool
    scope: str
    questionnaire: str
    n_waves: int
    last_opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class PairingRow:
    """Two campaigns that are compared."""

    name: str
    ex: str
    cx: str
    period: str


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """One campaign with its waves."""

    campaign: CampaignRow
    subject: str
    signer: str
    waves: tuple[WaveRow, ...]
    rhythm: str
    is_repeated: bool
    rounds: tuple[Round, ...]
    rotation: str


def list_wave_rows(*, now: datetime) -> tuple[WaveRow, ...]:
    """Return all waves, drafts first and then the newest first, in one query."""
    rows = [wave_row(wave, now) for wave in list_waves()]
    return tuple(sorted(rows, key=lambda row: row.state is not WaveState.DRAFT))


def list_campaign_rows() -> tuple[CampaignRow, ...]:
    """Return all campaigns by name, in two queries."""
    campaigns = list(_campaigns())
    waves = _waves_of(campaigns)
    return tuple(_campaign_row(campaign, waves) for campaign in campaigns)


def list_pairing_rows() -> tuple[PairingRow, ...]:
    """Return all pairings by name, in one query."""
    pairings = Pairing.objects.select_related("ex", "cx").order_by("name")
    return tuple(
        PairingRow(row.name, row.ex.name, row.cx.name, row.get_period_display()) for row in pairings
    )


def build_campaign_page(*, code: str, now: datetime) -> CampaignPage | None:
    """Return a campaign with its waves; None where nobody knows the code."""
    campaign = _campaigns().select_related("letter").filter(code=code).first()
    if campaign is None:
        return None
    letter = campaign.letter
    schedule = Schedule.objects.filter(campaign=campaign).select_related("campaign__scope").first()
    ahead = _rounds(schedule, now) if schedule and schedule.is_active else None
    return CampaignPage(
        campaign=_campaign_row(campaign, _waves_of([campaign])),
        subject=letter.subject if letter else "",
        signer=letter.signer_name if letter else "",
        waves=tuple(wave_row(wave, now) for wave in list_waves().filter(campaign=campaign)),
        rhythm=say_rhythm(schedule) if schedule else "",
        is_repeated=ahead is not None,
        rounds=ahead.rounds if ahead else (),
        rotation=say_rotation(ahead.n_rounds_for_all) if ahead else "",
    )


def wave_row(wave: Wave, now: datetime) -> WaveRow:
    """Return a wave as lists show it; its campaign has been read with it."""
    return WaveRow(
        pk=wave.pk,
        name=wave.campaign.name,
        number=wave.number,
        is_customers=wave.campaign.audience == Audience.CUSTOMER,
        is_colleagues=wave.campaign.audience == Audience.COLLEAGUE,
        state=state_of(wave, now),
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        n_invited=wave.n_invited,
        share=_say_share(wave),
        is_import=wave.channel == Channel.IMPORT,
        is_open_links=wave.channel == Channel.OPEN,
        n_counted=wave.n_counted,
    )


def _say_share(wave: Wave) -> str:
    rows = get_participation(wave=wave).rows
    top = next((row for row in rows if row.depth == 0), None)
    return Share.read(top.share, step=step_of(wave=wave, rows=rows)).text if top else ""


def _rounds(schedule: Schedule, now: datetime) -> RoundsAhead:
    return rounds_ahead(schedule=schedule, today=local_date(now), n=N_ROUNDS)


def _campaigns() -> QuerySet[Campaign]:
    return Campaign.objects.select_related("scope", "questionnaire").order_by("name", "pk")


def _waves_of(campaigns: Iterable[Campaign]) -> dict[int, tuple[int, datetime]]:
    """Return how many waves each campaign has, and when the last of them opens."""
    waves = Wave.objects.filter(campaign__in=list(campaigns)).order_by().values_list("campaign")
    rows = waves.annotate(n=Count("pk"), last=Max("opens_at"))
    return {campaign_id: (n, last) for campaign_id, n, last in rows}


def _campaign_row(campaign: Campaign, waves: Mapping[int, tuple[int, datetime]]) -> CampaignRow:
    n_waves, last_opens_at = waves.get(campaign.pk, (0, None))
    return CampaignRow(
        pk=campaign.pk,
        code=campaign.code,
        name=campaign.name,
        is_customers=campaign.audience == Audience.CUSTOMER,
        is_colleagues=campaign.audience == Audience.COLLEAGUE,
        scope=campaign.scope.name,
        questionnaire=str(campaign.questionnaire),
        n_waves=n_waves,
        last_opens_at=last_opens_at,
    )

"""What the console's pages show: plain facts, so that a template asks the database nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from survey.campaigns.models import Campaign, Channel, Pairing, Wave
from survey.campaigns.participation import ParticipationRow
from survey.campaigns.selectors import get_participation, list_waves
from survey.console.states import WaveState, state_of
from survey.questionnaires.models import Audience


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave in a list."""

    pk: int
    name: str
    number: int
    is_customers: bool
    state: WaveState
    opens_at: datetime
    closes_at: datetime
    n_invited: int
    share: str
    is_import: bool
    n_counted: int | None


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign in a list."""

    pk: int
    code: str
    name: str
    is_customers: bool
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


@dataclass(frozen=True, slots=True)
class Moment:
    """One date in a wave's life."""

    at: datetime
    what: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class WavePage:
    """A launched wave: how many answered and how its letters fare."""

    wave: WaveRow
    scope: str
    questionnaire: str
    threshold: int
    counted_date: date | None
    rows: tuple[tuple[ParticipationRow, int | None], ...]
    letters: Mapping[str, int]
    on_their_way: int
    can_close: bool
    can_withdraw: bool
    withdrawn_reason: str
    not_kept: str
    moments: tuple[Moment, ...]
    import_source: str
    pairing_codes: tuple[tuple[str, str], ...]


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
    return CampaignPage(
        campaign=_campaign_row(campaign, _waves_of([campaign])),
        subject=letter.subject if letter else "",
        signer=letter.signer_name if letter else "",
        waves=tuple(wave_row(wave, now) for wave in list_waves().filter(campaign=campaign)),
    )


def build_wave_page(*, wave: Wave, now: datetime) -> WavePage:
    """Return what may be told of a launched wave."""
    participation = get_participation(wave=wave)
    row = wave_row(wave, now)
    letters = _count_letters(wave)
    return WavePage(
        wave=row,
        scope=wave.campaign.scope.name,
        questionnaire=str(wave.questionnaire),
        threshold=wave.threshold,
        counted_date=participation.counted_date,
        rows=tuple((line, _percent(line.share)) for line in participation.rows),
        letters=letters,
        on_their_way=letters.get("queued", 0) + letters.get("sending", 0),
        can_close=row.state in (WaveState.OPEN, WaveState.SCHEDULED),
        can_withdraw=wave.withdrawn_at is None and wave.sealed_at is None,
        withdrawn_reason=wave.withdrawn_reason,
        not_kept=_say_not_kept(wave),
        moments=_moments(wave),
        import_source=_say_import_source(wave),
        pairing_codes=_pairing_codes(wave) if row.state is WaveState.SEALED else (),
    )


def wave_row(wave: Wave, now: datetime) -> WaveRow:
    """Return a wave as lists show it; its campaign has been read with it."""
    rows: Iterable[ParticipationRow] = get_participation(wave=wave).rows
    return WaveRow(
        pk=wave.pk,
        name=wave.campaign.name,
        number=wave.number,
        is_customers=wave.campaign.audience == Audience.CUSTOMER,
        state=state_of(wave, now),
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        n_invited=wave.n_invited,
        share=next((row.share for row in rows if row.depth == 0), ""),
        is_import=wave.channel == Channel.IMPORT,
        n_counted=wave.n_counted,
    )


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
        scope=campaign.scope.name,
        questionnaire=str(campaign.questionnaire),
        n_waves=n_waves,
        last_opens_at=last_opens_at,
    )


def _count_letters(wave: Wave) -> Mapping[str, int]:
    rows = wave.invitations.order_by().values_list("delivery__state").annotate(n=Count("pk"))
    return {(state or "none").lower(): n for state, n in rows}


def _say_not_kept(wave: Wave) -> str:
    """Return what the seal did not keep; how many answered is not told where it was too few."""
    if wave.sealed_at is None:
        return ""
    n_answered = (wave.n_counted if wave.n_spent is None else wave.n_spent) or 0
    if n_answered < wave.threshold:
        return f"Fewer than {wave.threshold} people answered, so nothing was kept."
    if not wave.n_discarded:
        return ""
    answers = "answer" if wave.n_discarded == 1 else "answers"
    return f"Not kept: {wave.n_discarded} {answers}, too few together or impossible to read."


def _moments(wave: Wave) -> tuple[Moment, ...]:
    """Return the wave's dates: what happened, and what is planned as long as it can happen."""
    is_import = wave.channel == Channel.IMPORT
    done = (
        (wave.launched_at, "Launched."),
        (wave.opened_at, "Opened." if is_import else "Opened; the letters went out."),
        (wave.closed_at, "Closed."),
        (wave.sealed_at, "Shuffled and sealed."),
        (wave.withdrawn_at, "Withdrawn."),
    )
    moments = [Moment(at, what, is_done=True) for at, what in done if at is not None]
    if wave.withdrawn_at is None and wave.closed_at is None:
        if wave.opened_at is None:
            moments.append(Moment(wave.opens_at, "Opens; the letters go out.", is_done=False))
        moments.append(Moment(wave.closes_at, "Closes.", is_done=False))
    return tuple(moments)


def _say_import_source(wave: Wave) -> str:
    """Return where an imported wave's answers come from; empty where people were asked."""
    if wave.channel != Channel.IMPORT:
        return ""
    source = "from published counts" if wave.counts_digest else "from a file"
    if wave.n_counted is None:
        return f"Brought in {source}."
    return f"Brought in {source}: {wave.n_counted} answer{'' if wave.n_counted == 1 else 's'}."


def _pairing_codes(wave: Wave) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of every comparison that the wave's figures go into."""
    paired = Pairing.objects.filter(Q(ex=wave.campaign_id) | Q(cx=wave.campaign_id))
    return tuple(paired.order_by("pk").values_list("code", "name"))


def _percent(share: str) -> int | None:
    """Return the length of a bar, where the share is a number and not an open end."""
    digits = share.removesuffix("%").strip()
    return int(digits) if digits.isdigit() else None

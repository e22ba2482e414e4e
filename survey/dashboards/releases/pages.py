"""The ledger: every release ever made and how its wave was run; no figure about anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from survey.aggregation.models import Release
from survey.campaigns.cuts import read_cuts
from survey.campaigns.models import Wave
from survey.campaigns.naming import title_of
from survey.core.periods import Period, period_name
from survey.core.timestamps import local_date
from survey.dashboards.measures import Measure, read_measures
from survey.questionnaires.families import Family, from_json
from survey.questionnaires.models import Audience

UNREAD = ("wave__participation", "wave__public_key", "supersedes__scales", "superseded_by__scales")


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release: when it was made, of how many groups, and what became of it."""

    wave: str
    month: str
    made_date: date
    checksum: str
    threshold: int
    n_shown: int
    n_hidden: int
    scales: tuple[str, ...]
    replaces: date | None
    replaced_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Measures that count the same people, and whether their questions are shown one by one."""

    names: tuple[str, ...]
    n_items: int
    shows_items: bool


@dataclass(frozen=True, slots=True)
class CutRow:
    """What else the figures of everybody together are told by, and its levels in their order."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaveRow:
    """How one wave was run."""

    name: str
    is_customers: bool
    is_colleagues: bool
    channel: str
    questionnaire: str
    threshold: int
    launched_date: date | None
    opens_date: date
    closed_date: date | None
    sealed_date: date | None
    withdrawn_date: date | None
    withdrawn_reason: str
    counts_digest: str
    families: tuple[FamilyRow, ...]
    cuts: tuple[CutRow, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """All releases and all launched waves, the newest first."""

    releases: tuple[ReleaseRow, ...]
    waves: tuple[WaveRow, ...]
    made_on: date | None


def build_ledger_page() -> LedgerPage:
    """Read the ledger; figures are not read at all."""
    releases = Release.objects.select_related(
        "wave__campaign", "supersedes", "superseded_by"
    ).defer(*UNREAD)
    waves = list(
        Wave.objects.filter(launched_at__isnull=False)
        .select_related("campaign", "questionnaire")
        .defer("participation", "public_key")
        .order_by("-launched_at", "-pk")
    )
    measures = read_measures(dict.fromkeys(wave.questionnaire_id for wave in waves))
    rows = tuple(_read_release(release) for release in releases.order_by("-made_at", "-pk"))
    return LedgerPage(
        releases=rows,
        waves=tuple(_read_wave(wave, measures) for wave in waves),
        made_on=max((row.made_date for row in rows), default=None),
    )


def _read_release(release: Release) -> ReleaseRow:
    newer: Release | None = getattr(release, "superseded_by", None)
    shown = [scale["n_groups"] for scale in release.scales.values()]
    return ReleaseRow(
        wave=title_of(release.wave),
        month=period_name(release.month_start, Period.MONTH) if release.month_start else "",
        made_date=local_date(release.made_at),
        checksum=release.checksum,
        threshold=release.wave.threshold,
        n_shown=max(shown, default=0),
        n_hidden=release.n_hidden,
        scales=tuple(sorted(release.scales)),
        replaces=local_date(release.supersedes.made_at) if release.supersedes else None,
        replaced_on=local_date(newer.made_at) if newer else None,
        reason=release.reason,
    )


def _read_wave(wave: Wave, measures: dict[str, Measure]) -> WaveRow:
    return WaveRow(
        name=title_of(wave),
        is_customers=wave.campaign.audience == Audience.CUSTOMER,
        is_colleagues=wave.campaign.audience == Audience.COLLEAGUE,
        channel=wave.get_channel_display(),
        questionnaire=str(wave.questionnaire),
        threshold=wave.threshold,
        launched_date=_day(wave.launched_at),
        opens_date=local_date(wave.opens_at),
        closed_date=_day(wave.closed_at),
        sealed_date=_day(wave.sealed_at),
        withdrawn_date=_day(wave.withdrawn_at),
        withdrawn_reason=wave.withdrawn_reason,
        counts_digest=wave.counts_digest,
        families=tuple(_read_families(from_json(wave.families), measures)),
        cuts=tuple(CutRow(cut.name, cut.levels) for cut in read_cuts(wave=wave)),
    )


def _read_families(families: Iterable[Family], measures: dict[str, Measure]) -> Iterable[FamilyRow]:
    for family in families:
        names = [measures[code].name if code in measures else code for code in family.scales]
        yield FamilyRow(tuple(names or [family.code]), len(family.items), family.shows_items)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else local_date(moment)

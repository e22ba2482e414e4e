"""The waves that a reader may know of, and which one of them a page is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.aggregation.models import Release
from survey.campaigns.models import Channel, Wave
from survey.campaigns.naming import title_of
from survey.campaigns.selectors import last_day
from survey.core.timestamps import local_date
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.reach import reached_campaigns
from survey.dashboards.trees import read_tree
from survey.questionnaires.models import Audience


class State(StrEnum):
    """Where a launched wave is."""

    COMING = "coming"
    OPEN = "open"
    CLOSED = "closed"
    SEALED = "sealed"

    @property
    def label(self) -> str:
        """Return the word of its chip."""
        return str(STATE_WORDS[self])


STATE_WORDS = {
    State.COMING: _("coming"),
    State.OPEN: _("open"),
    State.CLOSED: _("closed"),
    State.SEALED: _("sealed"),
}


@dataclass(frozen=True, slots=True)
class WaveLine:
    """One launched wave with the releases that count; the newest release is the last."""

    wave: Wave
    state: State
    last_date: date
    releases: tuple[Release, ...]

    @property
    def code(self) -> str:
        """Return what stands for it in an address."""
        return f"{self.wave.campaign.code}-{self.wave.number}"

    @property
    def name(self) -> str:
        """Return what people call it."""
        return title_of(self.wave)

    @property
    def is_customers(self) -> bool:
        """Say whether customers were asked."""
        return self.wave.campaign.audience == Audience.CUSTOMER

    @property
    def is_colleagues(self) -> bool:
        """Say whether teams were rated by those they serve, so that ratings are counted."""
        return self.wave.campaign.audience == Audience.COLLEAGUE

    @property
    def is_personal(self) -> bool:
        """Say whether people were asked by links of their own, so that there are shares."""
        return self.wave.channel == Channel.PERSONAL

    @property
    def made_date(self) -> date | None:
        """Return when the newest figures were made."""
        return local_date(self.releases[-1].made_at) if self.releases else None

    @property
    def n_shown(self) -> int:
        """Return how many groups the newest release shows."""
        return max((one["n_groups"] for one in self.releases[-1].scales.values()), default=0)

    @property
    def n_hidden(self) -> int:
        """Return how many groups the newest release does not show on some measure."""
        return self.releases[-1].n_hidden


def list_waves(*, reader: Reader, now: datetime) -> list[WaveLine]:
    """Return the launched waves of the campaigns in a reader's parts.

    Open ones come first, the soonest to close at their head, then the newest. What is stored of
    participation is not read.
    """
    campaigns = reached_campaigns(reader=reader, tree=read_tree())
    waves = (
        Wave.objects.launched()
        .filter(campaign__in=campaigns)
        .select_related("campaign", "questionnaire")
        .defer("participation", "families", "public_key")
        .order_by("-closes_at", "-pk")
    )
    releases = _list_releases(waves)
    lines = [_read(wave, now, releases.get(wave.pk, [])) for wave in waves]
    taking = [line for line in lines if line.state is State.OPEN]
    taking.sort(key=lambda line: line.wave.closes_at)
    return taking + [line for line in lines if line.state is not State.OPEN]


def choose_wave(lines: Iterable[WaveLine], wanted: str | None) -> tuple[WaveLine, Filter]:
    """Pick the wave that an address names, else the first; refuse one that is not there."""
    by_code = {line.code: line for line in lines}
    labels = {code: f"{line.name} ({line.state.label})" for code, line in by_code.items()}
    chosen = choose(wanted, labels)
    return by_code[chosen], build_filter("wave", gettext("Survey"), labels, chosen)


def wave_before(line: WaveLine, lines: Iterable[WaveLine]) -> WaveLine | None:
    """Return the last closed wave of the same campaign that had personal links, if any."""
    earlier = [
        one
        for one in lines
        if one.wave.campaign_id == line.wave.campaign_id
        and one.wave.closes_at < line.wave.closes_at
        and one.state in (State.CLOSED, State.SEALED)
        and one.is_personal
    ]
    return max(earlier, key=lambda one: one.wave.closes_at, default=None)


def last_released(line: WaveLine, lines: Iterable[WaveLine]) -> WaveLine | None:
    """Return the wave itself or the last before it in its campaign whose figures are made."""
    same = [
        one
        for one in lines
        if one.wave.campaign_id == line.wave.campaign_id
        and one.wave.closes_at <= line.wave.closes_at
        and one.releases
    ]
    return max(same, key=lambda one: one.wave.closes_at, default=None)


def _list_releases(waves: Iterable[Wave]) -> Mapping[int, list[Release]]:
    found: dict[int, list[Release]] = {}
    rows = Release.objects.filter(superseded_by=None, wave__in=list(waves))
    for release in rows.order_by("month_start", "pk"):
        found.setdefault(release.wave_id, []).append(release)
    return found


def _read(wave: Wave, now: datetime, releases: list[Release]) -> WaveLine:
    return WaveLine(
        wave, _state(wave, now), last_day(wave=wave, now=wave.closes_at), tuple(releases)
    )


def _state(wave: Wave, now: datetime) -> State:
    if wave.sealed_at is not None:
        return State.SEALED
    if wave.closed_at is not None or wave.closes_at <= now:
        return State.CLOSED
    return State.OPEN if wave.opens_at <= now else State.COMING

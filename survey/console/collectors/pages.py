"""Open links as HR sees them: plain facts, so that a template asks the database nothing."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.collectors import list_open_waves
from survey.campaigns.launch_problems import say_launch_problem
from survey.campaigns.models import Collector, CollectorKind, GroupKind, Wave
from survey.campaigns.naming import name_wave
from survey.campaigns.selectors import content_of, last_day
from survey.console.states import WaveState, state_of
from survey.questionnaires.pages import estimate_minutes

ROUTES = {CollectorKind.QR: "answering:open", CollectorKind.KIOSK: "answering:kiosk"}


@dataclass(frozen=True, slots=True)
class OpenWaveRow:
    """One wave of open links in a list."""

    pk: int
    name: str
    number: int
    scope: str
    state: WaveState
    last_date: date
    n_codes: int
    n_tablets: int

    @property
    def title(self) -> str:
        """Return what the wave is called."""
        return name_wave(campaign=self.name, number=self.number)


@dataclass(frozen=True, slots=True)
class OpenLinkRow:
    """One open link: its code, its address, and whether it takes answers."""

    code: str
    address: str
    is_active: bool

    @property
    def short_address(self) -> str:
        """Return the address as people type it."""
        return self.address.partition("://")[2]


@dataclass(frozen=True, slots=True)
class TeamLinks:
    """The open links of one team."""

    code: str
    name: str
    above: str
    qr: OpenLinkRow | None
    kiosk: OpenLinkRow | None


@dataclass(frozen=True, slots=True)
class LinksPage:
    """All open links of a wave."""

    wave: OpenWaveRow
    questionnaire: str
    threshold: int
    problem: str
    teams: tuple[TeamLinks, ...]
    can_change: bool
    has_tablets: bool
    n_printable: int

    @property
    def is_being_made(self) -> bool:
        """Tell whether the worker has yet to make the links."""
        return self.wave.state is WaveState.PREPARING


@dataclass(frozen=True, slots=True)
class Sheet:
    """Codes to print: one team on a page."""

    wave: OpenWaveRow
    size: str
    teams: tuple[TeamLinks, ...]
    n_questions: int
    minutes: int

    @property
    def invitation(self) -> str:
        """Return what stands below a code."""
        return say_invitation(n_questions=self.n_questions, minutes=self.minutes)


def list_rows(*, now: datetime) -> tuple[OpenWaveRow, ...]:
    """Return all waves of open links, the newest first, in one query."""
    waves = list_open_waves().annotate(
        n_codes=_count(CollectorKind.QR), n_tablets=_count(CollectorKind.KIOSK)
    )
    return tuple(_row(wave, now, wave.n_codes, wave.n_tablets) for wave in waves)


def build_links_page(*, wave: Wave, now: datetime) -> LinksPage:
    """Return the open links of a wave, team by team."""
    teams = _teams(wave)
    active = [link for team in teams for link in (team.qr, team.kiosk) if link and link.is_active]
    n_tablets = sum(team.kiosk in active for team in teams if team.kiosk)
    row = _row(wave, now, len(active) - n_tablets, n_tablets)
    return LinksPage(
        wave=row,
        questionnaire=str(wave.questionnaire),
        threshold=wave.threshold,
        problem=say_launch_problem(wave),
        teams=teams,
        can_change=row.state in (WaveState.OPEN, WaveState.SCHEDULED),
        has_tablets=any(team.kiosk for team in teams),
        n_printable=row.n_codes,
    )


def build_sheet(*, wave: Wave, size: str, team: str, now: datetime) -> Sheet:
    """Return the codes that are switched on, of one team or of all."""
    printable = [one for one in _teams(wave) if one.qr is not None and one.qr.is_active]
    chosen = tuple(one for one in printable if team in ("", one.code))
    content = content_of(wave=wave)
    return Sheet(
        wave=_row(wave, now, len(chosen), 0),
        size=size,
        teams=chosen,
        n_questions=len(content.items),
        minutes=estimate_minutes(content),
    )


def say_invitation(*, n_questions: int, minutes: int) -> str:
    """Return how many questions wait behind a code, and how long they take."""
    questions = ngettext("%(n)s short question", "%(n)s short questions", n_questions)
    takes = ngettext("about a minute", "about %(n)s minutes", minutes)
    return _("Scan it and tell us: %(questions)s, %(takes)s. No name, no app.") % {
        "questions": questions % {"n": n_questions},
        "takes": takes % {"n": minutes},
    }


def address_of(collector: Collector) -> str:
    """Return the whole address behind a code."""
    base: str = settings.BASE_URL
    route = ROUTES[CollectorKind(collector.kind)]
    return base + reverse(route, args=[collector.code])


def _count(kind: str) -> Count:
    of_kind = Q(collectors__kind=kind, collectors__is_active=True)
    return Count("collectors", filter=of_kind)


def _row(wave: Wave, now: datetime, n_codes: int, n_tablets: int) -> OpenWaveRow:
    return OpenWaveRow(
        pk=wave.pk,
        name=wave.campaign.name,
        number=wave.number,
        scope=wave.campaign.scope.name,
        state=state_of(wave, now),
        last_date=last_day(wave=wave, now=wave.closes_at),
        n_codes=n_codes,
        n_tablets=n_tablets,
    )


def _teams(wave: Wave) -> tuple[TeamLinks, ...]:
    links = _links(wave)
    groups = wave.groups.filter(kind=GroupKind.TEAM).select_related("parent")
    return tuple(
        TeamLinks(
            code=group.code,
            name=group.name,
            above=group.parent.name if group.parent else "",
            qr=links[group.pk].get(CollectorKind.QR),
            kiosk=links[group.pk].get(CollectorKind.KIOSK),
        )
        for group in groups.order_by("parent__name", "name", "pk")
    )


def _links(wave: Wave) -> Mapping[int, dict[str, OpenLinkRow]]:
    found: dict[int, dict[str, OpenLinkRow]] = defaultdict(dict)
    for row in Collector.objects.filter(wave=wave):
        found[row.group_id][row.kind] = OpenLinkRow(row.code, address_of(row), row.is_active)
    return found

"""What the participation page shows, worked out before the template sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.campaigns.models import Wave
from survey.campaigns.participation import SMALLEST_SHOWN, ParticipationRow
from survey.campaigns.shares import FEW_VOICES, Share
from survey.dashboards.access import Reader
from survey.dashboards.filters import INDENT, Filter, build_filter, choose
from survey.dashboards.moments import Moment, describe_moment
from survey.dashboards.ordering import natural
from survey.dashboards.participation.groups import (
    Stored,
    find_homes,
    read_shares,
    read_shares_before,
    read_stored,
    visible_rows,
)
from survey.dashboards.participation.headlines import say_share
from survey.dashboards.participation.health import GATES, Gate, ScaleHealth, read_health
from survey.dashboards.participation.waves import (
    State,
    WaveLine,
    choose_wave,
    last_released,
    list_waves,
    wave_before,
)
from survey.organization.models import Team


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group: how many of it were asked, which share answered, and which the wave before."""

    code: str
    name: str
    n_invited: int
    share: Share
    before: Share | None
    is_part: bool
    has_below: bool


@dataclass(frozen=True, slots=True)
class OpenWave:
    """A wave that takes answers, with the share of the widest part that a reader may see."""

    line: WaveLine
    part: str
    share: Share | None


OF_STORED = ("participation", "threshold", "channel", "campaign__audience",
             "campaign__arrows_per_person", "campaign__scope__code")  # fmt: skip


@dataclass(frozen=True, slots=True)
class ParticipationPage:
    """Everything on the page; no wave where none asked in the reader's parts."""

    lines: tuple[WaveLine, ...]
    open_waves: tuple[OpenWave, ...] = ()
    line: WaveLine | None = None
    before: WaveLine | None = None
    counted_date: date | None = None
    part: GroupRow | None = None
    rows: tuple[GroupRow, ...] = ()
    health_of: WaveLine | None = None
    health: tuple[ScaleHealth, ...] = ()
    moments: tuple[Moment, ...] = ()
    filters: tuple[Filter, ...] = ()
    why: str = ""  # this wave, where nobody chose one
    smallest: int = SMALLEST_SHOWN
    few_voices: int = FEW_VOICES
    gates: tuple[Gate, ...] = tuple(GATES.values())

    @property
    def sealed(self) -> list[WaveLine]:
        """Return the waves that take no answers any more."""
        return [line for line in self.lines if line.state in (State.CLOSED, State.SEALED)]

    @property
    def headline(self) -> str:
        """Say in a sentence how many answered."""
        if self.line is None or self.part is None:
            return _("How many answered is not shown here.")
        return say_share(
            self.part.share,
            n_asked=self.part.n_invited,
            who=self.line.wave.campaign.audience,
            is_open=self.line.state is State.OPEN,
        )

    @property
    def address(self) -> str:
        """Return the query that leads here."""
        chosen = {
            one.name: option.value
            for one in self.filters
            for option in one.options
            if option.is_chosen
        }
        return "?" + urlencode(chosen)


def build_participation_page(
    *, reader: Reader, wanted: Mapping[str, str], now: datetime
) -> ParticipationPage:
    """Build the page about the wave and the part that an address names, for one reader."""
    lines = list_waves(reader=reader, now=now)
    if not lines:
        return ParticipationPage(())
    stored = _read_stored(_open(lines))
    rows = visible_rows(reader=reader, stored=list(stored.values()))
    usual, why = _find_usual(lines, rows)
    line, waves_filter = choose_wave(lines, wanted.get("wave") or usual.code)
    before = wave_before(line, lines)
    rest = _read_stored([one for one in (line, before) if one and one.wave.pk not in stored])
    stored, rows = stored | rest, rows | visible_rows(reader=reader, stored=list(rest.values()))
    of_wave, own = stored[line.wave.pk], rows[line.wave.pk]
    homes = find_homes(wave=line.wave, rows=own)
    part, part_filter = _choose_part(own, homes, wanted.get("part"), reader)
    listed = [row for row in own if row.code == part or homes[row.code] == part]
    codes = [row.code for row in listed]
    earlier: dict[str, Share] = {}
    if before is not None and codes:
        earlier = read_shares_before(
            wave=line.wave,
            before=stored[before.wave.pk],
            codes=codes,
            rows=rows[before.wave.pk],
        )
    groups = _build_rows(listed, part, read_shares(stored=of_wave, rows=listed), earlier, homes)
    of_part = next((row for row in groups if row.is_part), None) or _only(groups)
    health_of = last_released(line, lines)
    return ParticipationPage(
        lines=tuple(lines),
        open_waves=tuple(
            _summarise(one, stored[one.wave.pk], rows[one.wave.pk]) for one in _open(lines)
        ),
        line=line,
        before=before,
        counted_date=of_wave.counted_date,
        part=of_part,
        rows=groups,
        health_of=health_of,
        health=_read_health(reader, health_of, line, of_part),
        moments=(_describe_moment(line, health_of, lines, now),),
        filters=(waves_filter, *([part_filter] if part_filter else [])),
        why="" if wanted.get("wave") else why,
    )


def _find_usual(
    lines: Sequence[WaveLine], rows: Mapping[int, Sequence[ParticipationRow]]
) -> tuple[WaveLine, str]:
    """Return the wave that the page opens on, and why: the widest open one, else the last closed.

    The widest is that which asked the most people in any group that the reader may see.
    """
    taking = _open(lines)
    if not taking:
        closed = (line for line in lines if line.state in (State.CLOSED, State.SEALED))
        return next(closed, lines[0]), ""
    asked = {
        line.code: max((row.n_invited for row in rows[line.wave.pk]), default=0) for line in taking
    }
    widest = max(taking, key=lambda line: asked[line.code])
    return widest, _explain_usual(len(taking)) if len(taking) > 1 else ""


def _explain_usual(n_open: int) -> str:
    told = ngettext(
        "Of the %(n)s surveys open now, this one asks the most people who are in your reach.",
        "Of the %(n)s surveys open now, this one asks the most people who are in your reach.",
        n_open,
    )
    return told % {"n": n_open}


def _describe_moment(
    line: WaveLine, made: WaveLine | None, lines: Sequence[WaveLine], now: datetime
) -> Moment:
    campaign = line.wave.campaign
    coming = [
        one.wave
        for one in lines
        if one.wave.campaign_id == campaign.pk and one.state is not State.SEALED
    ]
    following = min(coming, key=lambda wave: wave.closes_at, default=None)
    return describe_moment(campaign, made.made_date if made else None, following, now)


def _open(lines: Sequence[WaveLine]) -> list[WaveLine]:
    return [line for line in lines if line.state is State.OPEN]


def _read_stored(lines: Sequence[WaveLine]) -> dict[int, Stored]:
    """Read what is stored of participation of these waves only: of large ones it is large."""
    ids = {line.wave.pk for line in lines}
    waves = Wave.objects.select_related("campaign__scope").only(*OF_STORED).in_bulk(ids)
    return {pk: read_stored(wave) for pk, wave in waves.items()}


def _choose_part(
    rows: Sequence[ParticipationRow], homes: Mapping[str, str], wanted: str | None, reader: Reader
) -> tuple[str, Filter | None]:
    """Pick the part whose groups are listed: the wanted one, else the widest.

    A part that the reader leads but this wave does not list, as after a change of the survey
    alone, counts as none wanted.
    """
    above = set(homes.values())
    parts = [row for row in rows if row.code in above]
    n_tops = sum(not home for home in homes.values())
    least = min((row.depth for row in parts), default=0)
    labels = {"": _("Everything that is open to you")} if n_tops != 1 or not parts else {}
    labels |= {row.code: INDENT * (row.depth - least) + row.name for row in parts}
    if wanted and wanted not in labels and _leads(reader, wanted):
        wanted = None
    part = choose(wanted, labels)
    return part, build_filter(
        "part", _("Part of the organisation"), labels, part
    ) if parts else None


def _leads(reader: Reader, code: str) -> bool:
    team = Team.objects.filter(code=code).only("pk").first()
    return team is not None and reader.compares(team.pk)


def _build_rows(
    rows: Sequence[ParticipationRow],
    part: str,
    shares: Mapping[str, Share],
    before: Mapping[str, Share],
    homes: Mapping[str, str],
) -> tuple[GroupRow, ...]:
    """Return the part itself and then the groups right below it, by name."""
    above = set(homes.values())
    ordered = sorted(rows, key=lambda row: (row.code != part, natural(row.name), row.code))
    return tuple(
        GroupRow(
            code=row.code,
            name=row.name,
            n_invited=row.n_invited,
            share=shares[row.code],
            before=before.get(row.code),
            is_part=row.code == part,
            has_below=row.code in above,
        )
        for row in ordered
    )


def _only(rows: Sequence[GroupRow]) -> GroupRow | None:
    return rows[0] if len(rows) == 1 else None


def _summarise(line: WaveLine, stored: Stored, rows: Sequence[ParticipationRow]) -> OpenWave:
    if not rows:
        return OpenWave(line, "", None)
    widest = min(rows, key=lambda row: (row.depth, -row.n_invited))
    return OpenWave(line, widest.name, read_shares(stored=stored, rows=[widest])[widest.code])


def _read_health(
    reader: Reader, health_of: WaveLine | None, line: WaveLine, part: GroupRow | None
) -> tuple[ScaleHealth, ...]:
    """Describe the scales of the newest figures; a part's share counts for its own wave only."""
    if health_of is None:
        return ()
    release = health_of.releases[-1]
    release.wave = health_of.wave
    share = part.share if part is not None and health_of is line else None
    return tuple(read_health(reader=reader, release=release, share=share))

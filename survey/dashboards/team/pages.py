"""The page of one team, gathered in one call so that the template fires no query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.aggregation.following import read_followed
from survey.aggregation.models import Release
from survey.campaigns.models import GroupKind
from survey.core.timestamps import local_date
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter, UnknownChoiceError, build_filter
from survey.dashboards.moments import Moment, read_moments
from survey.dashboards.team.chart import Figure, draw_steadiness
from survey.dashboards.team.choosing import Choice, choose_unit
from survey.dashboards.team.divided import Divided, find_divided
from survey.dashboards.team.guesses import Apart, find_apart
from survey.dashboards.team.hidden import Hidden, list_hidden
from survey.dashboards.team.kinds import Kinds, find_kinds
from survey.dashboards.team.leads import name_leads
from survey.dashboards.team.promised import Promised, read_promised
from survey.dashboards.team.sentences import write_changes, write_headline
from survey.dashboards.team.serving import Serving, read_serving
from survey.dashboards.team.side import Said, Side, build_sides
from survey.dashboards.team.steadiness import Steadiness, build_steadiness, list_tracked
from survey.dashboards.team.words import Words, read_words
from survey.followup.playbacks import OpenDraft, overdue_of
from survey.organization.models import Team

KINDS = {
    GroupKind.POOL: _("small teams counted together"),
    GroupKind.DIRECT: _("people who belong to the part itself"),
}


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """A team of the reader's that no released wave has asked about."""

    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A measure over time, and the figure that draws it."""

    steadiness: Steadiness
    figure: Figure

    @property
    def code(self) -> str:
        """Return the code of the measure, as an address names it."""
        return self.steadiness.measure.code


@dataclass(frozen=True, slots=True)
class TeamPage:
    """Everything that the page says about one unit in one period."""

    choice: Choice
    members: tuple[str, ...]  # of a pool, by name
    leads: tuple[str, ...]
    filters: tuple[Filter, ...]
    headline: tuple[str, ...]
    changes: tuple[str, ...]
    sides: tuple[Side, ...]
    kinds: tuple[Kinds, ...]
    apart: tuple[Apart, ...]
    divided: tuple[Divided, ...]
    chart: Chart | None
    words: tuple[Words, ...]
    promised: Promised
    serving: Serving
    hidden: tuple[Hidden, ...]
    awaited: tuple[OpenDraft, ...]  # what people have not been told in time
    moments: tuple[Moment, ...]
    address: str

    @property
    def name(self) -> str:
        """Return what the unit is called."""
        return self.choice.stay.name

    @property
    def kind(self) -> str:
        """Return what the unit is, where it is no plain team."""
        return str(KINDS.get(GroupKind(self.choice.followed.unit.kind), ""))

    @property
    def is_pool(self) -> bool:
        """Say whether several small teams are counted together."""
        return self.choice.followed.unit.kind == GroupKind.POOL

    @property
    def read_releases(self) -> list[Release]:
        """Return all releases that figures of this page come from."""
        compared = {one.pk: one for one in self.choice.compared_releases}
        over_time = self.chart.steadiness.releases if self.chart else ()
        return list((compared | {one.pk: one for one in over_time}).values())

    @property
    def shown(self) -> list[Side]:
        """Return the sides that show something."""
        return [side for side in self.sides if side.lines]


def build_team_page(
    *, reader: Reader, code: str, wanted: Mapping[str, str], now: datetime
) -> TeamPage | EmptyPage:
    """Gather the page that a reader asked for; what is not theirs raises UnknownChoiceError."""
    choice = choose_unit(reader=reader, code=code, wanted=wanted)
    if choice is None:
        team = Team.objects.filter(code=code).first()
        if team is None or not reader.opens([team.pk]):
            raise UnknownChoiceError(code)
        return EmptyPage(team.name)
    tracked = list_tracked(choice)
    names = {code: one.name for code, one in tracked.items()}
    steady = _pick_measure(wanted.get("measure", ""), names)
    said = read_followed(
        followed=choice.followed,
        releases=choice.compared_releases,
        steady=steady,
        steady_in=choice.releases_until(tracked[steady].campaign) if steady else [],
    )
    chart = _draw(build_steadiness(choice, tracked[steady], said)) if steady else None
    return _gather(
        choice,
        said,
        chart,
        build_filter("measure", gettext("Over time"), names, steady),
        reader,
        now,
    )


def _pick_measure(wanted: str, names: Mapping[str, str]) -> str:
    """Return the wanted measure, else the first: after a change of surveys it may not be asked."""
    return wanted if wanted in names else next(iter(names), "")


def _gather(
    choice: Choice,
    said: Said,
    chart: Chart | None,
    over_time: Filter,
    reader: Reader,
    now: datetime,
) -> TeamPage:
    sides = build_sides(choice, said)
    source = choice.source
    moments = read_moments(
        campaigns=source.campaigns, period=source.period, start=choice.start, now=now
    )
    changes = (write_changes(side, since=choice.period_before) for side in sides)
    return TeamPage(
        choice=choice,
        members=_name_members(choice),
        leads=_name_leads(choice, now),
        filters=(*choice.filters, *([over_time] if over_time.options else [])),
        headline=tuple(write_headline(sides)),
        changes=tuple(change for change in changes if change),
        sides=sides,
        kinds=tuple(kinds for side in sides for kinds in find_kinds(side)),
        apart=tuple(find_apart(sides)),
        divided=tuple(divided for side in sides for divided in find_divided(side)),
        chart=chart,
        words=read_words(sides, group_ids=choice.group_ids),
        promised=read_promised(
            reader=reader,
            team_ids=choice.followed.unit.team_ids,
            sides=sides,
            today=local_date(now),
        ),
        serving=read_serving(
            source=source,
            start=choice.start,
            team_ids=choice.followed.unit.team_ids,
            reader=reader,
        ),
        awaited=overdue_of(
            campaign_ids=[one.pk for one in source.campaigns], today=local_date(now)
        ),
        hidden=list_hidden(choice, sides, moments, opens=reader.opens),
        moments=moments,
        address=choice.address(**({"measure": chart.code} if chart else {})),
    )


def _draw(steadiness: Steadiness | None) -> Chart | None:
    return Chart(steadiness, draw_steadiness(steadiness)) if steadiness else None


def _name_leads(choice: Choice, now: datetime) -> tuple[str, ...]:
    """Name who leads a team; a pool has several teams, each with leads of its own."""
    unit = choice.followed.unit
    if unit.kind == GroupKind.POOL:
        return ()
    return name_leads(team_ids=unit.team_ids, today=local_date(now))


def _name_members(choice: Choice) -> tuple[str, ...]:
    """Name the teams of a pool; a team alone needs no such list."""
    unit = choice.followed.unit
    if unit.kind != GroupKind.POOL:
        return ()
    teams = Team.objects.filter(pk__in=unit.team_ids).order_by("name")
    return tuple(teams.values_list("name", flat=True))

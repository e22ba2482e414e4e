"""The newest released figures of somebody's own parts, each in one sentence.

The sentence is about the first scale that is held against the other side, and says of a change
only what its margin bears.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.accounts.models import Grant, Role, User
from survey.aggregation.models import Figure, Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.selectors import current_releases
from survey.aggregation.wordings import list_reworded
from survey.campaigns.models import GroupKind
from survey.campaigns.selectors import content_of
from survey.core.periods import Period, period_name
from survey.core.timestamps import local_date
from survey.organization.models import Team
from survey.questionnaires.models import Audience
from survey.statistics.changes import difference

LOOK_BACK = timedelta(days=400)  # of a yearly survey the last two
FEWEST_COMPARED = 10  # of fewer, who joined or left can make the whole difference
UNREAD = ("scales", "cuts", "wave__participation", "wave__public_key")
SCORED = {  # by whether they are staff
    True: gettext_lazy("Staff score %(what)s %(figure)s out of 100."),
    False: gettext_lazy("Customers score %(what)s %(figure)s out of 100."),
}
MOVED = {
    1: gettext_lazy("That is higher than in %(before)s."),
    0: gettext_lazy("No clear change since %(before)s."),
    -1: gettext_lazy("That is lower than in %(before)s."),
}
ENDS = {"high": gettext_lazy("95 or more"), "low": gettext_lazy("5 or less")}


@dataclass(frozen=True, slots=True)
class Part:
    """A team of somebody's, or a whole part with the teams below it that they lead (is_led)."""

    code: str
    name: str
    is_led: bool
    has_teams: bool = False


@dataclass(frozen=True, slots=True)
class Brief:
    """What one side of one part said last in a survey, when, and since which day it is read."""

    part: Part
    is_staff: bool
    month: date
    made_date: date
    sentence: str
    survey: str


Key = tuple[int, str]  # a release and the code of a part
Told = Mapping[Key, Mapping[str, Figure]]  # by metric


def list_parts(*, user: User) -> tuple[Part, ...]:
    """Return the parts and teams that an account leads, by name."""
    roles = (Role.LEADER, Role.TEAM_LEAD)
    grants = Grant.objects.filter(user=user, role__in=roles).select_related("team")
    grants = grants.annotate(has_teams=Exists(Team.objects.filter(parent=OuterRef("team"))))
    found: dict[str, Part] = {}
    for grant in grants.order_by("team__name", "pk"):
        if grant.team is not None:
            known = found.get(grant.team.code)
            is_led = grant.role == Role.LEADER or (known is not None and known.is_led)
            team = grant.team
            found[team.code] = Part(team.code, team.name, is_led, has_teams=grant.has_teams)
    return tuple(found.values())


def whole_organisation() -> tuple[Part, ...]:
    """Return what stands above everything, for those who see everything."""
    roots = Team.objects.filter(parent=None, closed_date=None).order_by("name", "pk")
    return tuple(Part(team.code, team.name, is_led=True, has_teams=True) for team in roots)


def brief(*, parts: Sequence[Part], now: datetime) -> tuple[Brief, ...]:
    """Tell the newest figures of some parts, part by part, staff first; in three queries."""
    releases = _read_releases(now)
    told = _read_figures(releases, parts)
    return tuple(
        found
        for part in parts
        for audience in (Audience.EMPLOYEE, Audience.CUSTOMER)
        for of_campaign in _by_campaign(releases, audience)
        if (found := _brief(part, of_campaign, told)) is not None
    )


def _read_releases(now: datetime) -> list[Release]:
    """Return the releases of about a year, the newest first."""
    rows = current_releases().exclude(wave__campaign__audience=Audience.COLLEAGUE)
    rows = rows.filter(made_at__gt=now - LOOK_BACK).select_related("wave__campaign").defer(*UNREAD)
    return sorted(rows, key=_place, reverse=True)


def _place(release: Release) -> tuple[date, datetime, int]:
    return _month_of(release), closing_moment(release.wave), release.pk


def _read_figures(releases: Sequence[Release], parts: Collection[Part]) -> Told:
    """Return what the releases say of the first scales of some parts: a team's own, or a node's."""
    own = Q(group__kind=GroupKind.TEAM, group__code__in=[part.code for part in parts])
    led = Q(
        group__kind=GroupKind.NODE, group__code__in=[part.code for part in parts if part.is_led]
    )
    metrics = {code for one in releases for code in _first_scales(one)}
    rows = Figure.objects.filter(own | led, release__in=releases, metric__in=metrics)
    told: dict[Key, dict[str, Figure]] = defaultdict(dict)
    for figure in rows.select_related("group"):
        told[figure.release_id, figure.group.code][figure.metric] = figure
    return told


def _by_campaign(releases: Sequence[Release], audience: str) -> list[list[Release]]:
    found: dict[int, list[Release]] = defaultdict(list)
    for one in releases:
        if one.wave.campaign.audience == audience:
            found[one.wave.campaign_id].append(one)
    return list(found.values())


def _brief(part: Part, releases: Sequence[Release], told: Told) -> Brief | None:
    """Tell of the newest release that shows the part, beside the one before that shows it."""
    shown = [one for one in releases if told.get((one.pk, part.code))]
    if not shown:
        return None
    newest, figures = shown[0], told[shown[0].pk, part.code]
    metric = next(code for code in _first_scales(newest) if code in figures)
    before = next(_earlier(metric, shown, told, part), None)
    return Brief(
        part=part,
        is_staff=newest.wave.campaign.audience == Audience.EMPLOYEE,
        month=_month_of(newest),
        made_date=local_date(newest.made_at),
        sentence=_write(newest, figures[metric], before),
        survey=newest.wave.campaign.name,
    )


def _earlier(
    metric: str, shown: Sequence[Release], told: Told, part: Part
) -> Iterator[tuple[Release, Figure]]:
    newest = shown[0]
    for one in shown[1:]:
        figure = told[one.pk, part.code].get(metric)
        asked = (one.wave.questionnaire_id, newest.wave.questionnaire_id)
        if figure is not None and metric not in list_reworded(asked):
            yield one, figure


def _write(release: Release, figure: Figure, before: tuple[Release, Figure] | None) -> str:
    is_staff = release.wave.campaign.audience == Audience.EMPLOYEE
    scales = {scale.code: scale.phrase for scale in content_of(wave=release.wave).scales}
    words = {"what": _("“%(words)s”") % {"words": scales[figure.metric]}, "figure": _print(figure)}
    sentence = str(SCORED[is_staff]) % words
    moved = None if before is None else _find_direction(before[1], figure)
    if before is None or moved is None:
        return sentence
    when = period_name(_month_of(before[0]), Period.MONTH)
    return f"{sentence} {str(MOVED[moved]) % {'before': when}}"


def _print(figure: Figure) -> str:
    """Print a figure in whole numbers with its margins, as sentences do."""
    if end := ENDS.get(figure.detail.get("end", "")):
        return str(end)
    if figure.low is None or figure.high is None:
        return f"{figure.mean:.0f}"
    said = {"mean": f"{figure.mean:.0f}", "low": f"{figure.low:.0f}", "high": f"{figure.high:.0f}"}
    return _("%(mean)s (between %(low)s and %(high)s)") % said


def _find_direction(before: Figure, now: Figure) -> int | None:
    """Say where a figure went; None where too few answered, or no margin is known."""
    if min(before.n, now.n) < FEWEST_COMPARED:
        return None
    found = difference(before.mean, now.mean, first_se=before.se, second_se=now.se)
    return None if found.low is None else found.direction


def _first_scales(release: Release) -> list[str]:
    """Return the scales that are held against the other side, in the order asked."""
    scales = content_of(wave=release.wave).linked_scales
    return [one.code for one in scales if not one.mirrors and one.method != "RECOMMEND"]


def _month_of(release: Release) -> date:
    return find_period(release, Period.MONTH)

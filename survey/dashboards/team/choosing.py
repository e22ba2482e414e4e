"""Which unit, which surveys and which period a team page is about, within what may be read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from survey.aggregation.following import Followed, Stay, follow_code
from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period
from survey.aggregation.selectors import current_releases
from survey.campaigns.models import Campaign
from survey.core.periods import Period, period_name
from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.sources import Source, arrange_sources
from survey.questionnaires.models import Audience

Releases = dict[int, dict[date, list[Release]]]  # of a unit, by campaign and period, oldest first
FIRST = date.min
READ = (
    *("month_start", "made_at", "checksum", "wave__number", "wave__questionnaire"),
    *("wave__closes_at", "wave__closed_at", "wave__campaign__code", "wave__campaign__name"),
    *("wave__campaign__audience", "wave__campaign__scope", "wave__scale_codes"),
)
A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Choice:
    """A unit in one pair of surveys: the period read, the one before, and all its releases."""

    source: Source
    followed: Followed
    start: date
    before: date | None
    releases: Releases
    neighbours: Mapping[int, tuple[Stay, ...]]  # by campaign: others with teams of this unit, then
    filters: tuple[Filter, ...]

    @property
    def stay(self) -> Stay:
        """Return the group that the unit was last."""
        return next(iter(self.followed.stays.values()))

    @property
    def period(self) -> str:
        """Return the name of the period read."""
        return period_name(self.start, self.source.period)

    @property
    def period_before(self) -> str:
        """Return the name of the period it is compared with, if there is one."""
        return period_name(self.before, self.source.period) if self.before else ""

    @property
    def group_ids(self) -> list[int]:
        """Return the groups that the unit was, wave by wave."""
        return [stay.group_id for stay in self.followed.stays.values()]

    @property
    def compared_releases(self) -> list[Release]:
        """Return what all sides released about the unit in the period and the one before."""
        return [
            one
            for periods in self.releases.values()
            for start, several in periods.items()
            if start in (self.start, self.before)
            for one in several
        ]

    def releases_of(self, campaign: Campaign, start: date | None) -> list[Release]:
        """Return what a campaign released about the unit in a period."""
        return self.releases[campaign.pk].get(start, []) if start else []

    def releases_until(self, campaign: Campaign) -> list[Release]:
        """Return what a campaign released about the unit up to the period read, oldest first."""
        periods = self.releases[campaign.pk].items()
        return [one for start, several in periods if start <= self.start for one in several]

    def address(self, **changes: str) -> str:
        """Return the query of this page with some choices changed."""
        now = {"pairing": self.source.code, "period": self.start.isoformat()}
        if self.before is not None:
            now["compare"] = self.before.isoformat()
        return "?" + urlencode(now | changes)


def choose_unit(*, reader: Reader, code: str, wanted: Mapping[str, str]) -> Choice | None:
    """Pick what an address names, else the newest; None where the code names nothing to read.

    A choice that is not there for this reader raises UnknownChoiceError.
    """
    releases = _read_releases()
    waves = list(dict.fromkeys(release.wave_id for release in releases))
    units = follow_code(code=code, wave_ids=waves)
    units = [one for one in units if reader.opens(one.unit.team_ids)]
    stood = {wave for one in units for wave in one.stays}
    campaigns = {r.wave.campaign_id: r.wave.campaign for r in releases if r.wave_id in stood}
    sources = {source.code: source for source in arrange_sources(campaigns)}
    if not sources:
        return None
    source = sources[choose(wanted.get("pairing"), dict.fromkeys(sources, ""))]
    return _choose_periods(sources, source, releases, units, wanted)


def _choose_periods(
    sources: Mapping[str, Source],
    source: Source,
    all_releases: Sequence[Release],
    units: Sequence[Followed],
    wanted: Mapping[str, str],
) -> Choice:
    """Pick the period, the unit that stood in it, and what it is compared with."""
    found = [(one, _arrange(all_releases, source, one.stays)) for one in units]
    starts = sorted({day for _, releases in found for day in _starts(releases)}, reverse=True)
    names = {day.isoformat(): period_name(day, source.period) for day in starts}
    usual = _prefer(starts, [releases for _, releases in found])
    start = date.fromisoformat(choose(wanted.get("period") or usual.isoformat(), names))
    followed, releases = next(one for one in found if start in _starts(one[1]))
    if wanted.get("compare"):
        choose(wanted["compare"], names)
    others = {stay.wave_id for stay in followed.others}
    earlier = [day for day in sorted(_starts(releases), reverse=True) if day < start]
    before = _choose_before(wanted.get("compare", ""), earlier, releases, start)
    return Choice(
        source=source,
        followed=followed,
        start=start,
        before=before,
        releases=releases,
        neighbours=_find_neighbours(followed, _arrange(all_releases, source, others), start),
        filters=tuple(
            build_filter(name, label, there, chosen)
            for name, label, there, chosen in (
                ("pairing", _("Surveys"), _names(sources), source.code),
                ("period", Period(source.period).label.capitalize(), names, start.isoformat()),
                ("compare", _("Compare with"), _pick(names, earlier), str(before or "")),
            )
            if len(there) > (name == "pairing")
        ),
    )


def _read_releases() -> list[Release]:
    releases = current_releases().exclude(wave__campaign__audience=Audience.COLLEAGUE)
    releases = releases.select_related("wave__campaign").only(*READ)
    return sorted(releases, key=lambda one: (closing_moment(one.wave), one.month_start or FIRST))


def _arrange(releases: Sequence[Release], source: Source, waves: Collection[int]) -> Releases:
    """Return what some waves released by campaign and period; of two waves of staff the later."""
    found: Releases = {campaign.pk: {} for campaign in source.campaigns}
    for one in releases:
        if one.wave_id in waves and one.wave.campaign_id in found:
            periods = found[one.wave.campaign_id]
            start = find_period(one, source.period)
            is_staff = one.wave.campaign.audience == Audience.EMPLOYEE
            periods[start] = [one] if is_staff else [*periods.get(start, []), one]
    return found


def _find_neighbours(
    followed: Followed, releases: Releases, start: date
) -> dict[int, tuple[Stay, ...]]:
    waves = {pk: {one.wave_id for one in found.get(start, [])} for pk, found in releases.items()}
    return {
        pk: tuple(stay for stay in followed.others if stay.wave_id in of_period)
        for pk, of_period in waves.items()
    }


def _starts(releases: Releases) -> set[date]:
    return {start for periods in releases.values() for start in periods}


def _prefer(starts: Sequence[date], found: Sequence[Releases]) -> date:
    """Return the newest period of the last year in which most sides were asked."""
    recent = [day for day in starts if starts[0] - day <= A_YEAR]
    return max(recent, key=lambda day: (max(_count_sides(one, day) for one in found), day))


def _count_sides(releases: Releases, start: date) -> int:
    return sum(start in periods for periods in releases.values())


def _choose_before(
    wanted: str, earlier: Sequence[date], releases: Releases, start: date
) -> date | None:
    """Return the wanted earlier period, else the last in which most of the same sides were asked.

    One that is not earlier, as after a change of the period alone, counts as none wanted.
    """
    for day in earlier:
        if day.isoformat() == wanted:
            return day
    now = {pk: periods for pk, periods in releases.items() if start in periods}
    return max(earlier, key=lambda day: (_count_sides(now, day), day), default=None)


def _names(sources: Mapping[str, Source]) -> dict[str, str]:
    return {code: source.name for code, source in sources.items()}


def _pick(names: Mapping[str, str], days: Sequence[date]) -> dict[str, str]:
    return {day.isoformat(): names[day.isoformat()] for day in days}

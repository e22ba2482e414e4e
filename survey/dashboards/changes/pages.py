"""What changed since somebody last looked."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from survey.accounts.selectors import last_look
from survey.aggregation.models import Release
from survey.aggregation.periods import closing_moment, find_period
from survey.campaigns.models import Campaign, Pairing
from survey.core.periods import Period
from survey.core.timestamps import local_date
from survey.dashboards.access import Reader
from survey.dashboards.changes.moves import Compared, Move, read_moves
from survey.dashboards.changes.news import LARGE, News, read_news
from survey.dashboards.changes.shown import ShownChange, read_shown
from survey.dashboards.changes.verdicts import VerdictChange, read_verdicts
from survey.dashboards.reach import reached_campaigns
from survey.dashboards.sources import ALONE
from survey.dashboards.trees import read_tree

WITHOUT_A_LOOK = timedelta(days=30)
BY_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class ChangesPage:
    """Everything on the page; until is the moment up to which it looked."""

    since: date
    has_looked: bool
    until: datetime
    may_record: bool
    news: News
    compared: tuple[Compared, ...]
    shown: tuple[ShownChange, ...]
    verdicts: tuple[VerdictChange, ...]

    @property
    def moves(self) -> list[Move]:
        """Return everything that moved by more than its margin."""
        return [move for one in self.compared for move in one.moves]

    @property
    def n_compared(self) -> int:
        """Return how many measures and parts were compared with their margins."""
        return sum(one.n_compared for one in self.compared)

    @property
    def n_by_chance(self) -> int:
        """Return how many of them chance alone would call moved, rounded."""
        return round(BY_CHANCE * self.n_compared)

    @property
    def headline(self) -> str:
        """Say in a sentence what is new."""
        if not (len(self.news) or self.verdicts):
            since = date_format(self.since, _("j F Y"))
            return _("Nothing new since %(day)s.") % {"day": since}
        said = [_say_made(len(self.news.made))]
        if self.compared:
            said.append(_say_moved(len(self.moves)))
        if self.verdicts:
            said.append(_say_verdicts(len(self.verdicts)))
        sentence = _("; ").join(said)
        return f"{sentence[0].upper()}{sentence[1:]}."


def build_changes_page(*, reader: Reader, now: datetime) -> ChangesPage:
    """Collect what is new for a reader since their own last look, else in the last 30 days."""
    looked_at = last_look(user=reader.user)
    since = looked_at or now - WITHOUT_A_LOOK
    tree = read_tree()
    campaigns = reached_campaigns(reader=reader, tree=tree)
    news = read_news(campaigns=campaigns, since=since)
    history = _read_history([release.wave.campaign_id for release in news.releases])
    sources = _read_sources(campaigns)
    return ChangesPage(
        since=local_date(since),
        has_looked=looked_at is not None,
        until=now,
        may_record=reader.seen_as is None,
        news=news,
        compared=tuple(
            read_moves(
                reader=reader,
                campaigns=campaigns,
                periods={pk: _last_period(sources[pk][1], of) for pk, of in history.items()},
                released=history,
                sources={pk: code for pk, (code, _) in sources.items()},
                tree=tree,
            )
        ),
        shown=tuple(read_shown(reader=reader, pairs=_pair_up(campaigns, history))),
        verdicts=tuple(read_verdicts(reader=reader, since=since, tree=tree)),
    )


def _read_history(campaign_ids: Sequence[int]) -> dict[int, list[Release]]:
    """Return the releases that count of some campaigns, oldest first."""
    releases = Release.objects.filter(
        wave__campaign__in=campaign_ids, superseded_by=None, wave__withdrawn_at=None
    )
    found: dict[int, list[Release]] = defaultdict(list)
    rows = releases.select_related("wave").defer(
        *(name for name in LARGE if "supersedes" not in name)
    )
    for release in sorted(rows, key=_place):
        found[release.wave.campaign_id].append(release)
    return dict(found)


def _place(release: Release) -> tuple[datetime, date]:
    return closing_moment(release.wave), release.month_start or date.min


def _read_sources(campaigns: Sequence[Campaign]) -> dict[int, tuple[str, str]]:
    """Return by campaign what pages call its surveys, and whether it is read by month."""
    sources = {one.pk: (f"{ALONE}{one.code}", str(Period.QUARTER)) for one in campaigns}
    pairings = Pairing.objects.order_by("-pk").values_list("ex", "cx", "code", "period")
    for ex, cx, code, period in pairings:
        sources |= dict.fromkeys((ex, cx), (code, period))
    return sources


def _last_period(length: str, releases: Sequence[Release]) -> tuple[str, date]:
    return length, max(find_period(release, length) for release in releases)


def _pair_up(
    campaigns: Sequence[Campaign], history: dict[int, list[Release]]
) -> list[tuple[Campaign, Release, Release]]:
    return [
        (campaign, history[campaign.pk][-1], history[campaign.pk][-2])
        for campaign in campaigns
        if len(history.get(campaign.pk, ())) > 1
    ]


def _say_made(n: int) -> str:
    if not n:
        return _("no new sets of figures")
    return ngettext("%(n)s new set of figures", "%(n)s new sets of figures", n) % {"n": n}


def _say_moved(n: int) -> str:
    if not n:
        return _("nothing moved by more than its margin")
    told = ngettext(
        "%(n)s thing moved by more than the margin",
        "%(n)s things moved by more than the margin",
        n,
    )
    return told % {"n": n}


def _say_verdicts(n: int) -> str:
    return ngettext("%(n)s verdict changed", "%(n)s verdicts changed", n) % {"n": n}

"""The first page of whoever reads figures: what needs them, what is new, and what comes next.

It asks the same number of questions whatever there is, and shows released figures only.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from survey.campaigns.models import Campaign, Wave
from survey.core.timestamps import local_date
from survey.dashboards.access import MAY_READ_TEAMS, Reader
from survey.dashboards.home.places import Place, list_places
from survey.dashboards.moments import describe_moment
from survey.dashboards.reach import reached_campaigns
from survey.dashboards.trees import read_tree
from survey.followup.briefing import Brief, Part, brief, list_parts, whole_organisation
from survey.followup.commitments import (
    Promise,
    PromiseCounts,
    count_promises,
    list_commitments,
)
from survey.followup.digests import wants_digests
from survey.followup.models import CommitmentState
from survey.followup.needs import Need, list_needs
from survey.questionnaires.models import Audience

MOST_PROMISES = 4
MOST_COMING = 6


@dataclass(frozen=True, slots=True)
class News:
    """What was last released of one part, and where it is read in full."""

    name: str
    address: str
    briefs: tuple[Brief, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A day that is to come, and what happens on it."""

    day: date
    what: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """Everything on the page of a reader; one who tries out a role sees nobody's needs."""

    needs: tuple[Need, ...]
    news: tuple[News, ...]
    counts: PromiseCounts
    promises: tuple[Promise, ...]
    coming: tuple[Coming, ...]
    places: tuple[Place, ...]
    leads: bool
    is_seen_as: bool
    gets_digest: bool

    @property
    def has_figures(self) -> bool:
        """Say whether anything was released of the reader's parts."""
        return any(one.briefs for one in self.news)

    @property
    def first_figures(self) -> Coming | None:
        """Return when figures come next, where something asks."""
        return self.coming[0] if self.coming else None


def build_home(*, reader: Reader, now: datetime) -> HomePage | None:
    """Return the first page of whoever reads figures; None for those who read none."""
    if reader.scope.roles.isdisjoint(MAY_READ_TEAMS):
        return None
    today = local_date(now)
    user = reader.seen_as.user if reader.seen_as else reader.user
    own = list_parts(user=user)
    parts = whole_organisation() if reader.scope.sees_everything else own
    promises = list_commitments(team_ids=reader.team_ids, today=today)
    return HomePage(
        needs=_list_needs(reader, now),
        news=tuple(_tell_news(parts, brief(parts=parts, now=now))),
        counts=count_promises(promises),
        promises=_choose_open(promises),
        coming=_list_coming(reached_campaigns(reader=reader, tree=read_tree()), now),
        places=list_places(reader.scope.roles),
        leads=bool(own),
        is_seen_as=reader.seen_as is not None,
        gets_digest=wants_digests(user=user),
    )


def _list_needs(reader: Reader, now: datetime) -> tuple[Need, ...]:
    """Return what waits for the reader; calls and promises of another are not for trying out.

    Writers wait for those who lead their teams, and not for an analyst.
    """
    if reader.seen_as is not None:
        return ()
    return list_needs(user=reader.user, team_ids=reader.scope.past_team_ids, now=now)


def _tell_news(parts: Sequence[Part], briefs: Collection[Brief]) -> Iterator[News]:
    for part in parts:
        yield News(
            name=part.name,
            address=_address_of(part),
            briefs=tuple(one for one in briefs if one.part == part),
        )


def _address_of(part: Part) -> str:
    if part.is_led and part.has_teams:
        return f"{reverse('dashboards:overview')}?scope={part.code}"
    return reverse("dashboards:team", args=[part.code])


def _choose_open(promises: Collection[Promise]) -> tuple[Promise, ...]:
    found = [one for one in promises if one.state == CommitmentState.PROMISED]
    return tuple(found[:MOST_PROMISES])


def _list_coming(campaigns: Sequence[Campaign], now: datetime) -> tuple[Coming, ...]:
    """Return when surveys of the reader's parts open, and when their next figures come."""
    asked = [one for one in campaigns if one.audience != Audience.COLLEAGUE]
    waves = Wave.objects.launched().filter(campaign__in=asked, sealed_at=None, withdrawn_at=None)
    waves = waves.defer("participation", "families", "public_key").order_by("closes_at")
    by_id = {campaign.pk: campaign for campaign in asked}
    found = [_tell(by_id[wave.campaign_id], wave, now) for wave in waves]
    return tuple(sorted(found, key=lambda one: (one.day, one.what))[:MOST_COMING])


def _tell(campaign: Campaign, wave: Wave, now: datetime) -> Coming:
    names = {"campaign": campaign.name}
    if wave.opens_at > now:
        return Coming(local_date(wave.opens_at), _("%(campaign)s opens.") % names)
    moment = describe_moment(campaign, None, wave, now)
    day = moment.next_date or local_date(wave.closes_at)
    if moment.is_at_close:
        return Coming(day, _("%(campaign)s closes; its figures follow.") % names)
    return Coming(day, _("New figures of %(campaign)s, if enough customers have answered.") % names)

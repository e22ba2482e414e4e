"""Where a page's figures come from: the two sides of a pairing, or one campaign by itself."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from survey.aggregation.models import Standing
from survey.campaigns.models import Campaign, Pairing, Wave
from survey.core.periods import Period
from survey.dashboards.access import Reader
from survey.questionnaires.models import Audience

ALONE = "alone:"


@dataclass(frozen=True, slots=True)
class Source:
    """A staff campaign, a customer campaign, or both, read by month or quarter."""

    code: str
    name: str
    period: str
    staff: Campaign | None
    customers: Campaign | None
    pairing: Pairing | None = None

    @property
    def campaigns(self) -> list[Campaign]:
        """Return the campaigns there are, staff first."""
        return [campaign for campaign in (self.staff, self.customers) if campaign is not None]


def list_sources(*, reader: Reader) -> list[Source]:
    """Return what a reader can look at, pairings first, then campaigns that stand alone.

    A campaign counts once it shows figures of a part that the reader may compare, or of anything
    at all to a team lead, whose page then says what there is of their own team.
    """
    return arrange_sources(_shown_campaigns(reader))


def arrange_sources(shown: Mapping[int, Campaign]) -> list[Source]:
    """Return the pairings that some campaigns (by id) are part of, then those that stand alone.

    Pairings of which both sides show figures come first. One with a survey that is still being
    drafted is a plan: leaders do not see it, nor one that shows nothing another does not.
    """
    planned = Wave.objects.values("campaign").annotate(n=Count("launched_at")).filter(n=0)
    plans = set(planned.values_list("campaign", flat=True)) - shown.keys()
    known = Pairing.objects.select_related("ex__scope", "cx__scope").order_by("name", "pk")
    stand = [pairing for pairing in known if not _sides(pairing) & plans]
    pairings = [pairing for pairing in stand if _sides(pairing) <= shown.keys()]
    compared = {side for pairing in pairings for side in _sides(pairing)}
    half = [pairing for pairing in stand if pairing not in pairings]
    pairings += [pairing for pairing in half if (_sides(pairing) & shown.keys()) - compared]
    paired = {side for pairing in pairings for side in _sides(pairing)}
    alone = [campaign for campaign in shown.values() if campaign.pk not in paired]
    sources = [_pair(pairing) for pairing in pairings]
    return sources + [_alone(campaign) for campaign in sorted(alone, key=lambda one: one.name)]


def _shown_campaigns(reader: Reader) -> dict[int, Campaign]:
    standings = Standing.objects.all()
    if not (reader.scope.sees_everything or reader.scope.own_team_ids):
        standings = standings.filter(scope__in=reader.scope.led_team_ids)
    ids = standings.values_list("campaign", flat=True).distinct()
    return {one.pk: one for one in Campaign.objects.filter(pk__in=ids).select_related("scope")}


def _sides(pairing: Pairing) -> set[int]:
    return {pairing.ex_id, pairing.cx_id}


def _pair(pairing: Pairing) -> Source:
    return Source(pairing.code, pairing.name, pairing.period, pairing.ex, pairing.cx, pairing)


def _alone(campaign: Campaign) -> Source:
    is_staff = campaign.audience == Audience.EMPLOYEE
    return Source(
        code=f"{ALONE}{campaign.code}",
        name=campaign.name,
        period=str(Period.QUARTER),
        staff=campaign if is_staff else None,
        customers=None if is_staff else campaign,
    )

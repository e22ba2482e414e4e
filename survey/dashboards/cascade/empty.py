"""What is said where there is no cascade yet: what is missing, and who can do something."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from survey.accounts.models import Role
from survey.aggregation.periods import closing_moment
from survey.campaigns.models import Pairing, Wave
from survey.core.timestamps import local_date
from survey.dashboards.access import Reader
from survey.linkage.models import CascadeStudy
from survey.organization.serving import list_arrows
from survey.statistics.cascade import FEWEST_EDGES


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """Nothing to show; says how far the organisation is.

    closes_on is when the next wave among colleagues closes, after which figures come.
    """

    n_services: int
    has_colleagues: bool
    has_cascades: bool
    closes_on: date | None
    may_add: bool
    fewest: int = FEWEST_EDGES

    @property
    def services_address(self) -> str:
        """Return where it is noted who serves whom."""
        return reverse("console:services:home")

    @property
    def is_short(self) -> bool:
        """Say whether fewer teams serve each other than a chain needs."""
        return self.n_services < self.fewest


def build_empty_page(*, reader: Reader, now: datetime) -> EmptyPage:
    """Look what there is of what a cascade needs."""
    asked = Pairing.objects.filter(colleague__isnull=False).values("colleague")
    waves = Wave.objects.launched().filter(campaign__in=asked, sealed_at=None)
    wave = waves.order_by("closes_at").first()
    return EmptyPage(
        n_services=len(list_arrows(today=local_date(now))),
        has_colleagues=asked.exists(),
        has_cascades=CascadeStudy.objects.exists(),
        closes_on=local_date(closing_moment(wave)) if wave else None,
        may_add=Role.HR in reader.scope.roles,
    )

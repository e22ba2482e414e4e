"""The serving teams that one person's link asks about, found without any row that joins them."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from survey.campaigns.links import place_token
from survey.campaigns.models import Credential, Group, GroupArrow
from survey.campaigns.models.campaign import MOST_ARROWS
from survey.core.tokens import digest_token


@dataclass(frozen=True, slots=True)
class LinkArrow:
    """One rating that a link may give: its own credential, its group and the team it is about."""

    credential: Credential
    group: Group
    provider_name: str


def find_arrows(*, token: str) -> tuple[LinkArrow, ...]:
    """Return the ratings behind a link in order of place; only its holder can tell them."""
    digests = [digest_token(place_token(token=token, place=i)) for i in range(MOST_ARROWS)]
    about = GroupArrow.objects.filter(group=OuterRef("group")).order_by("pk")
    rows = (
        Credential.objects.filter(digest__in=digests)
        .select_related("group")
        .annotate(provider_name=Subquery(about.values("provider__name")[:1]))
    )
    arrows = [LinkArrow(row, row.group, row.provider_name or row.group.name) for row in rows]
    return tuple(sorted(arrows, key=lambda arrow: digests.index(arrow.credential.digest)))

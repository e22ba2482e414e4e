"""Questions about teams and memberships, in the words people use."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from tree_queries.query import TreeQuerySet

if TYPE_CHECKING:
    from survey.organization.models import Membership, Service, Team


class TeamQuerySet(TreeQuerySet, models.QuerySet["Team"]):  # type: ignore[misc]
    """Teams, with the tree in one query through `with_tree_fields`."""

    def open_on(self, day: date) -> Self:
        """Keep the teams that exist on a day."""
        opened = Q(opened_date__isnull=True) | Q(opened_date__lte=day)
        not_closed = Q(closed_date__isnull=True) | Q(closed_date__gt=day)
        return self.filter(opened, not_closed)

    def under(self, team: "Team") -> Self:
        """Keep a team and everything below it."""
        below: Self = self.descendants(team, include_self=True)
        return below

    def above(self, team: "Team") -> Self:
        """Keep a team and everything it stands below, from the top downwards."""
        way_down: Self = self.ancestors(team, include_self=True)
        return way_down


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships on a day."""

    def active_on(self, day: date) -> Self:
        """Keep the memberships that hold on a day."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gt=day), active_from__lte=day)


class ServiceQuerySet(models.QuerySet["Service"]):
    """Who serves whom on a day."""

    def active_on(self, day: date) -> Self:
        """Keep the services that are given on a day."""
        return self.filter(Q(active_to__isnull=True) | Q(active_to__gt=day), active_from__lte=day)

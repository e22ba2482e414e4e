"""Promises by whether they have been made, in words."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from survey.followup.models import Commitment


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Commitments that are made, or only written into a draft."""

    def made(self) -> Self:
        """Leave out those of drafts: nobody has been promised anything yet."""
        return self.filter(is_draft=False)

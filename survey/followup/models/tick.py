"""When the product last went round."""

from django.db import models
from django.db.models import Q


class Tick(models.Model):
    """The last round of the timetable, in the one row there is; to the minute."""

    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="tick_is_one", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.noted_at:%Y-%m-%d %H:%M}"

"""Answers on their way in, sealed, and at rest.

Nothing here tells when, in which order, over which address or by whom an answer came.
"""

import uuid

from django.db import models
from django.db.models import Q

from survey.campaigns.models import Group, Wave
from survey.questionnaires.models import PlaybackLeave


class Intake(models.Model):
    """One sealed box, padded, which only the wave's private key opens.

    Where a wave declares cuts, a second box holds their values, without the group.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="intakes")
    box = models.BinaryField()
    cut_box = models.BinaryField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)


class CutBox(models.Model):
    """What a customer's cut values and numbers are, sealed again as their cell was opened.

    It waits for the end of the month in which it is counted, under the wave's key; the row says
    neither whose it is nor of which team or cell.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="cut_boxes")
    box = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)


class Cell(models.Model):
    """At least k customers' answers of one group, opened together on a day."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="cells")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="cells")
    number = models.PositiveIntegerField()
    sealed_date = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="cell_number_once", fields=["wave", "group", "number"]),
        ]

    def __str__(self) -> str:
        return f"{self.group} cell {self.number}"


class Response(models.Model):
    """One returned questionnaire, as it lies after the seal, in random order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="responses")
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="responses")
    cell = models.ForeignKey(
        Cell, null=True, blank=True, on_delete=models.CASCADE, related_name="responses"
    )
    answers = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["wave", "group"])]

    def __str__(self) -> str:
        return str(self.id)


class Comment(models.Model):
    """Somebody's own words, apart from every score."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="comments")
    item_code = models.CharField(max_length=80)
    text = models.TextField(max_length=1500)
    leave = models.CharField(
        max_length=8, choices=PlaybackLeave.choices, default=PlaybackLeave.NONE
    )
    return_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="comment_is_found_by_one_key",
                fields=["return_digest"],
                condition=~Q(return_digest=""),
            ),
            models.CheckConstraint(
                name="comment_leave_is_known", condition=Q(leave__in=PlaybackLeave.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

"""Words that are played back as they were told, with leave."""

import uuid

from django.db import models
from django.db.models import Q

from survey.organization.models import Team
from survey.responses.models import Comment


class Story(models.Model):
    """A released comment that somebody chose to play back, word for word or not at all.

    It holds no words of its own: they are the comment's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comment = models.OneToOneField(Comment, on_delete=models.CASCADE, related_name="story")
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="stories"
    )
    dedication = models.CharField(max_length=200, blank=True)  # "To the person at the desk"
    is_on_heard_page = models.BooleanField(default=False)
    has_no_names = models.BooleanField(default=False)  # somebody looked, where leave says so
    chosen_date = models.DateField()
    chosen_by = models.CharField(max_length=200)
    hidden_date = models.DateField(null=True, blank=True)
    hidden_by = models.CharField(max_length=200, blank=True)
    hidden_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="story_hidden_has_a_reason",
                condition=Q(hidden_date__isnull=True) | ~Q(hidden_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

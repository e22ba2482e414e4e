"""At most two reminders of a wave; everybody has a row, so that none tells who has answered."""

from django.db import models
from django.db.models import Q

from survey.campaigns.models.invitation import Invitation
from survey.campaigns.models.wave import Wave
from survey.letters.models import Letter

MOST_REMINDERS = 2


class Reminder(models.Model):
    """One reminder of a wave: other words, the same person, only to links nobody has used."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    due_date = models.DateField()  # at the letters' time of day, in everybody's own time zone
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="reminders")
    stopped_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminder_number_once", fields=["wave", "number"]),
            models.CheckConstraint(
                name="reminder_at_most_two",
                condition=Q(number__gte=1, number__lte=MOST_REMINDERS),
            ),
        ]

    def __str__(self) -> str:
        return f"reminder {self.number} of {self.wave}"


class ReminderRow(models.Model):
    """That somebody's turn for a reminder comes and has come, whether or not they got one."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="rows")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="reminders")
    due_at = models.DateTimeField()
    is_done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="reminder_row_once", fields=["reminder", "invitation"]),
        ]
        indexes = [models.Index(fields=["is_done", "due_at"])]

    def __str__(self) -> str:
        return f"{self.reminder}"

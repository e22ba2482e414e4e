"""Letters that somebody sent to themselves to see what others will get."""

from django.db import models

from survey.campaigns.models.wave import Wave
from survey.letters.models import Delivery


class TrialLetter(models.Model):
    """A wave's letter, sent to whoever writes it; its links lead to no answers."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE, related_name="trial_letters")
    delivery = models.OneToOneField(Delivery, on_delete=models.CASCADE, related_name="trial_letter")

    def __str__(self) -> str:
        return f"trial letter of {self.wave}"

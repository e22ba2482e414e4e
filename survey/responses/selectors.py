"""What the other parts ask about answers on their way in."""

from survey.responses.models import Intake


def count_waiting_boxes() -> int:
    """Return how many answers wait for their seal, of all waves together."""
    return Intake.objects.count()

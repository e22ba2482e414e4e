"""How often a campaign asks, in words."""

from django.utils.formats import date_format

from survey.campaigns.models import Rhythm, Schedule

UNITS: dict[str, str] = {Rhythm.WEEK: "week", Rhythm.MONTH: "month", Rhythm.QUARTER: "quarter"}


def say_rotation(n_rounds: int) -> str:
    """Return in how many rounds everybody sees everything."""
    if n_rounds == 1:
        return "Each person sees all items in every round."
    return f"Each person sees all items every {n_rounds} rounds."


def say_rhythm(schedule: Schedule) -> str:
    """Return how often a campaign asks, in words."""
    unit = UNITS[schedule.rhythm]
    often = f"every {unit}" if schedule.every == 1 else f"every {schedule.every} {unit}s"
    first = date_format(schedule.first_date, "j F Y")
    return f"{often.capitalize()} from {first} on, letters at {schedule.letters_time:%H:%M}"

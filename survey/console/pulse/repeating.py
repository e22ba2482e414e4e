"""Waves that follow each other by themselves: how often, when not, and how much each asks."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Campaign, Rhythm, Schedule, Wave
from survey.campaigns.rounds import RoundsAhead, rotation_of, rounds_ahead
from survey.console.rhythms import say_rotation

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

REPEATED = ("rhythm", "every", "skip_dates", "holiday_country", "scales_per_round")
RHYTHMS = [
    ("", _("Only this once")),
    (Rhythm.WEEK, _("By weeks")),
    (Rhythm.MONTH, _("By months")),
    (Rhythm.QUARTER, _("By quarters")),
]
N_SHOWN = 5


def day_field(label: "StrOrPromise", *, required: bool = True) -> forms.DateField:
    """Return a field for a day, as browsers offer a calendar for it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def time_field(label: "StrOrPromise", *, required: bool = True) -> forms.TimeField:
    """Return a field for a time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class RepeatFields(forms.Form):
    """How often a survey is repeated, if it is."""

    rhythm = forms.ChoiceField(label=_("Repeat it"), choices=RHYTHMS, required=False)
    every = forms.IntegerField(label=_("Every how many"), min_value=1, max_value=52, required=False)
    skip_dates = forms.CharField(
        label=_("Never begin on"),
        max_length=1000,
        required=False,
        help_text=_("Days such as 2026-12-24, with commas between."),
    )
    holiday_country = forms.CharField(
        label=_("Nor on public holidays of"),
        max_length=8,
        required=False,
        help_text=_("Such as GB, or DE-BY for a part of a country."),
    )
    scales_per_round = forms.IntegerField(
        label=_("Scales in each round"),
        min_value=1,
        max_value=50,
        required=False,
        help_text=_("Empty: all. Fewer make each round shorter; they take turns."),
    )

    def clean_skip_dates(self) -> list[date]:
        """Read the days, and name the one that is none."""
        days = []
        for part in self.cleaned_data["skip_dates"].replace(",", " ").split():
            try:
                days.append(date.fromisoformat(part))
            except ValueError:
                wrong = gettext("“%(words)s” is not a day such as 2026-12-24.") % {"words": part}
                raise forms.ValidationError(wrong) from None
        return sorted(set(days))


def repeat_initial(*, wave: Wave) -> dict[str, Any]:
    """Return what the form of the repetition starts from, for a draft."""
    schedule = Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).first()
    if schedule is None:
        return {"rhythm": "", "every": 1}
    return {
        "rhythm": schedule.rhythm,
        "every": schedule.every,
        "skip_dates": ", ".join(schedule.skip_dates),
        "holiday_country": schedule.holiday_country,
        "scales_per_round": schedule.scales_per_round,
    }


def schedule_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a valid form says of the repetition, as `set_schedule` takes it."""
    return {
        "rhythm": data["rhythm"],
        "every": data["every"] or 1,
        "first_date": data["letters_date"],
        "letters_time": data["letters_time"],
        "open_days": max(1, (data["closes_date"] - data["letters_date"]).days),
        "skip_dates": data["skip_dates"],
        "holiday_country": data["holiday_country"].upper(),
        "scales_per_round": data["scales_per_round"],
    }


def coming_rounds(*, schedule: Schedule, today: date) -> RoundsAhead:
    """Return the next five rounds after the first, saved or not."""
    ahead = rounds_ahead(schedule=schedule, today=today, n=N_SHOWN + 1)
    later = [one for one in ahead.rounds if one.planned_date != schedule.first_date]
    return RoundsAhead(tuple(later[:N_SHOWN]), ahead.n_rounds_for_all)


def saved_rounds(*, wave: Wave, today: date) -> RoundsAhead | None:
    """Return the rounds after a draft as its campaign has them; None where it has no rhythm."""
    schedule = Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).first()
    return coming_rounds(schedule=schedule, today=today) if schedule else None


def saved_rotation(*, wave: Wave) -> str:
    """Return in how many rounds everybody sees everything; empty where nothing is repeated."""
    schedule = Schedule.objects.filter(campaign=wave.campaign_id, is_active=True).first()
    return say_rotation(rotation_of(schedule=schedule).n_rounds) if schedule else ""


def unsaved_schedule(*, campaign: Campaign, values: Mapping[str, Any]) -> Schedule:
    """Return a schedule that is only looked at."""
    days = [day.isoformat() for day in values["skip_dates"]]
    return Schedule(campaign=campaign, **{**values, "skip_dates": days})

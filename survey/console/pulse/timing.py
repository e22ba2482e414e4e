"""When people are asked: the form of the fourth step, and the days a template starts with."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from survey.campaigns.models import Wave
from survey.campaigns.services.redrafting import Window
from survey.campaigns.zones import plan_window, quiet_hours_of
from survey.console.pulse.repeating import (
    REPEATED,
    RepeatFields,
    day_field,
    repeat_initial,
    time_field,
)
from survey.core.local_time import QuietHours
from survey.questionnaires.models import Audience

LETTERS_AT = time(9, 0)
CLOSES_AT = time(17, 0)
DAYS_OPEN = {Audience.EMPLOYEE: 10, Audience.COLLEAGUE: 10, Audience.CUSTOMER: 90}
REMIND_AFTER = (3, 7)  # days
SATURDAY = 5
NOW, LATER = "now", "on"
STARTS = [
    (LATER, _("On a day, at the same time on everybody’s own clock")),
    (NOW, _("At once")),
]
LONGEST_OPEN = timedelta(days=366)


class TimingForm(RepeatFields):
    """When letters and reminders go and when answering ends, on people's own clocks."""

    starts = forms.ChoiceField(label=_("Letters go out"), choices=STARTS, widget=forms.RadioSelect)
    letters_date = day_field(_("Day"), required=False)
    letters_time = time_field(_("Time"), required=False)
    closes_date = day_field(_("Last day for answers"))
    closes_time = time_field(_("Until"))
    quiet_from = time_field(_("No letters from"), required=False)
    quiet_until = time_field(_("No letters until"), required=False)
    reminder_1 = day_field(_("First reminder"), required=False)
    reminder_2 = day_field(_("Last reminder"), required=False)

    def __init__(
        self, *args: Any, now: datetime, zones: Collection[str], is_staff: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.now, self.zones, self.is_staff = now, zones, is_staff
        if not is_staff:
            for name in (*REPEATED, "reminder_1", "reminder_2"):
                del self.fields[name]
        self.window: Window | None = None

    def clean(self) -> dict[str, Any]:
        """Keep the days in order, and both ends of the quiet hours together."""
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_quiet_hours(cleaned)
        if cleaned.get("starts") == LATER:
            for name in ("letters_date", "letters_time"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(
                        name, gettext("Say when the letters go, or let them go at once.")
                    )
        elif cleaned.get("rhythm"):
            self.add_error("starts", gettext("What is repeated begins on a day: choose it."))
        if not self.errors:
            self._check_window(cleaned)
        return cleaned

    def reminder_days(self) -> list[date]:
        """Return the days of the reminders of a valid form, in their order."""
        days = (self.cleaned_data.get(f"reminder_{number}") for number in (1, 2))
        return sorted(day for day in days if day is not None)

    def quiet_hours(self) -> QuietHours | None:
        """Return the quiet hours of a valid form."""
        begins, ends = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return QuietHours(begins, ends) if begins and ends else None

    def _check_quiet_hours(self, cleaned: dict[str, Any]) -> None:
        begins, ends = cleaned.get("quiet_from"), cleaned.get("quiet_until")
        if begins and not ends and "quiet_until" not in self.errors:
            self.add_error("quiet_until", gettext("Say when letters may go again, or empty both."))
        elif ends and not begins and "quiet_from" not in self.errors:
            self.add_error("quiet_from", gettext("Say when it begins, or empty both."))
        elif begins and begins == ends:
            self.add_error(
                "quiet_until", gettext("That would be the whole day: choose another time.")
            )

    def _check_window(self, cleaned: dict[str, Any]) -> None:
        is_now = cleaned["starts"] == NOW
        today = timezone.localtime(self.now)
        opens_at, closes_at = plan_window(
            letters_date=today.date() if is_now else cleaned["letters_date"],
            letters_time=today.time() if is_now else cleaned["letters_time"],
            closes_date=cleaned["closes_date"],
            closes_time=cleaned["closes_time"],
            zones=self.zones,
        )
        if is_now:
            opens_at = self.now
            self.window = Window(opens_at, closes_at)
        else:
            self.window = Window(
                opens_at, closes_at, cleaned["letters_date"], cleaned["letters_time"]
            )
            self._check_start(cleaned["letters_date"], today.date())
        if closes_at <= max(opens_at, self.now):
            self.add_error("closes_date", gettext("Choose a day after the letters have gone."))
        elif closes_at - opens_at > LONGEST_OPEN:
            self.add_error("closes_date", gettext("A wave is open for a year at most."))

    def _check_start(self, letters_date: date, today: date) -> None:
        if letters_date < today:
            self.add_error("letters_date", gettext("Choose a day that has not passed yet."))


def closing_wall_time(*, closes_at: datetime, zones: Collection[str]) -> datetime:
    """Return when a wave closes by the clock of the westernmost of some zones."""
    clocks = [closes_at.astimezone(ZoneInfo(zone)) for zone in zones]
    return (
        min(clocks, key=lambda clock: clock.utcoffset() or timedelta())
        if clocks
        else (timezone.localtime(closes_at))
    )


def timing_initial(*, wave: Wave, zones: Collection[str]) -> dict[str, Any]:
    """Return what the form of the times starts from, for a draft."""
    closes = closing_wall_time(closes_at=wave.closes_at, zones=zones)
    quiet = quiet_hours_of(wave.campaign)
    days = wave.reminders.order_by("number").values_list("due_date", flat=True)
    return {
        **repeat_initial(wave=wave),
        **{f"reminder_{number}": day for number, day in enumerate(days, start=1)},
        "starts": LATER if wave.letters_date else NOW,
        "letters_date": wave.letters_date,
        "letters_time": wave.letters_time or LETTERS_AT,
        "closes_date": closes.date(),
        "closes_time": closes.time(),
        "quiet_from": quiet.begins if quiet else None,
        "quiet_until": quiet.ends if quiet else None,
    }


def first_window(*, audience: str, now: datetime, zones: Collection[str]) -> Window:
    """Return when a wave from a template is open: staff from the next working morning on."""
    today = timezone.localtime(now).date()
    asked = Audience(audience)
    starts = today if asked == Audience.CUSTOMER else _next_working_day(today)
    opens_at, closes_at = plan_window(
        letters_date=starts,
        letters_time=LETTERS_AT,
        closes_date=starts + timedelta(days=DAYS_OPEN[asked]),
        closes_time=CLOSES_AT,
        zones=zones,
    )
    if asked == Audience.CUSTOMER:
        return Window(now.replace(second=0, microsecond=0), closes_at)
    return Window(opens_at, closes_at, starts, LETTERS_AT)


def first_reminders(*, window: Window) -> list[date]:
    """Return the days on which a template reminds: working days, a few days apart."""
    if window.letters_date is None:
        return []
    days = (window.letters_date + timedelta(days=n) for n in REMIND_AFTER)
    return [_next_working_day(day - timedelta(days=1)) for day in days]


def _next_working_day(today: date) -> date:
    days = (today + timedelta(days=n) for n in range(1, 8))
    return next(day for day in days if day.weekday() < SATURDAY)

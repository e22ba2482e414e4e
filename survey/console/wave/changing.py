"""What can still be changed once a wave was sent: undo, extend, and stop reminding."""

from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from survey.campaigns.models import Wave
from survey.campaigns.services import (
    NotCancellableError,
    NotExtendableError,
    cancel_launch,
    extend_wave,
    stop_reminders,
)
from survey.campaigns.zones import plan_window, zones_invited
from survey.console.access import posted, wave_askers_only
from survey.console.filling import show_form
from survey.console.pages import wave_row
from survey.console.pulse.repeating import day_field, time_field
from survey.console.pulse.steps import find_wave
from survey.console.pulse.timing import closing_wall_time
from survey.console.steering import tell


class ExtendForm(forms.Form):
    """Until when answers may come after all."""

    closes_date = day_field(gettext_lazy("Last day for answers"))
    closes_time = time_field(gettext_lazy("Until"))


@wave_askers_only
@require_POST
def undo(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Make a draft again of a wave of which no letter has gone yet."""
    try:
        cancel_launch(wave_id=wave_id, now=timezone.now())
    except NotCancellableError:
        refused = _("It is too late to undo it. You can close or withdraw it.")
        return tell(request, wave_id, refused=refused)
    return tell(request, wave_id, done=_("Undone. It is a draft again, and nobody was asked."))


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Let an open wave take answers for longer; never for less long."""
    now = timezone.now()
    wave = find_wave(wave_id)
    zones = zones_invited(wave=wave)
    closes = closing_wall_time(closes_at=wave.closes_at, zones=zones)
    form = ExtendForm(
        posted(request), initial={"closes_date": closes.date(), "closes_time": closes.time()}
    )
    if form.is_valid() and _extend(form, wave, zones, now):
        closes = timezone.localtime(find_wave(wave_id).closes_at)
        said = _("Extended. It closes for all on %(day)s, %(time)s.")
        when = {"day": date_format(closes, "MONTH_DAY_FORMAT"), "time": f"{closes:%H:%M}"}
        return tell(request, wave_id, done=said % when)
    context = {"form": form, "wave": wave_row(wave, now), "zones": sorted(zones)}
    return show_form(request, "console/extend.html", context)


@wave_askers_only
@require_POST
def stop_reminding(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Send no more reminders of a wave."""
    if not stop_reminders(wave_id=wave_id, now=timezone.now()):
        return tell(request, wave_id, refused=_("No reminder was left to stop."))
    return tell(request, wave_id, done=_("Stopped. Nobody is reminded of this wave any more."))


def _extend(form: ExtendForm, wave: Wave, zones: set[str], now: datetime) -> bool:
    closes_date, closes_time = form.cleaned_data["closes_date"], form.cleaned_data["closes_time"]
    _opens_at, closes_at = plan_window(
        letters_date=closes_date,
        letters_time=closes_time,
        closes_date=closes_date,
        closes_time=closes_time,
        zones=zones,
    )
    try:
        extend_wave(wave_id=wave.pk, closes_at=closes_at, now=now)
    except NotExtendableError as error:
        form.add_error("closes_date", str(error))
        return False
    return True

"""What changes open links: new teams, tablets with a PIN, off and on. Only a POST does it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from survey.campaigns.collectors import list_open_waves
from survey.campaigns.models import Collector, CollectorKind
from survey.campaigns.services import (
    NoOpenLinksError,
    activate_collector,
    deactivate_collector,
    open_collectors,
    set_pin,
)
from survey.console.access import staff_only
from survey.console.collectors.forms import PinForm
from survey.console.collectors.pages import build_links_page

NOT_RUNNING = gettext_lazy("This survey is not running, so its links stay as they are.")


@staff_only
@require_POST
def add_teams(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Give the teams that were opened since the launch their codes."""
    get_object_or_404(list_open_waves(), pk=wave_id)
    try:
        n_made = open_collectors(wave_id=wave_id, now=timezone.now())
    except NoOpenLinksError:
        messages.warning(request, NOT_RUNNING)
    else:
        added = ngettext("%(n)s code was added.", "%(n)s codes were added.", n_made)
        nothing = _("Every team has its code already.")
        messages.success(request, added % {"n": n_made} if n_made else nothing)
    return redirect("console:collectors:links", wave_id)


@staff_only
@require_POST
def set_up_tablets(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Give every team the page of a tablet, and all tablets of the wave one PIN."""
    wave = get_object_or_404(list_open_waves().select_related("questionnaire"), pk=wave_id)
    form, now = PinForm(request.POST), timezone.now()
    if not form.is_valid():
        context = {"page": build_links_page(wave=wave, now=now), "form": form}
        return render(request, "console/collectors/links.html", context, status=422)
    pin = form.cleaned_data["pin"]
    try:
        open_collectors(wave_id=wave_id, kind=CollectorKind.KIOSK, pin=pin, now=now)
    except NoOpenLinksError:
        messages.warning(request, NOT_RUNNING)
    else:
        set_pin(wave_id=wave_id, pin=pin)
        said = _("The tablets are set up, and the PIN holds from now on.")
        messages.success(request, said)
    return redirect("console:collectors:links", wave_id)


@staff_only
@require_POST
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Switch one link off, or on again."""
    collector = get_object_or_404(Collector.objects.select_related("group"), code=code)
    values = {"name": collector.group.name}
    if request.POST.get("to") == "on":
        activate_collector(collector_id=collector.pk)
        messages.success(request, _("%(name)s: it takes answers again.") % values)
    else:
        deactivate_collector(collector_id=collector.pk)
        said = _("%(name)s: it is switched off, and says so to whoever comes.")
        messages.success(request, said % values)
    return redirect("console:collectors:links", collector.wave_id)

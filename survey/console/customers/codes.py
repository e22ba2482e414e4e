"""Printed codes for those no letter reaches."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from survey.campaigns.code_sheets import count_slips
from survey.campaigns.models import GroupTeam, Wave
from survey.campaigns.services.codes import NoCodesError, request_codes, request_customer_codes
from survey.console.access import posted, wave_askers_only, who_asks
from survey.console.customers.forms import CodesForm
from survey.console.hints import hint
from survey.console.pages import wave_row
from survey.console.pulse.steps import find_wave
from survey.questionnaires.models import Audience

PRINT = ("campaigns.admit_customers", "campaigns.send_letters")


@wave_askers_only
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Explain printed codes, and have them sent to whoever asks."""
    wave = find_wave(wave_id)
    is_customers = wave.campaign.audience == Audience.CUSTOMER
    form = CodesForm(posted(request) if is_customers else None, teams=_teams(wave))
    if request.method == "POST" and (not is_customers or form.is_valid()):
        _request(request, wave, form)
        return redirect("console:customers:codes", wave_id)
    context = {
        "wave": wave_row(wave, timezone.now()),
        "form": form if is_customers else None,
        "groups": [] if is_customers else [(name, n) for _, name, n in count_slips(wave=wave)],
        "sheets": wave.code_sheets.select_related("delivery").order_by("-asked_at", "-pk")[:10],
        "address": who_asks(request).email,
    }
    status = 422 if form.errors else 200
    return render(request, "console/customers/codes.html", context, status=status)


def _request(request: HttpRequest, wave: Wave, form: CodesForm) -> None:
    address, now = who_asks(request).email, timezone.now()
    try:
        if form.is_bound:
            team, n = form.cleaned_data["team"], form.cleaned_data["n"]
            request_customer_codes(wave_id=wave.pk, team_code=team, n=n, asked_by=address, now=now)
        else:
            n = request_codes(wave_id=wave.pk, asked_by=address, now=now)
    except NoCodesError as error:
        messages.warning(request, str(error))
    else:
        hint(*PRINT)
        said = ngettext(
            "%(n)s code is on the way to %(address)s.",
            "%(n)s codes are on the way to %(address)s.",
            n,
        )
        messages.success(request, said % {"n": n, "address": address})


def _teams(wave: Wave) -> list[tuple[str, str]]:
    held = GroupTeam.objects.filter(group__wave=wave)
    return list(held.order_by("team__name").values_list("team__code", "team__name").distinct())

"""Codes as pictures, and pages of them to print."""

from io import BytesIO

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.campaigns.collectors import list_open_waves
from survey.campaigns.models import Collector
from survey.console.access import staff_only
from survey.console.collectors.pages import address_of, build_sheet

SIZES = ("a4", "a6")


@staff_only
@require_safe
def sheet(request: HttpRequest, wave_id: int) -> HttpResponse:
    """Lay the codes of a wave out for paper, one team on a page."""
    wave = get_object_or_404(list_open_waves().select_related("questionnaire"), pk=wave_id)
    asked = request.GET.get("size", "")
    page = build_sheet(
        wave=wave,
        size=asked if asked in SIZES else SIZES[0],
        team=request.GET.get("team", ""),
        now=timezone.now(),
    )
    return render(request, "console/collectors/sheet.html", {"page": page})


@staff_only
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """Draw the code that leads to an open link, with the quiet margin that scanners need."""
    collector = get_object_or_404(Collector, code=code)
    drawn = BytesIO()
    segno.make(address_of(collector), error="q", micro=False).save(drawn, kind="svg", border=4)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")

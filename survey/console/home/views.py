"""The first page of whoever asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.console.access import may_ask, staff_only, who_asks
from survey.console.home.pages import build_home
from survey.console.wave.clocks import clock_of
from survey.questionnaires.models import Audience


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what needs whoever asks, what runs, and what comes next."""
    now = timezone.now()
    user = who_asks(request)
    with timezone.override(clock_of(user)):
        asks_staff = may_ask(user=user, audience=Audience.EMPLOYEE)
        page = build_home(user=user, now=now, asks_staff=asks_staff)
        context = {"page": page, "name": user.name, "now": now, "asks_staff": asks_staff}
        return render(request, "console/home.html", context)

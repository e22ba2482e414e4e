"""The first page of whoever asks."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.accounts.models import Role
from survey.accounts.selectors import holds_role
from survey.console.access import staff_only, who_asks
from survey.console.home.pages import build_home
from survey.console.wave.clocks import clock_of


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what needs whoever asks, what runs, and what comes next."""
    now = timezone.now()
    user = who_asks(request)
    with timezone.override(clock_of(user)):
        sees_people = holds_role(user=user, roles=(Role.HR,))
        page = build_home(now=now, sees_people=sees_people)
        context = {"page": page, "name": user.name, "now": now}
        return render(request, "console/home.html", context)

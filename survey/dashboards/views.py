"""The way in, and the pages that leaders read."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Send people to the page they came for."""
    return render(request, "dashboards/home.html")


@require_safe
@login_required
def linkage(request: HttpRequest) -> HttpResponse:
    """Show whether inside and outside go together."""
    return render(request, "dashboards/home.html")

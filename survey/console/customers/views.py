"""The customers' first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.console.access import staff_only
from survey.console.customers.pages import build_home_page


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show how contacts come in and how customers are asked."""
    page = build_home_page(now=timezone.now())
    return render(request, "console/customers/home.html", {"page": page})

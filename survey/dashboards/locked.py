"""The page of whoever typed too many wrong passwords: it says when to come back."""

from math import ceil
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from django.shortcuts import render

from survey.accounts.guessing import waits_for

SECONDS = 60


def locked(
    request: WSGIRequest, response: HttpResponse | None, credentials: dict[str, Any]
) -> HttpResponse:
    """Ask to wait, in the same words whether there is such an account or not."""
    seconds = ceil(waits_for(request=request, credentials=credentials).total_seconds())
    context = {"minutes": max(1, ceil(seconds / SECONDS))}
    page = render(request, "registration/locked.html", context, status=429)
    page["Retry-After"] = str(max(1, seconds))
    page["Cache-Control"] = "no-store"
    return page

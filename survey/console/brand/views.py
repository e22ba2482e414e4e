"""Show and change how the organisation shows itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.accounts.models import Role
from survey.accounts.permissions import require_roles
from survey.console.access import posted
from survey.console.brand.forms import BrandForm
from survey.organization.brands import get_appearance
from survey.organization.colours import READABLE
from survey.organization.services.branding import (
    Unreadable,
    UnreadableColourError,
    change_brand,
)


@require_roles(Role.HR)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest) -> HttpResponse:
    """Change the name, the colours and the logo; refuse colours that not everybody can read."""
    now = get_appearance()
    form = BrandForm(
        posted(request),
        request.FILES or None,
        initial={"name": now.name, "light": now.light, "dark": now.dark},
    )
    if form.is_valid() and _is_changed(form):
        messages.success(request, _("Saved. Surveys look like this from now on."))
        return redirect("console:brand:change")
    context = {"form": form}
    return render(request, "console/brand/change.html", context, status=422 if form.errors else 200)


def _is_changed(form: BrandForm) -> bool:
    told: dict[str, Any] = form.cleaned_data
    try:
        change_brand(
            name=told["name"],
            light=told["light"],
            dark=told["dark"],
            logo=told["logo"],
            keeps_logo=not told["drops_logo"],
        )
    except UnreadableColourError as error:
        for fault in error.faults:
            form.add_error("dark" if fault.is_dark else "light", _say(fault))
        return False
    return True


def _say(fault: Unreadable) -> str:
    return _(
        "Words in this colour are hard to read: the contrast is %(found)s to 1 and has to be "
        "%(least)s. The nearest colour that everybody can read is %(nearest)s."
    ) % {"found": f"{fault.contrast:.1f}", "least": READABLE, "nearest": fault.nearest}

"""Let those who see everything look through the eyes of a role that sees less."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from survey.accounts.models import Grant, Role
from survey.accounts.permissions import require_roles
from survey.accounts.selectors import SEE_EVERYTHING
from survey.dashboards.access import SEEN_AS

TRIED_OUT = (Role.LEADER, Role.TEAM_LEAD, Role.AUDITOR)


@require_http_methods(["GET", "HEAD", "POST"])
@require_roles(*SEE_EVERYTHING)
def see_as(request: HttpRequest) -> HttpResponse:
    """List the roles that can be tried out, and begin or end trying one out."""
    grants = Grant.objects.filter(role__in=TRIED_OUT, user__is_active=True)
    if request.method != "POST":
        listed = grants.select_related("user", "team").order_by("user__name", "pk")
        return render(request, "dashboards/see_as.html", {"grants": listed})
    wanted = request.POST.get("grant", "")
    if not wanted:
        request.session.pop(SEEN_AS, None)
        return redirect("dashboards:see-as")
    if not (wanted.isdecimal() and grants.filter(pk=wanted).exists()):
        raise PermissionDenied(_("That role cannot be tried out."))
    request.session[SEEN_AS] = int(wanted)
    return redirect("home")

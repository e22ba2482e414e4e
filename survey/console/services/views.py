"""Who serves whom, as HR sees and changes it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.console.access import posted
from survey.console.filling import show_form
from survey.console.people.access import hr_only
from survey.console.services.forms import ChainForm, EndForm, ServiceForm
from survey.console.services.pages import build_services_page
from survey.core.timestamps import local_date
from survey.organization.models import Service
from survey.organization.services import (
    SelfServiceError,
    ServiceDaysError,
    ServiceOverError,
    ServiceOverlapError,
    ServiceTeamClosedError,
    add_service,
    change_chain,
    end_service,
)


@hr_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show who serves whom: drawn, in words and as a list."""
    page = build_services_page(
        team_code=request.GET.get("team", ""),
        chain=request.GET.get("chain", ""),
        today=local_date(timezone.now()),
    )
    return render(request, "console/services/home.html", {"page": page})


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Say that one team serves another."""
    today = local_date(timezone.now())
    form = ServiceForm(posted(request), today=today, initial={"active_from": today})
    if form.is_valid() and _is_added(form):
        said = _("%(provider)s serves %(consumer)s.") % form.cleaned_data
        messages.success(request, said)
        return redirect("console:services:home")
    return show_form(request, "console/services/add.html", {"form": form})


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, service_id: int) -> HttpResponse:
    """End a service, or let it belong to another chain."""
    today = local_date(timezone.now())
    found = get_object_or_404(Service.objects.select_related("provider", "consumer"), pk=service_id)
    ends = request.POST if "day" in request.POST else None
    end_form = EndForm(ends, initial={"day": found.active_to or today})
    chain_form = ChainForm(
        request.POST if "chain" in request.POST and ends is None else None,
        initial={"chain": found.chain},
    )
    try:
        if _is_ended(end_form, found) or _is_renamed(chain_form, found):
            messages.success(request, _("Changed. Waves that have begun stay as they are."))
            return redirect("console:services:home")
    except ServiceOverError:
        messages.warning(request, _("This service has ended already."))
        return redirect("console:services:home")
    context = {"service": found, "form": end_form, "chain_form": chain_form}
    return show_form(request, "console/services/service.html", context)


def _is_added(form: ServiceForm) -> bool:
    """Add a service; where it cannot be, say so beside the field at fault."""
    try:
        add_service(**form.cleaned_data)
    except SelfServiceError:
        form.add_error("consumer", _("A team cannot serve itself: choose another one."))
    except ServiceDaysError:
        form.add_error("active_to", _("The end comes after the beginning."))
    except ServiceOverlapError:
        form.add_error(
            "active_from", _("These two are on the list already: choose days after that.")
        )
    except ServiceTeamClosedError as error:
        words = _("%(team)s is closed by then: choose another team or an earlier day.")
        form.add_error("active_from", words % {"team": error.team.name})
    else:
        return True
    return False


def _is_ended(form: EndForm, found: Service) -> bool:
    if not form.is_valid():
        return False
    today = local_date(timezone.now())
    try:
        end_service(service_id=found.pk, day=form.cleaned_data["day"], today=today)
    except ServiceDaysError:
        form.add_error("day", _("Choose a day after the one on which it began."))
        return False
    except ServiceOverlapError:
        form.add_error(
            "day", _("The same two are on the list again by then: choose an earlier day.")
        )
        return False
    return True


def _is_renamed(form: ChainForm, found: Service) -> bool:
    if not form.is_valid():
        return False
    today = local_date(timezone.now())
    change_chain(service_id=found.pk, chain=form.cleaned_data["chain"], today=today)
    return True

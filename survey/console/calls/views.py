"""How calls go, who is on duty, and how soon people are called back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from survey.accounts.models import Role
from survey.accounts.permissions import require_roles
from survey.console.access import staff_only, who_asks
from survey.console.calls.forms import DutyForm, RuleForm
from survey.console.calls.pages import (
    audiences_of,
    build_calls_page,
    list_duty_lines,
    list_rules,
)
from survey.console.filling import show_form
from survey.core.timestamps import local_date
from survey.followup.callbacks import NotATakerError
from survey.followup.duties import add_duty, end_duty, set_callback_rule


@staff_only
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show who waits, what is late, and how calls went."""
    page = build_calls_page(user=who_asks(request), now=timezone.now())
    return render(request, "console/calls/home.html", {"page": page})


@require_roles(Role.CX_MANAGER)
@require_http_methods(["GET", "HEAD", "POST"])
def rota(request: HttpRequest) -> HttpResponse:
    """Show who takes customers' calls on which days; add to it, and take away."""
    today = local_date(timezone.now())
    ended = request.POST.get("end", "")
    if ended.isascii() and ended.isdecimal():
        end_duty(duty_id=min(int(ended), 2**31), today=today)
        messages.success(request, _("Taken off. Calls stay with whom they are."))
        return redirect("console:calls:rota")
    sent = request.POST if request.method == "POST" else None
    form = DutyForm(sent, today=today, initial={"active_from": today})
    if form.is_valid() and _is_added(form):
        messages.success(request, _("On duty. New calls go there from then on."))
        return redirect("console:calls:rota")
    context = {"form": form, "duties": list_duty_lines(today=today)}
    return show_form(request, "console/calls/rota.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """Show within how many hours people are called back; change it for those one answers for."""
    audiences = audiences_of(user=who_asks(request))
    wanted = request.POST.get("audience", "")
    if wanted and wanted not in audiences:
        raise PermissionDenied
    forms = [
        (audience, name, RuleForm(request.POST if audience == wanted else None,
                                  initial=rule, prefix=audience.lower()))
        for audience, name, rule in list_rules(audiences=audiences)
    ]  # fmt: skip
    sent = next((form for audience, _name, form in forms if audience == wanted), None)
    if sent is not None and sent.is_valid():
        set_callback_rule(audience=wanted, **sent.cleaned_data)
        messages.success(request, _("Saved. It holds for everybody who asks from now on."))
        return redirect("console:calls:rules")
    status = 422 if request.method == "POST" else 200
    return render(request, "console/calls/rules.html", {"forms": forms}, status=status)


def _is_added(form: DutyForm) -> bool:
    """Put somebody on duty; where they cannot be, say so beside their name."""
    data = form.cleaned_data
    try:
        add_duty(
            team=data["team"],
            user=data["user"],
            weekdays=[int(one) for one in data["weekdays"]],
            active_from=data["active_from"],
            last_day=data["last_day"],
        )
    except NotATakerError:
        words = _("%(name)s may not see the calls of this team: choose one that they lead.")
        form.add_error("user", words % {"name": data["user"].name})
        return False
    return True

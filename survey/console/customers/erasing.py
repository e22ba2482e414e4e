"""What is known of one customer: looked up, handed out and erased, on their wish.

What was looked for travels in forms only, so that it stands in no address and in no log.
"""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from survey.console.access import posted, staff_only
from survey.core.timestamps import local_date
from survey.followup.erasure import (
    ARTICLE_11,
    UnknownCustomerError,
    count_known,
    erase_customer,
    export_customer,
    find_customers,
)
from survey.followup.waiting_files import list_waiting_files
from survey.organization.models import Customer

FILE_NAME = "customer.json"


class FindForm(forms.Form):
    """Whom to look for."""

    wanted = forms.CharField(
        label=gettext_lazy("Customer number or e-mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EraseForm(forms.Form):
    """Whom to erase, and that it is meant."""

    customer = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    is_meant = forms.BooleanField(
        error_messages={"required": gettext_lazy("Tick this first; it cannot be undone.")}
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Look a customer up and say how much is known of them."""
    form = FindForm(posted(request))
    found = find_customers(wanted=form.cleaned_data["wanted"]) if form.is_valid() else []
    if form.is_bound and form.is_valid() and not found:
        form.add_error("wanted", _("Nobody is known under this number or address."))
    return _show(request, form, found)


@staff_only
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Hand out everything that is known of a customer."""
    customer = get_object_or_404(Customer, pk=_number(request))
    document = export_customer(customer=customer, now=timezone.now())
    document["answers"] = _(ARTICLE_11)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    options = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(document, headers=headers, json_dumps_params=options)


@staff_only
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase a customer, once it is said that it is meant."""
    form = EraseForm(posted(request))
    if not form.is_valid():
        customer = get_object_or_404(Customer, pk=_number(request))
        return _show(request, FindForm(), [customer], erasing=form)
    try:
        today = local_date(timezone.now())
        erase_customer(customer_id=form.cleaned_data["customer"], today=today)
    except UnknownCustomerError:
        messages.warning(request, _("They were erased already."))
    else:
        messages.success(request, _("Erased. Their address will not be written to again."))
    return redirect("console:customers:find")


def _show(
    request: HttpRequest,
    form: FindForm,
    found: list[Customer],
    *,
    erasing: EraseForm | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "found": [(count_known(customer=one), list_waiting_files(customer=one)) for one in found],
        "article_11": _(ARTICLE_11),
        "erasing": erasing,
    }
    status = 422 if form.errors or erasing else 200
    return render(request, "console/customers/find.html", context, status=status)


def _number(request: HttpRequest) -> int:
    text = request.POST.get("customer", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0

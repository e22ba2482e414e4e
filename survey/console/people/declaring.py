"""What lists may say of people beside their team."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from survey.console.access import posted
from survey.console.filling import show_form
from survey.console.people.access import hr_only
from survey.console.people.forms import AttributeForm
from survey.organization.models import Attribute
from survey.organization.services import (
    AttributeInUseError,
    AttributeNameError,
    declare_attribute,
    drop_attribute,
)


@hr_only
@require_http_methods(["GET", "HEAD", "POST"])
def attributes(request: HttpRequest) -> HttpResponse:
    """List the attributes, and declare one more."""
    form = AttributeForm(posted(request))
    if form.is_valid():
        try:
            made = declare_attribute(name=form.cleaned_data["name"])
        except AttributeNameError as error:
            form.add_error("name", str(error))
        else:
            said = _("Lists may say %(name)s from now on, in a column of that name.")
            messages.success(request, said % {"name": made.name})
            return redirect("console:people:attributes")
    context = {"form": form, "attributes": Attribute.objects.order_by("name")}
    return show_form(request, "console/people/attributes.html", context)


@hr_only
@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Drop an attribute that says nothing of anybody."""
    attribute = get_object_or_404(Attribute, code=code)
    try:
        drop_attribute(attribute=attribute)
        said = _("%(name)s is no longer a column of the list.")
        messages.success(request, said % {"name": attribute.name})
    except AttributeInUseError:
        said = _("%(name)s stays: the list still says it of people.")
        messages.warning(request, said % {"name": attribute.name})
    return redirect("console:people:attributes")

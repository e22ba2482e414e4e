"""Put the questions of an open link onto the company's own website."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from survey.campaigns.models import Collector, CollectorKind
from survey.campaigns.services import allow_sites
from survey.campaigns.sites import BadSiteError, read_sites
from survey.console.access import posted, staff_only
from survey.console.filling import show_form

SCRIPT = '<script src="{}" data-code="{}" data-title="{}" async></script>'
FRAME = '<iframe src="{}" title="{}" width="100%" height="640"></iframe>'


class SitesForm(forms.Form):
    """The sites whose pages may show an open link."""

    sites = forms.CharField(
        label=gettext_lazy("Sites that may show it"),
        help_text=gettext_lazy(
            "One on each line, such as https://www.example.org. Nobody else can put it into a page."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "dir": "ltr"}),
        required=False,
        max_length=5000,
    )

    def clean_sites(self) -> list[str]:
        """Return the origins that were meant."""
        try:
            return read_sites(self.cleaned_data["sites"].splitlines())
        except BadSiteError as bad:
            message = _("%(site)s is no address of a site, such as https://www.example.org.")
            raise forms.ValidationError(message % {"site": bad.site[:80]}) from bad


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """Say which sites may show a link, and what to put into their pages."""
    codes = Collector.objects.filter(kind=CollectorKind.QR).select_related(
        "group", "wave__campaign"
    )
    collector = get_object_or_404(codes, code=code)
    form = SitesForm(posted(request), initial={"sites": "\n".join(collector.sites)})
    if form.is_valid():
        allow_sites(collector_id=collector.pk, sites=form.cleaned_data["sites"])
        messages.success(request, _("These sites, and no others, may show the questions."))
        return redirect("console:collectors:embed", code)
    context = {"form": form, "collector": collector, **_snippets(collector)}
    return show_form(request, "console/collectors/embed.html", context)


def _snippets(collector: Collector) -> dict[str, Any]:
    """Return what goes into a page: with a script that follows the height, and without."""
    base: str = settings.BASE_URL
    address = base + reverse("answering:widget", args=[collector.code])
    title = _("How was it with us?")
    script = base + settings.STATIC_URL + "js/embed.js"  # stays the same from version to version
    return {
        "script": format_html(SCRIPT, script, collector.code, title),
        "frame": format_html(FRAME, address, title),
    }

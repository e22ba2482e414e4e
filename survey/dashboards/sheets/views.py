"""The works-council sheet and the template of an impact assessment, to print or take along."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_READ_SHEETS, Reader
from survey.dashboards.filters import choose
from survey.dashboards.requests import open_to
from survey.dashboards.sheets.documents import Document, write_markdown
from survey.dashboards.sheets.dpia import build_dpia
from survey.dashboards.sheets.sheet import build_sheet


@require_safe
@open_to(MAY_READ_SHEETS)
def sheet(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Tell what is stored, who sees what, from how many people on, for how long and where."""
    return _answer(request, build_sheet, name="works-council-sheet")


@require_safe
@open_to(MAY_READ_SHEETS)
def dpia(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """Hand out the template of a data protection impact assessment."""
    return _answer(request, build_dpia, name="impact-assessment")


def _answer(request: HttpRequest, build: Callable[..., Document], *, name: str) -> HttpResponse:
    document = build(now=timezone.localtime())
    if "format" in request.GET:
        choose(request.GET["format"], {"md": ""})
        headers = {"Content-Disposition": f'attachment; filename="{name}.md"'}
        text = write_markdown(document)
        return HttpResponse(text, content_type="text/markdown; charset=utf-8", headers=headers)
    return render(request, "dashboards/sheets/page.html", {"document": document, "name": name})

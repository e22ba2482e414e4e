"""Every released figure that somebody may read, as a list and as a file."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_safe

from survey.dashboards.access import MAY_READ_TEAMS, Reader
from survey.dashboards.figures.choices import choose_figures
from survey.dashboards.figures.files import build_table
from survey.dashboards.figures.pages import build_figures_page
from survey.dashboards.filters import choose
from survey.dashboards.requests import open_to
from survey.dashboards.tables import FORMATS, respond_with

TOO_MANY = 422


@require_safe
@open_to(MAY_READ_TEAMS)
def figures(request: HttpRequest, reader: Reader) -> HttpResponseBase:
    """List released figures, or hand all that were chosen out as a file.

    A spreadsheet of too many rows is refused with the page, which says what to do instead.
    """
    wanted = request.GET.dict()
    as_format = choose(wanted.get("format"), dict.fromkeys(("page", *FORMATS), ""))
    if as_format == "csv":
        chosen = choose_figures(reader=reader, wanted=wanted, is_file=True)
        return respond_with(build_table(chosen), as_format=as_format)
    page = build_figures_page(reader=reader, wanted=wanted, now=timezone.now())
    if as_format == "xlsx" and (page is None or page.xlsx_address):
        chosen = choose_figures(reader=reader, wanted=wanted)
        return respond_with(build_table(chosen), as_format=as_format)
    if as_format == "page":
        return render(request, "dashboards/figures/page.html", {"page": page})
    with override(getattr(request, "LANGUAGE_CODE", None)):
        page = build_figures_page(reader=reader, wanted=wanted, now=timezone.now())
        return render(request, "dashboards/figures/page.html", {"page": page}, status=TOO_MANY)

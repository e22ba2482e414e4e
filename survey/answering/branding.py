"""The organisation's own colours and logo, under addresses that change with them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from survey.organization.brands import find_logo, find_style

FOR_A_YEAR = "public, max-age=31536000, immutable"
# A drawing opened by itself may do nothing at all
LOGO_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": FOR_A_YEAR,
}


@require_safe
def style(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the organisation's colours."""
    found = find_style(digest=digest)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="text/css", headers={"Cache-Control": FOR_A_YEAR})


@require_safe
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Serve the organisation's logo."""
    found = find_logo(digest=digest)
    if found is None:
        raise Http404
    return HttpResponse(found.data, content_type=found.media_type, headers=LOGO_HEADERS)

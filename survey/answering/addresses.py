"""An address with a NUL in it names nothing: no text here holds one, and PostgreSQL takes none."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL = "\0"


class AddressMiddleware:
    """Finds nothing at such an address, before anybody looks for it in the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer that nothing is there, or hand the request on."""
        if NUL in request.path_info:
            raise Http404
        return self.get_response(request)

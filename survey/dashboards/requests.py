"""The door of every leader page: who reads, as whom, and what is not there for them."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, Concatenate

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import override

from survey.accounts.models import User
from survey.dashboards.access import Reader, find_reader, require
from survey.dashboards.filters import UnknownChoiceError

# Plotly sets style attributes and makes pictures of its charts; no page of a respondent does.
# The hash is that of the one style sheet for maps which Plotly's JavaScript adds as it loads.
PLOTLY_POLICY = {
    "style-src": ["'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='"],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["data:", "blob:"],
}

READER = "hearthline_reader"

View = Callable[Concatenate[HttpRequest, Reader, ...], HttpResponseBase]


def open_to(roles: Collection[str]) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """Let in who holds one of some roles, and hand the view who reads.

    Others are refused with a reason, strangers are sent to log in, and what an address names that
    is not there for this reader is not found, whether it exists or not.
    """

    def decorate(view: View) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            reader = require(read_request(request), roles)
            try:
                with _speak(request):
                    return view(request, reader, *args, **kwargs)
            except UnknownChoiceError as error:
                raise Http404 from error

        return login_required(guarded)

    return decorate


def _speak(request: HttpRequest) -> AbstractContextManager[object]:
    """Speak English where a file is asked for, so that the same figures make the same file."""
    return override(settings.LANGUAGE_CODE) if "format" in request.GET else nullcontext()


def read_request(request: HttpRequest) -> Reader:
    """Return who reads a page, as whomever they try out; worked out once in a request."""
    kept: dict[str, Any] = request.__dict__
    if READER not in kept:
        assert isinstance(request.user, User)  # noqa: S101 - login_required lets nobody else in
        kept[READER] = find_reader(user=request.user, session=getattr(request, "session", None))
    reader: Reader = kept[READER]
    return reader

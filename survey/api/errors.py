"""One shape for every error: {"errors": [{"row", "field", "code", "message"}]}."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import APIException, ErrorDetail
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler


class ConflictError(APIException):
    """The request contradicts one that was accepted before."""

    status_code = 409
    default_code = "conflict"


class UnprocessableError(APIException):
    """The request is well formed and cannot be followed."""

    status_code = 422
    default_code = "unprocessable"


class TooLargeError(APIException):
    """The body is larger than any honest one."""

    status_code = 413
    default_code = "too_large"


def handle_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer an error REST framework knows in our shape; leave any other to Django."""
    if isinstance(error, RequestDataTooBig):
        error = TooLargeError("The body is larger than anything this takes.")
    response = exception_handler(error, context)
    if response is None:
        return None
    detail = error.detail if isinstance(error, APIException) else response.data
    response.data = {"errors": list(_flatten(detail, field=""))}
    return response


def _flatten(detail: object, *, field: str) -> Iterator[dict[str, str | None]]:
    """Yield one error for each message in a nested detail, with the field's path."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _flatten(inner, field=_join(field, str(name)))
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from _flatten(inner, field=field)
    else:
        code = detail.code if isinstance(detail, ErrorDetail) else "error"
        yield {"row": None, "field": field, "code": code, "message": str(detail)}


def _join(field: str, name: str) -> str:
    """Return the path of a field; errors of the whole keep the path of the whole."""
    if name in (api_settings.NON_FIELD_ERRORS_KEY, "detail"):
        return field
    return f"{field}.{name}" if field else name

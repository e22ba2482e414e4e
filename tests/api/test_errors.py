"""One shape for every error."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from rest_framework.exceptions import APIException, NotFound, ValidationError

from survey.api.errors import ConflictError, UnprocessableError, handle_exception


def answer(error: Exception) -> tuple[int, list[dict[str, Any]]]:
    response = handle_exception(error, {})
    assert response is not None
    assert set(response.data) == {"errors"}
    return response.status_code, response.data["errors"]


def places(error: Exception) -> list[tuple[str, str, str]]:
    _, errors = answer(error)
    assert all(one["row"] is None for one in errors)
    return [(one["field"], one["code"], one["message"]) for one in errors]


class TestHandleException:
    @pytest.mark.parametrize(
        ("error", "status", "code"),
        [
            (ConflictError("other"), 409, "conflict"),
            (UnprocessableError("no"), 422, "unprocessable"),
            (RequestDataTooBig("big"), 413, "too_large"),
            (NotFound("gone"), 404, "not_found"),
            (PermissionDenied("closed"), 403, "permission_denied"),
            (APIException("broken"), 500, "error"),
        ],
    )
    def test_keeps_the_status_and_names_the_code(
        self, error: Exception, status: int, code: str
    ) -> None:
        found, errors = answer(error)

        assert found == status
        assert [(one["field"], one["code"]) for one in errors] == [("", code)]

    def test_names_the_path_of_a_nested_field(self) -> None:
        error = ValidationError({"customer": {"email": ["Not an address."]}}, code="invalid")

        assert places(error) == [("customer.email", "invalid", "Not an address.")]

    def test_keeps_every_message_of_every_field(self) -> None:
        error = ValidationError({"a": ["one", "two"], "b": ["three"]})

        assert [(field, message) for field, _, message in places(error)] == [
            ("a", "one"),
            ("a", "two"),
            ("b", "three"),
        ]

    def test_gives_errors_of_the_whole_the_path_of_the_whole(self) -> None:
        inner = {"non_field_errors": ["Does not fit together."]}

        assert places(ValidationError(inner))[0][0] == ""
        assert places(ValidationError({"customer": inner}))[0][0] == "customer"

    def test_leaves_every_other_error_to_django(self) -> None:
        assert handle_exception(ZeroDivisionError(), {}) is None

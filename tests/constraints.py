"""Asks the database itself whether it refuses a row."""

from collections.abc import Callable, Iterable

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

Write = Callable[[], object]


def constraints_of(app: str) -> set[str]:
    """Return the names of all constraints that an app's models state."""
    return {
        constraint.name
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
    }


def assert_refused(name: str, write: Write) -> None:
    """Let the database refuse a row, in the name of one constraint where it says names."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        write()
    if connection.vendor == "postgresql":
        assert name in str(caught.value)


def twice(write: Write) -> Write:
    """Return what writes the same row a second time."""

    def write_both() -> Iterable[object]:
        return [write(), write()]

    return write_both

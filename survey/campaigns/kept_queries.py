"""A query whose SQL is written once: writing it anew each time can cost more than asking it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

HERE = "a value is put in here: "

Rows = QuerySet[Model, tuple[Any, ...]]
Convert = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What a database is sent, and what makes its columns into values of Python.

    order says which of the values found by goes where in the statement.
    """

    sql: str
    order: Sequence[int]
    converters: Sequence[tuple[int, Sequence[Convert], Any]]


class KeptQuery:
    """Finds the row that belongs to one value or a few, in the default database and nowhere else.

    It is made from a function that returns a `values_list` of rows made of the values it gets.
    """

    def __init__(self, rows_of: Callable[..., Rows], *, n_values: int = 1) -> None:
        self._rows_of = rows_of
        self._n_values = n_values

    def find(self, *values: str) -> tuple[Any, ...] | None:
        """Return the row of the values, or None where there is none."""
        written = self._written
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [values[place] for place in written.order])
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found)
        for at, converters, expression in written.converters:
            for convert in converters:
                row[at] = convert(row[at], expression, connection)
        return tuple(row)

    @cached_property
    def _written(self) -> Written:
        marks = [f"{HERE}{place}" for place in range(self._n_values)]
        compiler = self._rows_of(*marks).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        if {str(value) for value in values} != set(marks):
            raise ValueError("a kept query takes its own values alone")
        converters = compiler.get_converters([column for column, *_rest in compiler.select])
        order = [marks.index(str(value)) for value in values]
        return Written(sql, order, [(at, *each) for at, each in converters.items()])

"""A query whose SQL is written once: writing it anew each time can cost more than asking it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

HERE = "a value is put in here"

Rows = QuerySet[Model, tuple[Any, ...]]
Convert = Callable[[Any, Any, Any], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What a database is sent, and what makes its columns into values of Python."""

    sql: str
    converters: Sequence[tuple[int, Sequence[Convert], Any]]


class KeptQuery:
    """Finds the row that belongs to one value, in the default database and nowhere else.

    It is made from a function that returns a `values_list` of rows filtered by the value it gets.
    """

    def __init__(self, rows_of: Callable[[str], Rows]) -> None:
        self._rows_of = rows_of

    def find(self, value: str) -> tuple[Any, ...] | None:
        """Return the row of a value, or None where there is none."""
        with connection.cursor() as cursor:
            cursor.execute(self._written.sql, (value,))
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found)
        for at, converters, expression in self._written.converters:
            for convert in converters:
                row[at] = convert(row[at], expression, connection)
        return tuple(row)

    @cached_property
    def _written(self) -> Written:
        compiler = self._rows_of(HERE).query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        if tuple(values) != (HERE,):
            raise ValueError("a kept query takes one value")
        converters = compiler.get_converters([column for column, *_rest in compiler.select])
        return Written(sql, [(at, *each) for at, each in converters.items()])

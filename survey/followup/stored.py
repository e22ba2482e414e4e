"""What is stored: every table and column with a sentence, its kind, and for how long it is kept.

The sentences stand in `columns.yaml` beside each app's models, those of the libraries' tables in
`other_tables.yaml` here. A column without one is named by `gaps`, and so is one that is gone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import AppConfig, apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from survey.followup.retention import KINDS

OWN = "columns.yaml"
OTHERS = Path(__file__).with_name("other_tables.yaml")
OF_EVERY_TABLE = {"id": "A running number.", "lease_until": "Until when one worker works on it."}
PERSON, ACCOUNT, CUSTOMER, ANSWER, FIGURE, TECHNICAL = (
    "person", "account", "customer", "answer", "figure", "technical"
)  # fmt: skip
KIND_NAMES: Mapping[str, Promise] = {
    PERSON: _("about people who are asked"),
    ACCOUNT: _("about people who work with it"),
    CUSTOMER: _("about customers"),
    ANSWER: _("answers"),
    FIGURE: _("figures"),
    TECHNICAL: _("technical"),
}
KEPT_NAMES: Mapping[str, Promise] = {
    "forever": _("without a limit"),
    "organisation": _("as long as the organisation wants it"),
    "roster": _("as long as the organisation keeps the person in it"),
    "account": _("as long as the account"),
    "wave": _("as long as the survey stands in the list"),
    "launch": _("until the survey is launched"),
    "seal": _("until the survey is sealed"),
    "until_done": _("until it was taken in or put aside"),
    "two_days": _("two days"),
    "minute": _("until the next takes its place"),
    "session": _("until they log out, at most till the next night but one"),
    "lockout": _("until the right password comes"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, of which kind, and for how long (a key of what is said)."""

    name: str
    holds: str
    kind: str
    kept: str


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table; those of libraries are told as a whole, without their columns."""

    name: str
    app: str
    holds: str
    kind: str
    kept: str
    columns: tuple[Column, ...]


class UnnamedColumnError(Exception):
    """The sheet does not say what a column holds, or says it of one that is gone."""


@cache
def read_tables() -> tuple[StoredTable, ...]:
    """Return all tables of this product, the layers from the bottom up, then those of libraries."""
    if missing := gaps():
        raise UnnamedColumnError(", ".join(missing))
    own = [table for app in _own_apps() for table in _read_app(app)]
    return (*own, *(_read_other(name, said) for name, said in _read(OTHERS).items()))


def gaps() -> list[str]:
    """Name every column that is not told of, and every one told of that is not there."""
    found = []
    for app in _own_apps():
        told, there = _read(Path(app.path) / OWN), {one.__name__: one for one in _models(app)}
        found += [f"{app.label}.{name}: not told of" for name in there.keys() - told.keys()]
        found += [f"{app.label}.{name}: gone" for name in told.keys() - there.keys()]
        for name in there.keys() & told.keys():
            found += _gaps_of(f"{app.label}.{name}", there[name], told[name]["columns"])
    others = {one._meta.db_table for one in _library_models()} | {"django_migrations"}
    told_others = _read(OTHERS).keys()
    found += [f"{name}: not told of" for name in others - told_others]
    found += [f"{name}: gone" for name in told_others - others]
    return sorted(found)


def say_kept(code: str) -> str:
    """Return for how long something is kept, in words."""
    if code in KEPT_NAMES:
        return str(KEPT_NAMES[code])
    kind = next(kind for kind in KINDS if kind.code == code)
    return f"{say_days(kind.days())} {kind.counted_from}"


def say_days(n: int) -> str:
    """Return a number of days, in words."""
    return str(ngettext_lazy("%(n)s day", "%(n)s days", n)) % {"n": n}


def _own_apps() -> list[AppConfig]:
    return [
        app for app in apps.get_app_configs() if app.name.startswith("survey.") and _models(app)
    ]


def _models(app: AppConfig) -> list[type[models.Model]]:
    return list(app.get_models(include_auto_created=True))


def _library_models() -> Iterator[type[models.Model]]:
    for app in apps.get_app_configs():
        if not app.name.startswith("survey."):
            yield from _models(app)


def _gaps_of(name: str, model: type[models.Model], told: Mapping[str, Any]) -> Iterator[str]:
    there = {field.column for field in model._meta.local_concrete_fields}
    yield from (f"{name}.{one}: not told of" for one in there - told.keys() - OF_EVERY_TABLE.keys())
    yield from (f"{name}.{one}: gone" for one in told.keys() - there)


def _read_app(app: AppConfig) -> Iterator[StoredTable]:
    told = _read(Path(app.path) / OWN)
    for model in _models(app):
        said = told[model.__name__]
        names = [str(field.column) for field in model._meta.local_concrete_fields]
        columns = tuple(_read_column(name, said) for name in names)
        yield StoredTable(
            model._meta.db_table, app.label, said["holds"], said["kind"], said["kept"], columns
        )


def _read_column(name: str, said: Mapping[str, Any]) -> Column:
    words = said["columns"].get(name) or OF_EVERY_TABLE[name]
    own = words if isinstance(words, dict) else {"holds": words}
    is_everywhere = name not in said["columns"]
    kind = TECHNICAL if is_everywhere else own.get("kind", said["kind"])
    return Column(name, own["holds"], kind, own.get("kept", said["kept"]))


def _read_other(name: str, said: Mapping[str, str]) -> StoredTable:
    return StoredTable(name, "", said["holds"], said["kind"], said["kept"], ())


def _read(file: Path) -> dict[str, Any]:
    """Return what a file tells; an app without one tells nothing, which is a gap."""
    told = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    found: dict[str, Any] = told
    return found

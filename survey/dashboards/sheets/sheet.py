"""The works-council sheet: what is stored and where, who sees what, from how many, how long."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from survey.campaigns.occasions import may_name_employees
from survey.core.timestamps import local_date
from survey.dashboards.sheets.documents import Document, Grid, Row, Section
from survey.dashboards.sheets.facts import (
    list_places,
    list_retention,
    list_roles,
    list_thresholds,
)
from survey.followup.stored import KIND_NAMES, StoredTable, read_tables, say_kept

APP_NAMES: Mapping[str, Promise] = {
    "organization": gettext_lazy("People, teams and customers"),
    "accounts": gettext_lazy("Those who work with it"),
    "letters": gettext_lazy("Letters"),
    "questionnaires": gettext_lazy("Questions"),
    "campaigns": gettext_lazy("Who is asked, and when"),
    "responses": gettext_lazy("Answers"),
    "aggregation": gettext_lazy("Figures"),
    "linkage": gettext_lazy("Comparisons of staff and customers"),
    "followup": gettext_lazy("The timetable"),
    "": gettext_lazy("Tables of the libraries"),
}


def build_sheet(*, now: datetime) -> Document:
    """Return the sheet as everything is at this moment."""
    return Document(
        title=_("What is kept, and who sees what"),
        lead=_(
            "For the works council and data protection. This sheet is made from the settings, the "
            "roles and the tables that are in force on %(day)s; nobody writes it by hand. It "
            "cannot be made while any column of the database is missing in it."
        )
        % {"day": date_format(local_date(now), "DATE_FORMAT")},
        sections=(
            Section(_("Who sees what"), paragraphs=_who(), grid=list_roles()),
            Section(_("From how many people"), paragraphs=_how_many(), grid=list_thresholds()),
            Section(_("For how long"), grid=list_retention()),
            Section(_("Where it is written"), grid=list_places()),
            *_tables(),
        ),
    )


def _who() -> tuple[str, ...]:
    return (
        _(
            "Nobody opens single answers: there is no page and no file of them. Machines with a "
            "key open what the account they act for opens. Whoever runs the server can read the "
            "tables below, and after sealing cannot tell whose answers are whose."
        ),
        _say_who_is_named(),
    )


def _say_who_is_named() -> str:
    if may_name_employees():
        return _(
            "At least one survey of customers may say on a customer’s own page which employee "
            "served them. The name is shown to that customer and to nobody else, is forgotten "
            "after 30 days at most, and stands beside no answer. Nothing is measured, compared or "
            "filtered by employee."
        )
    return _(
        "No survey names the employee who served a customer; names that systems send along are "
        "not kept. Nothing is measured, compared or filtered by employee."
    )


def _how_many() -> tuple[str, ...]:
    return (
        _(
            "The smallest number is fixed when a survey is launched. It can be raised, by nobody "
            "lowered. A figure is also left out where it would let a smaller group be worked out "
            "from others."
        ),
    )


def _tables() -> Iterator[Section]:
    for app, found in groupby(read_tables(), key=lambda table: table.app):
        tables = list(found)
        rows = tuple(row for table in tables for row in _rows(table))
        columns = (_("Column"), _("Holds"), _("Kind"), _("Kept"))
        words = ngettext("%(name)s: %(n)s table", "%(name)s: %(n)s tables", len(tables))
        yield Section(
            words % {"name": APP_NAMES[app], "n": len(tables)},
            paragraphs=(_("What each column holds is told in English."),),
            grid=Grid(columns, rows, is_english=True),
            is_long=True,
        )


def _rows(table: StoredTable) -> Iterator[Row]:
    yield (table.name, table.holds, str(KIND_NAMES[table.kind]), say_kept(table.kept))
    for one in table.columns:
        name = f"{table.name}.{one.name}"
        yield (name, one.holds, str(KIND_NAMES[one.kind]), say_kept(one.kept))

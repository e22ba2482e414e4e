"""What the page of the access log shows: who did what, the newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from survey.accounts.access_log import COMMAND_LINE
from survey.accounts.models import AccessEntry, Action
from survey.dashboards.access_log.saying import name_teams, say_place, say_roles
from survey.dashboards.filters import Filter, UnknownChoiceError, build_filter, choose

ROWS_OF_A_PAGE = 100
ALL, SHELL = "all", "command-line"
REFUSED = "refused"
FAILED = Q(status__gte=400) | Q(user_key="", status__gt=0)
PERIODS = {
    "30": gettext_lazy("The last 30 days"),
    "7": gettext_lazy("The last 7 days"),
    "90": gettext_lazy("The last 90 days"),
    ALL: gettext_lazy("All that is kept"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which entries were asked for, and the lists to choose others from."""

    filters: tuple[Filter, ...]
    entries: QuerySet[AccessEntry]

    def address(self, **more: str) -> str:
        """Return the query of what was chosen, with more in it."""
        chosen = {one.name: _chosen_in(one) for one in self.filters}
        return f"?{urlencode({**chosen, **more})}"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry, and what its page and its roles are called."""

    entry: AccessEntry
    place: str
    held: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of the chosen entries."""

    filters: tuple[Filter, ...]
    rows: tuple[Row, ...]
    n_rows: int
    number: int
    n_pages: int
    is_empty: bool  # nothing has been recorded at all
    csv_address: str
    previous_address: str
    next_address: str


def choose_entries(*, wanted: Mapping[str, str], now: datetime) -> Chosen:
    """Read a query: which person, which action, which period, answered how."""
    people = {ALL: _("Everybody")} | _name_people()
    actions = {ALL: _("Everything")} | {str(value): str(label) for value, label in Action.choices}
    periods = {code: str(label) for code, label in PERIODS.items()}
    answers = {ALL: _("However it was answered"), REFUSED: _("Refused or failed")}
    person, action, period, answer = (
        choose(wanted.get(name), there)
        for name, there in (
            ("person", people),
            ("action", actions),
            ("period", periods),
            ("answer", answers),
        )
    )
    entries = AccessEntry.objects.order_by("-at", "-pk")
    if person != ALL:
        entries = entries.filter(user_key="" if person == SHELL else person)
    if action != ALL:
        entries = entries.filter(action=action)
    if period != ALL:
        entries = entries.filter(at__gt=now - timedelta(days=int(period)))
    if answer == REFUSED:
        entries = entries.filter(FAILED)
    return Chosen(
        filters=(
            build_filter("person", _("Who"), people, person),
            build_filter("action", _("Did what"), actions, action),
            build_filter("period", _("When"), periods, period),
            build_filter("answer", _("Answer"), answers, answer),
        ),
        entries=entries,
    )


def build_log_page(*, wanted: Mapping[str, str], now: datetime) -> LogPage:
    """Return one page of the entries that were asked for."""
    chosen = choose_entries(wanted=wanted, now=now)
    n_rows = chosen.entries.count()
    n_pages = max(1, -(-n_rows // ROWS_OF_A_PAGE))
    number = _read_number(wanted.get("page"), n_pages)
    start = (number - 1) * ROWS_OF_A_PAGE
    return LogPage(
        filters=chosen.filters,
        rows=_say_rows(list(chosen.entries[start : start + ROWS_OF_A_PAGE])),
        n_rows=n_rows,
        number=number,
        n_pages=n_pages,
        is_empty=n_rows == 0 and len(chosen.filters[0].options) == 1,
        csv_address=chosen.address(format="csv"),
        previous_address=chosen.address(page=str(number - 1)) if number > 1 else "",
        next_address=chosen.address(page=str(number + 1)) if number < n_pages else "",
    )


def _say_rows(entries: Sequence[AccessEntry]) -> tuple[Row, ...]:
    teams = name_teams(entries)
    return tuple(Row(one, say_place(one), say_roles(one.held, teams)) for one in entries)


def _name_people() -> dict[str, str]:
    """Return everybody in the log by the key of their account, with their last name there."""
    named = AccessEntry.objects.values_list("user_key").annotate(name=Max("user_name"))
    people = {key or SHELL: name for key, name in named.order_by("name", "user_key")}
    return {
        key: _("the command line") if name == COMMAND_LINE else name for key, name in people.items()
    }


def _read_number(wanted: str | None, n_pages: int) -> int:
    number = int(wanted) if wanted and wanted.isascii() and wanted.isdigit() else 1
    if not 1 <= number <= n_pages or (wanted and str(number) != wanted):
        raise UnknownChoiceError(wanted)
    return number


def _chosen_in(one: Filter) -> str:
    return next(option.value for option in one.options if option.is_chosen)

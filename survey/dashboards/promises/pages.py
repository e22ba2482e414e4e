"""The list of promises and the page of one, gathered so that templates fire no query."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from survey.dashboards.access import Reader
from survey.dashboards.filters import Filter, build_filter, choose
from survey.dashboards.ordering import natural
from survey.dashboards.promises.access import may_change
from survey.dashboards.promises.history import Entry, read_history
from survey.dashboards.promises.states import NAMES, Standing, say_counts, stand
from survey.followup.commitments import readable_commitments, tell_promise, tell_promises
from survey.followup.models import Commitment
from survey.questionnaires.models import Audience, Scale

PER_PAGE = 50
ALL, EVERYBODY = "", "everybody"


@dataclass(frozen=True, slots=True)
class PromiseList:
    """The promises that were looked for, and how all that may be read stand."""

    counts: str
    filters: tuple[Filter, ...]
    rows: Page[Standing]
    may_add: bool


@dataclass(frozen=True, slots=True)
class PromisePage:
    """One promise with its history; commitment is as it is stored."""

    commitment: Commitment
    standing: Standing
    history: tuple[Entry, ...]
    theme: str
    may_change: bool

    @property
    def is_to_customers(self) -> bool:
        """Say to whom it was made."""
        return self.commitment.audience == Audience.CUSTOMER


def build_promise_list(*, reader: Reader, wanted: Mapping[str, str], today: date) -> PromiseList:
    """List what a reader may read, as they wish; an unknown wish raises UnknownChoiceError."""
    commitments = list(readable_commitments(team_ids=reader.team_ids))
    states = {ALL: _("all"), **{code: str(name) for code, name in NAMES.items()}}
    teams = {ALL: _("all"), **_name_teams(commitments)}
    state, team = choose(wanted.get("state"), states), choose(wanted.get("team"), teams)
    of_team = [one for one in commitments if team in (ALL, _code(one))]
    promises = tell_promises(of_team, today=today)
    standings = [stand(promise) for promise in promises]
    rows = [one for one in standings if state in (ALL, one.code)]
    return PromiseList(
        counts=say_counts(promises),
        filters=(
            build_filter("state", _("How it stands"), states, state),
            build_filter("team", _("Team"), teams, team),
        ),
        rows=Paginator(rows, PER_PAGE).get_page(wanted.get("page")),
        may_add=reader.seen_as is None,
    )


def build_promise_page(*, reader: Reader, commitment: Commitment, today: date) -> PromisePage:
    """Gather the page of one promise."""
    theme = Scale.objects.filter(code=commitment.theme).first() if commitment.theme else None
    return PromisePage(
        commitment=commitment,
        standing=stand(tell_promise(commitment, today=today)),
        history=read_history(commitment),
        theme=theme.name if theme else "",
        may_change=may_change(reader, commitment),
    )


def _name_teams(commitments: list[Commitment]) -> dict[str, str]:
    teams = {one.team.code: one.team.name for one in commitments if one.team is not None}
    named = dict(sorted(teams.items(), key=lambda pair: natural(pair[1])))
    has_everybody = any(one.team is None for one in commitments)
    return ({EVERYBODY: _("everybody")} if has_everybody else {}) | named


def _code(commitment: Commitment) -> str:
    return commitment.team.code if commitment.team is not None else EVERYBODY

"""Who may read what: everything, their own part of the organisation, their own team, or nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from survey.accounts.models import Grant, Role, User
from survey.accounts.selectors import SEE_EVERYTHING, Scope, get_scope, scope_of_grant
from survey.linkage.models import Study
from survey.linkage.selectors import shown_studies

SEEN_AS = "seen_as"  # in the session: the grant that somebody who sees everything tries out
MAY_COMPARE = SEE_EVERYTHING | {Role.LEADER}
MAY_READ_TEAMS = MAY_COMPARE | {Role.TEAM_LEAD}
MAY_TAKE_CALLS = frozenset({Role.HR, Role.CX_MANAGER, Role.LEADER, Role.TEAM_LEAD})
MAY_READ_LEDGER = SEE_EVERYTHING | {Role.AUDITOR}
MAY_READ_LOG = frozenset({Role.AUDITOR})
MAY_READ_SHEETS = frozenset({Role.HR, Role.AUDITOR})
REASONS = {
    Role.TEAM_LEAD: _(
        "This page compares teams with each other. A team lead reads their own team only, "
        "so it is open to those who lead a part of the organisation with several teams."
    ),
    Role.ADMIN: _(
        "Administrators look after accounts and the machine. So that running the system never "
        "means reading its results, this role opens no figures."
    ),
    Role.AUDITOR: _(
        "This role reads how surveys are run: their settings, dates and thresholds. It opens no "
        "figures about teams."
    ),
}
FOR_OTHERS = _("This page is for others: your role does not open it.")
LEDGER_ONLY = _(
    "This page is for the offices that run surveys and for those who check them. What is said of "
    "your own part of the organisation stands on the pages of figures."
)
LOG_ONLY = _(
    "The access log is for the works council or data protection alone: it says what everybody "
    "else here has opened."
)
CALLS_ONLY = _(
    "Calls name people. Only those who take them see them: the people team, customer experience, "
    "and whoever leads a team."
)
NO_ROLE = _("You have no role that opens figures.")
TRYING = _("Whoever tries out a role reads only, and changes nothing.")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads, what they may open, and whose role they try out, if any."""

    user: User
    scope: Scope
    seen_as: Grant | None = None

    @property
    def team_ids(self) -> frozenset[int] | None:
        """Return the teams whose figures may be read, today's and past ones; None: all."""
        return None if self.scope.sees_everything else self.scope.past_team_ids

    @property
    def studies(self) -> QuerySet[Study]:
        """Return the comparisons of parts that may be read."""
        studies = shown_studies()
        if self.scope.sees_everything:
            return studies
        return studies.filter(scope__in=self.scope.led_team_ids)

    def opens(self, team_ids: Iterable[int]) -> bool:
        """Say whether the figures of a group of teams may be seen."""
        return self.scope.opens(team_ids)

    def compares(self, team_id: int) -> bool:
        """Say whether the parts below a team may be compared."""
        return self.scope.sees_everything or team_id in self.scope.led_team_ids


def find_reader(*, user: User, session: SessionBase | None = None) -> Reader:
    """Return who reads; somebody who sees everything may try out the role of another."""
    scope = get_scope(user=user)
    wanted = session.get(SEEN_AS) if session is not None else None
    if wanted is None or not scope.sees_everything:
        return Reader(user, scope)
    grant = Grant.objects.select_related("user", "team").filter(pk=wanted).first()
    return Reader(user, scope_of_grant(grant=grant), grant) if grant else Reader(user, scope)


def require(reader: Reader, roles: Collection[str]) -> Reader:
    """Return the reader if they hold one of some roles; else refuse, saying why."""
    if reader.scope.roles.isdisjoint(roles):
        raise PermissionDenied(_explain(reader.scope.roles, roles))
    return reader


def refuse_trying(reader: Reader) -> None:
    """Refuse whoever tries out a role: they read only."""
    if reader.seen_as is not None:
        raise PermissionDenied(str(TRYING))


def _explain(held: Collection[str], roles: Collection[str]) -> str:
    """Return why somebody with some roles may not open a page that is open to others."""
    if roles is MAY_TAKE_CALLS and held:
        return str(CALLS_ONLY)
    if roles == MAY_READ_LOG and held:
        return str(LOG_ONLY)
    if Role.AUDITOR in roles and not MAY_READ_TEAMS.isdisjoint(held):
        return str(LEDGER_ONLY)
    told = [role for role in REASONS if role != Role.TEAM_LEAD or roles == MAY_COMPARE]
    found = (REASONS[role] for role in told if role in held)
    return str(next(found, FOR_OTHERS if held else NO_ROLE))

"""Accounts of the demo, one for each role; the password is no secret and opens nothing else."""

from dataclasses import dataclass
from datetime import datetime

from survey.accounts.models import Role
from survey.accounts.services import create_user, grant_role, record_look
from survey.organization.models import Team
from survey.samples.organisation import DOMAIN, REGIONS, ROOT_CODE, TRADES, region_code, team_code

PASSWORD = "bread-butter-and-honey"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """How to log in to the demo, and as what."""

    role: str
    name: str
    email: str
    password: str
    grant: str
    team_code: str | None = None


def demo_logins() -> tuple[DemoLogin, ...]:
    """Return an account for each role."""
    region, trade = REGIONS[0], TRADES[0]
    return (
        _login("people team (HR)", "Alice Marsh", Role.HR),
        _login("customer experience", "Carmen Costa", Role.CX_MANAGER),
        _login("analyst", "Anand Patel", Role.ANALYST),
        _login("leader of the whole company", "Olga Lind", Role.LEADER, ROOT_CODE),
        _login(f"leader of the {region} region", "Rita Okafor", Role.LEADER, region_code(region)),
        _login(
            f"team lead, {region} {trade}", "Bob Berg", Role.TEAM_LEAD, team_code(region, trade)
        ),
        _login("works council (auditor)", "Wim Jansen", Role.AUDITOR),
        _login("administrator (no figures)", "Adam Quinn", Role.ADMIN),
    )


def create_logins(*, looked_at: datetime) -> None:
    """Make the accounts, whose owners have seen what was new up to a moment."""
    for login in demo_logins():
        user = create_user(email=login.email, name=login.name, password=login.password)
        team = Team.objects.get(code=login.team_code) if login.team_code else None
        grant_role(user=user, role=login.grant, team=team)
        record_look(user=user, looked_at=looked_at)


def _login(role: str, name: str, grant: Role, team: str | None = None) -> DemoLogin:
    """Describe one account."""
    email = f"{name.split()[0].lower()}@{DOMAIN}"
    return DemoLogin(role, name, email, PASSWORD, grant.value, team)

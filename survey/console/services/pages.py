"""What the page of who serves whom shows: plain facts, so that a template asks for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from survey.console.services.drawing import Picture, draw
from survey.core.bidi import arrow_ahead, isolate
from survey.organization.models import Service, Team
from survey.organization.serving import (
    MOST_CIRCLES,
    Arrow,
    ServiceRow,
    find_cycles,
    list_arrows,
    list_services,
)

N_SHOWN = 50
MOST_LISTED = 300
MOST_DRAWN = 400


@dataclass(frozen=True, slots=True)
class ServicesPage:
    """The services of a day, as a picture, in words and as a list."""

    rows: Sequence[ServiceRow]
    folded: Sequence[ServiceRow]
    n_rows: int
    today: date
    picture: Picture | None
    n_arrows: int
    n_teams: int
    circles: tuple[str, ...]
    has_more_circles: bool
    teams: Sequence[Team]
    chains: Sequence[str]
    team: Team | None
    chain: str
    has_any: bool

    @property
    def n_listed(self) -> int:
        """Return how many are in the list, of those there are."""
        return len(self.rows) + len(self.folded)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether only some are shown."""
        return self.team is not None or bool(self.chain)


def build_services_page(*, team_code: str, chain: str, today: date) -> ServicesPage:
    """Return the page, narrowed to what a team and all below it give and receive, or to a chain."""
    teams = list(Team.objects.open_on(today).order_by("name", "pk"))
    team = next((one for one in teams if one.code == team_code), None)
    chains = _list_chains()
    chain = chain if chain in chains else ""
    rows = [
        row for row in list_services(today=today, below=team) if not chain or row.chain == chain
    ]
    arrows = [
        arrow for arrow in list_arrows(today=today, below=team) if not chain or arrow.chain == chain
    ]
    circles = find_cycles(arrows)
    return ServicesPage(
        rows=rows[:N_SHOWN],
        folded=rows[N_SHOWN:MOST_LISTED],
        n_rows=len(rows),
        today=today,
        picture=draw(arrows) if 0 < len(arrows) <= MOST_DRAWN else None,
        n_arrows=len(arrows),
        n_teams=len({code for one in arrows for code in (one.provider_code, one.consumer_code)}),
        circles=tuple(_say_circle(circle, arrows) for circle in circles),
        has_more_circles=len(circles) == MOST_CIRCLES,
        teams=teams,
        chains=chains,
        team=team,
        chain=chain,
        has_any=bool(rows) or Service.objects.exists(),
    )


def _list_chains() -> list[str]:
    named = Service.objects.exclude(chain="").order_by("chain")
    return list(named.values_list("chain", flat=True).distinct())


def _say_circle(circle: Sequence[str], arrows: Sequence[Arrow]) -> str:
    """Return the teams round a circle by name, the first one again at the end."""
    names = {arrow.provider_code: arrow.provider_name for arrow in arrows}
    return f" {arrow_ahead()} ".join(isolate(names[code]) for code in (*circle, circle[0]))

"""The demo organisation: a company of sixty teams in six regions, and everybody in it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import numpy as np

from survey.organization.lines import PersonLine, RosterFile, TeamLine
from survey.organization.models import Team
from survey.organization.services import import_roster
from survey.samples.tenure import tenure_of

ROOT_CODE = "hearth"
ROOT_NAME = "Hearth & Co"
DOMAIN = "hearth.example"
REGIONS = ("Harbour", "Old Town", "Hillside", "Riverside", "Market", "Lakeside")
TRADES = (
    *("Bakery", "Kitchen", "Front Desk", "Deliveries", "Repairs"),
    *("Checkout", "Garden", "Advice", "Workshop", "Phones"),
)
N_HEAD_OFFICE = 8
YEARS_BACK = timedelta(days=3 * 365)
FIRST_NAMES = (
    *("Ada", "Amir", "Asha", "Ben", "Carla", "Chidi", "Dana", "Elif", "Emil", "Fatima"),
    *("Finn", "Grace", "Hana", "Ibrahim", "Ines", "Jonas", "Kofi", "Lena", "Liam", "Maria"),
    *("Mei", "Nadia", "Noah", "Olu", "Paula", "Priya", "Rosa", "Samir", "Tara", "Yusuf"),
)
LAST_NAMES = (
    *("Abara", "Acosta", "Berg", "Bauer", "Cohen", "Costa", "Dahl", "Demir", "Evans", "Fischer"),
    *("Gomez", "Haddad", "Hughes", "Ito", "Jansen", "Kaya", "Keller", "Lind", "Lopez", "Marsh"),
    *("Mbeki", "Moreau", "Novak", "Okafor", "Patel", "Quinn", "Rossi", "Sato", "Singh", "Weber"),
)


def team_names() -> list[tuple[str, str]]:
    """Return region and trade of every team, in the order in which the simulation counts them."""
    return [(region, trade) for region in REGIONS for trade in TRADES]


def region_code(region: str) -> str:
    """Return the code of a region."""
    return f"{region.lower().replace(' ', '-')}-region"


def team_code(region: str, trade: str) -> str:
    """Return the code of a team."""
    return f"{region} {trade}".lower().replace(" ", "-")


def create_organisation(*, headcounts: Sequence[int], seed: int, today: date) -> Team:
    """Bring teams and people in through the roster, like any other company's; return the root."""
    people = tuple(_people(headcounts, np.random.default_rng(seed), today - YEARS_BACK))
    import_roster(roster=RosterFile(people=people, teams=tuple(_teams())), today=today)
    return Team.objects.get(code=ROOT_CODE)


def _teams() -> Iterator[TeamLine]:
    """Yield the tree, parents before children."""
    yield TeamLine(ROOT_CODE, ROOT_NAME, "", line=1)
    for region in REGIONS:
        yield TeamLine(region_code(region), f"{region} region", ROOT_CODE, line=1)
    for region, trade in team_names():
        yield TeamLine(team_code(region, trade), f"{region} {trade}", region_code(region), line=1)


def _people(
    headcounts: Sequence[int], rng: np.random.Generator, since: date
) -> Iterator[PersonLine]:
    """Yield head office, a director for each region, and the teams, their leaders first."""
    places = [ROOT_CODE] * N_HEAD_OFFICE + [region_code(region) for region in REGIONS]
    for (region, trade), headcount in zip(team_names(), headcounts, strict=True):
        places += [team_code(region, trade)] * headcount
    before = None
    for number, place in enumerate(places, start=1):
        name = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
        yield PersonLine(
            line=number,
            person_id=f"H{number:04}",
            name=name,
            email=f"{name.lower().replace(' ', '.')}.{number}@{DOMAIN}",
            language="en",
            team=place,
            is_leader=place != before,
            active_from=since,
            attributes=tenure_of(number),
        )
        before = place

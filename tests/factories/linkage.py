"""Two campaigns that are compared, with as many answered teams as a test needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from survey.aggregation.services import make_due_releases, refresh_due_rollups
from survey.campaigns.models import Campaign, Group, Pairing, Wave
from survey.organization.models import Team
from tests.factories.aggregation import (
    answer,
    fair,
    make_campaign,
    make_cell,
    make_instrument,
    make_wave,
    plant,
)

QUARTER_END = datetime(2026, 3, 31, 18, tzinfo=UTC)
RUN_AT = datetime(2026, 4, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Company:
    """A pairing over a company of numbered teams in two regions, north and south."""

    pairing: Pairing
    parents: Mapping[str, str | None]
    teams: Sequence[str]

    @property
    def ex(self) -> Campaign:
        return self.pairing.ex

    @property
    def cx(self) -> Campaign:
        return self.pairing.cx


def make_company(n_teams: int, *, period: str = "QUARTER") -> Company:
    """Make the teams, both questionnaires and the pairing; nobody was asked yet."""
    company = Team.objects.create(code="company", name="The Company")
    teams = [f"t{number:04}" for number in range(n_teams)]
    parents: dict[str, str | None] = {"company": None, "north": "company", "south": "company"}
    parents |= {code: ("north", "south")[at % 2] for at, code in enumerate(teams)}
    campaigns = [
        make_campaign(make_instrument(audience, prefix=prefix), company, code)
        for audience, prefix, code in (("EMPLOYEE", "", "pulse"), ("CUSTOMER", "cx_", "care"))
    ]
    pairing = Pairing.objects.create(
        code="main", name="Main", ex=campaigns[0], cx=campaigns[1], period=period
    )
    return Company(pairing, parents, teams)


def ask_employees(
    company: Company, scores: Mapping[str, int], *, n: int = 6, **options: Any
) -> dict[str, Group]:
    """Seal an employee wave in which n people of each team gave the score, or one beside it."""
    groups = plant(make_wave(company.ex, **options), company.parents)
    for code, score in scores.items():
        answer(groups[code], spread(score, n))
    return groups


def ask_customers(
    company: Company, scores: Mapping[str, int], *, day: date, n: int = 12, **options: Any
) -> Wave:
    """Seal a customer wave with one cell of n per team, sealed on a day."""
    wave = make_wave(company.cx, **options)
    groups = plant(wave, company.parents)
    for code, score in scores.items():
        make_cell(groups[code], day, spread(score, n, prefix="cx_"))
    return wave


def spread(score: int, n: int, *, prefix: str = "") -> list[dict[str, int | None]]:
    """Return n people around a score from 2 to 4: one above, one below, the rest on it."""
    values = [score - 1, score + 1, *[score] * (n - 2)]
    return [fair(value, prefix=prefix) for value in values]


def release_all(now: datetime = RUN_AT) -> None:
    """Roll up and release what is due."""
    refresh_due_rollups(now=now)
    make_due_releases(now=now)

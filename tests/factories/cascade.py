"""Three campaigns with released figures of teams, and of arrows between them, as they stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

import numpy as np

from survey.aggregation.models import Figure, Release
from survey.campaigns.models import Campaign, Group, GroupArrow, GroupKind, GroupTeam, Pairing, Wave
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team
from tests.factories.aggregation import make_campaign, make_instrument, make_wave, plant
from tests.factories.linkage import Company, make_company

QUARTERS = tuple(date(2025 + at // 4, 3 * (at % 4) + 1, 1) for at in range(8))
FAIR, CARED_FOR, SERVED = "fair", "cx_fair", "co_fair"

Arrow = tuple[str, str]  # codes of the serving and the served team
Scores = Mapping[str, float]
Name = TypeVar("Name")


@dataclass(frozen=True)
class Colleagues:
    """A company whose teams rate those that serve them; most serve two others, in a ring."""

    company: Company
    arrows: tuple[Arrow, ...]

    @property
    def pairing(self) -> Pairing:
        return self.company.pairing

    @property
    def campaign(self) -> Campaign:
        return Campaign.objects.get(pairings_as_colleague=self.pairing)


def make_colleagues(n_teams: int = 20, n_each: int = 2) -> Colleagues:
    """Make a pairing with colleagues; nobody was asked yet."""
    company = make_company(n_teams)
    campaign = make_campaign(
        make_instrument("COLLEAGUE", prefix="co_"), company.ex.scope, "colleagues"
    )
    company.pairing.colleague = campaign
    company.pairing.save()
    for code, parent in company.parents.items():
        above = Team.objects.filter(code=parent).first()
        Team.objects.get_or_create(code=code, defaults={"name": code, "parent": above})
    arrows = tuple(
        (company.teams[at], company.teams[(at + turn) % n_teams])
        for at in range(n_teams)
        for turn in range(1, n_each + 1)
    )
    return Colleagues(company, arrows)


def release_staff(colleagues: Colleagues, quarter: date, scores: Scores) -> Release:
    """Release how teams feel treated; inner teams too, if they have a score."""
    wave = make_wave(colleagues.company.ex, closed_at=_late_in(quarter))
    return _release(wave, FAIR, plant(wave, colleagues.company.parents), scores)


def release_customers(
    colleagues: Colleagues, quarter: date, scores: Scores, *, n: int = 30
) -> Release:
    """Release what the customers of teams say."""
    wave = make_wave(colleagues.company.cx, closed_at=_late_in(quarter))
    return _release(wave, CARED_FOR, plant(wave, colleagues.company.parents), scores, n=n)


def release_ratings(
    colleagues: Colleagues,
    quarter: date,
    ratings: Mapping[Arrow, float],
    *,
    chains: Mapping[Arrow, str] | None = None,
    pooled: Iterable[Arrow] = (),
) -> Release:
    """Release what teams say of those that serve them; an arrow without a rating is not shown.

    The pooled arrows of a serving team share a group; its rating is that of the first of them.
    """
    wave = make_wave(colleagues.campaign, closed_at=_late_in(quarter))
    teams = {team.code: team for team in Team.objects.all()}
    asked = list({**dict.fromkeys(ratings), **dict.fromkeys(colleagues.arrows)})
    small = set(pooled)
    codes = [_code(one, is_small=one in small) for one in asked]
    kinds = [GroupKind.POOL if one in small else GroupKind.EDGE for one in asked]
    groups = _grow(wave, dict.fromkeys((one for one, _ in asked), (GroupKind.NODE, None)))
    groups |= _grow(
        wave,
        {code: (kind, groups[one[0]]) for code, kind, one in zip(codes, kinds, asked, strict=True)},
    )
    placed = {(one, one) for one, _ in asked}
    placed |= {(code, end) for code, one in zip(codes, asked, strict=True) for end in one}
    GroupTeam.objects.bulk_create(
        GroupTeam(group=groups[code], team=teams[end]) for code, end in sorted(placed)
    )
    GroupArrow.objects.bulk_create(
        GroupArrow(
            group=groups[code],
            provider=teams[one[0]],
            consumer=teams[one[1]],
            chain=(chains or {}).get(one, ""),
        )
        for code, one in zip(codes, asked, strict=True)
    )
    scores: dict[str, float] = {}
    for code, one in zip(codes, asked, strict=True):
        if one in ratings:
            scores.setdefault(code, ratings[one])
            scores.setdefault(one[0], ratings[one])
    return _release(wave, SERVED, groups, scores)


def release_quarters(
    colleagues: Colleagues, n: int = 4, *, effect: float = 0.8, seed: int = 1
) -> None:
    """Release quarters in which service passes on, by so much at each link."""
    rng = np.random.default_rng(seed)
    teams, arrows = colleagues.company.teams, colleagues.arrows
    feels = rng.normal(size=len(teams))
    for quarter in QUARTERS[:n]:
        own = dict(zip(teams, feels, strict=True))
        ratings = {one: mix(rng, effect, own[one[0]]) for one in arrows}
        release_staff(colleagues, quarter, as_scores(own))
        release_customers(
            colleagues, quarter, as_scores({team: mix(rng, effect, own[team]) for team in teams})
        )
        release_ratings(colleagues, quarter, as_scores(ratings))
        got = [[value for one, value in ratings.items() if one[1] == team] for team in teams]
        feels = np.array([mix(rng, effect, sum(one) / np.sqrt(len(one) or 1)) for one in got])


def mix(rng: np.random.Generator, share: float, value: float) -> float:
    return share * value + float(np.sqrt(1 - share**2) * rng.normal())


def as_scores(values: Mapping[Name, float]) -> dict[Name, float]:
    """Print values of about -3 to 3 as scores of 0 to 100."""
    return {name: round(min(max(60 + 10 * value, 0), 100), 1) for name, value in values.items()}


def chain_of(study: CascadeStudy, code: str = "") -> dict[str, object]:
    return next(one for one in study.chains if one["code"] == code)


def _late_in(quarter: date) -> datetime:
    return datetime(quarter.year, quarter.month + 2, 20, tzinfo=UTC)


def _code(arrow: Arrow, *, is_small: bool) -> str:
    return f"{arrow[0]}:smaller" if is_small else f"{arrow[0]}>{arrow[1]}"


def _grow(wave: Wave, groups: Mapping[str, tuple[str, Group | None]]) -> dict[str, Group]:
    """Make groups by code, of a kind and below another."""
    made = Group.objects.bulk_create(
        Group(wave=wave, parent=parent, kind=kind, code=code, name=code)
        for code, (kind, parent) in groups.items()
    )
    return {group.code: group for group in made}


def _release(
    wave: Wave, metric: str, groups: Mapping[str, Group], scores: Scores, *, n: int = 8
) -> Release:
    release = Release.objects.create(
        wave=wave, made_at=wave.closes_at, checksum=f"{metric} {wave.pk}".rjust(64, "0")
    )
    Figure.objects.bulk_create(
        Figure(
            release=release,
            group=groups[code],
            metric=metric,
            n=n,
            mean=score,
            se=2.0,
            low=score - 4,
            high=score + 4,
        )
        for code, score in scores.items()
    )
    return release

"""Stored cascades for the tests of the dashboards, as `survey.linkage` stores them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from survey.campaigns.models import Pairing
from survey.linkage.models import CascadeStudy
from survey.organization.models import Team
from tests.dashboards.studies import SUMMER

SCALES = {
    "ex": {"code": "fairness", "name": "Fairness at work", "phrase": "fairness at work"},
    "cx": {"code": "treatment", "name": "Kind treatment", "phrase": "kind treatment"},
    "rating": {"code": "internal_service", "name": "Service", "phrase": "service"},
}
LINKS = ("staff_to_service", "service_to_staff", "staff_to_customers")
HALF = 6.0
SHOP = ("stores", "billing", "kitchens", "delivery", "desk", "support")
SHOP_ARROWS = (
    ("stores", "kitchens", 64.2, "Stores, desk"), ("stores", "delivery", 71.3, ""),
    ("stores", "desk", 58.4, "Stores, desk"), ("kitchens", "desk", 69.1, "Stores, desk"),
    ("billing", "support", 52.6, "Billing, support"), ("delivery", "support", None, ""),
    ("delivery", "desk", 62.7, ""),
)  # fmt: skip
Row = dict[str, Any]


def make_arrow(
    provider: Team,
    consumer: Team,
    mean: float | None,
    *,
    chain: str = "",
    half: float = HALF,
    is_pooled: bool = False,
) -> Row:
    """Return an arrow as it is stored; without a mean it is not shown."""
    is_shown = mean is not None
    return {
        "provider_id": provider.pk, "provider": provider.code, "provider_name": provider.name,
        "consumer_id": consumer.pk, "consumer": consumer.code, "consumer_name": consumer.name,
        "chain": chain, "mean": mean, "low": None if mean is None else mean - half,
        "high": None if mean is None else mean + half, "se": half / 2 if is_shown else None,
        "n": 9 if is_shown else None, "is_pooled": is_pooled, "is_shown": is_shown,
    }  # fmt: skip


def make_node(
    team: Team, *, ex: float | None = None, cx: float | None = None, rating: float | None = None
) -> Row:
    """Return a team as it is stored."""
    row: Row = {
        "team_id": team.pk, "code": team.code, "name": team.name, "n_served_by": 1, "n_serves": 1,
    }  # fmt: skip
    for name, mean in (("ex", ex), ("cx", cx), ("rating", rating)):
        row |= {
            name: mean,
            f"{name}_low": None if mean is None else mean - 3,
            f"{name}_high": None if mean is None else mean + 3,
        }
    return row


def make_chain(
    code: str = "",
    verdict: str = "SUPPORTED",
    *,
    r: Sequence[float] = (0.38, 0.36, 0.42),
    n_arrows: int = 31,
    n_waves: int = 4,
    reason: str = "",
) -> Row:
    """Return a chain as it is stored; a link is supported where its interval leaves 0 out."""
    has_numbers = verdict != "TOO_FEW"
    links = []
    for name, value in zip(LINKS, r, strict=True):
        low, high = round(value - 0.3, 2), round(value + 0.3, 2)
        judged = "SUPPORTED" if low > 0 else "CANNOT_TELL"
        links.append(
            {"name": name, "r": value, "low": low, "high": high, "n": n_arrows, "n_teams": 12,
             "verdict": judged}
            if has_numbers
            else {"name": name, "r": None, "low": None, "high": None, "n": 0, "n_teams": 0,
                  "verdict": "NOT_SHOWN"}
        )  # fmt: skip
    numbers = {"product": 0.0575, "low": 0.0123, "high": 0.1414, "p_value": 0.03}
    return {
        "code": code, "name": code, "n_arrows": n_arrows, "n_teams": 12, "n_waves": n_waves,
        **(numbers if has_numbers else dict.fromkeys(numbers)),
        "verdict": verdict, "reason": reason, "links": links,
    }  # fmt: skip


def make_cascade(
    pairing: Pairing,
    scope: Team,
    arrows: Sequence[Row],
    *,
    nodes: Sequence[Row] = (),
    chains: Sequence[Row] = (),
    period_start: date = SUMMER,
    n_waves: int = 4,
) -> CascadeStudy:
    """Store a cascade."""
    return CascadeStudy.objects.create(
        pairing=pairing,
        scope=scope,
        period_start=period_start,
        computed_at=datetime(2026, 10, 1, tzinfo=UTC),
        release_checksum="c" * 64,
        n_arrows=len(arrows),
        n_waves=n_waves,
        scales=SCALES,
        chains=list(chains) or [make_chain(n_waves=n_waves)],
        arrows=list(arrows),
        teams=list(nodes),
    )


def make_shop(pairing: Pairing, parent: Team) -> CascadeStudy:
    """Store the seven arrows of a shop, of which one is not shown, and its two chains."""
    teams = {
        code: Team.objects.create(code=code, name=code.title(), parent=parent) for code in SHOP
    }
    arrows = [
        make_arrow(teams[one], teams[other], mean, chain=chain)
        for one, other, mean, chain in SHOP_ARROWS
    ]
    figures = {"desk": 74.4, "support": 72.3, "delivery": 70.2}
    nodes = [
        make_node(team, ex=61.4 + place, cx=figures.get(code), rating=60.6 + place)
        for place, (code, team) in enumerate(teams.items())
    ]
    return make_cascade(
        pairing,
        parent,
        arrows,
        nodes=nodes,
        chains=[
            make_chain(),
            make_chain("Billing, support", "CANNOT_TELL", r=(0.31, 0.12, 0.42)),
            make_chain("Stores, desk"),
        ],
    )


def make_many(
    pairing: Pairing, scope: Team, n_arrows: int, *, parts: Mapping[str, int] | None = None
) -> CascadeStudy:
    """Store many arrows between the teams of four parts, which serve each other in this order."""
    names = tuple(parts or ("Stores", "Kitchens", "Delivery", "Desks"))
    per_part = -(-n_arrows // (len(names) - 1))
    teams: dict[str, list[Team]] = {}
    for name in names:
        part = Team.objects.create(code=name.lower(), name=name, parent=scope)
        teams[name] = Team.objects.bulk_create(
            Team(code=f"{name.lower()}-{place}", name=f"{name} {place}", parent=part)
            for place in range(1, per_part // 2 + 2)
        )
    arrows = []
    for one, other in pairwise(names):
        for place in range(per_part):
            ends = teams[one][place // 2], teams[other][(place + 1) // 2]
            mean = None if place % 17 == 5 else 42.0 + (37 * place) % 50
            arrows.append(make_arrow(*ends, mean, chain=f"{one} to {other}"))
    listed = arrows[:n_arrows]
    nodes = [
        make_node(team, ex=55.0 + place % 20, cx=68.0 + place % 9 if name == names[-1] else None)
        for name, members in teams.items()
        for place, team in enumerate(members)
    ]
    chains = [make_chain(n_arrows=n_arrows), *(
        make_chain(f"{one} to {other}", verdict, n_arrows=per_part, r=r)
        for (one, other), verdict, r in zip(
            pairwise(names),
            ("SUPPORTED", "CANNOT_TELL", "SUPPORTED"),
            ((0.38, 0.36, 0.42), (0.31, 0.12, 0.42), (0.41, 0.45, 0.38)),
            strict=False,
        )
    )]  # fmt: skip
    return make_cascade(pairing, scope, listed, nodes=nodes, chains=chains)

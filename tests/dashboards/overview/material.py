"""Figures of the shipped questionnaires as they are stored for pages."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.campaigns.models import Campaign, Channel, Pairing, Wave
from survey.dashboards.access import find_reader
from survey.dashboards.overview.pages import OverviewPage, build_overview
from survey.linkage.models import Study
from survey.organization.models import Team
from tests.dashboards.standings import Q3, said

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
CHECKSUM = "1" * 64


def kinds(passionate: int, contented: int, disengaged: int) -> dict[str, Any]:
    """Return what is stored of the kinds of people that passion tells apart."""
    shares = {"passionate": passionate, "contented": contented, "disengaged": disengaged}
    bounds = {code: [share - 3, share + 3] for code, share in shares.items()}
    return said(float(passionate), se=None, low=passionate - 3.0, high=passionate + 3.0,
                detail={"shares": shares, "bounds": bounds})  # fmt: skip


def recommend(score: int, *, n: int = 40) -> dict[str, Any]:
    """Return what is stored of a recommend score."""
    bounds = {"score": score, "low": score - 5, "high": score + 5}
    return said(60.0, n=n, detail={"recommend": bounds})


def staff(fairness: float = 60.0, passionate: int = 22) -> dict[str, dict[str, Any]]:
    """Return the figures of a part's staff."""
    return {
        "fairness": said(fairness, n=44),
        "fairness_process": said(fairness + 1.5, n=44),
        "fairness_telling": said(58.4),
        "seen": said(66.1),
        "passion": said(69.3),
        "profile:passion": kinds(passionate, 57, 43 - passionate),
        "recommend_work": recommend(12),
        "survey_trust": said(55.2),
        "item:survey_trust_1": said(56.7),
        "item:survey_trust_2": said(53.4),
        "customer_view": said(78.9),
    }


def customers(concern: float = 66.6) -> dict[str, dict[str, Any]]:
    """Return the figures of a part's customers."""
    return {
        "treatment": said(68.2, n=300),
        "item:treated_concern": said(concern, n=300),
        "item:treated_friendly": said(80.8, n=300),
        "ease": said(74.7, n=310),
        "recommend": recommend(34, n=320),
    }


def part(team: Team, metrics: Mapping[str, Any], *, kind: str = "NODE") -> dict[str, Any]:
    """Return what is stored of a part directly below a scope."""
    return {"code": team.code, "name": team.name, "kind": kind, "team_ids": [team.pk],
            "metrics": dict(metrics)}  # fmt: skip


def drawn(mean: float, shrunken: float, above: float | None) -> dict[str, Any]:
    """Return the figure of a part, drawn towards the mean of all parts."""
    return said(mean) | {
        "shrunken": shrunken, "shrunken_low": round(shrunken - 3.1, 1),
        "shrunken_high": round(shrunken + 3.1, 1), "above": above,
    }  # fmt: skip


def make_release(campaign: Campaign, start: date, scales: list[str], **fields: Any) -> Release:
    """Release a wave of a quarter, which asked some scales."""
    closed = datetime(start.year, start.month + 1, 15, 12, tzinfo=UTC)
    wave = Wave.objects.create(
        campaign=campaign, questionnaire=campaign.questionnaire, channel=Channel.PERSONAL,
        number=campaign.waves.count() + 1, opens_at=closed.replace(month=start.month),
        closes_at=closed, closed_at=closed, sealed_at=closed, launched_at=closed,
        public_key=b"x", box_size=1, **fields,
    )  # fmt: skip
    return Release.objects.create(
        wave=wave, made_at=closed, checksum=CHECKSUM, scales={code: {} for code in scales}
    )


def make_ranks(pairing: Pairing, scope: Team, ranks: list[tuple[str, int, int]]) -> Study:
    """Store a study that ranks staff themes for how customers are treated."""
    shares = [
        {"ex_scale": code, "share": 0.31 / place, "low": 0.01, "high": 0.42, "rank": place,
         "rank_low": low, "rank_high": high}
        for place, (code, low, high) in enumerate(ranks, start=1)
    ]  # fmt: skip
    found = {
        "cx_scale": "treatment", "r2": 0.44 if shares else None, "n_teams": 41,
        "shares": shares, "reason": "" if shares else "5 staff themes need 50 teams",
    }  # fmt: skip
    return Study.objects.create(
        pairing=pairing, scope=scope, period_start=Q3, computed_at=NOW, release_checksum="2" * 64,
        family_size=1, importance=[found],
    )  # fmt: skip


def build(user: User, **wanted: str) -> OverviewPage:
    """Return the page that somebody asks for."""
    page = build_overview(reader=find_reader(user=user), wanted=wanted, now=NOW)
    assert page is not None
    return page

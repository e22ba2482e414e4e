"""Stored standings for the tests of leaders' pages."""

from datetime import UTC, date, datetime
from typing import Any

from survey.aggregation.models import Standing
from survey.campaigns.models import Campaign
from survey.core.periods import Period
from survey.organization.models import Team

Q1, Q2, Q3 = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)


def said(mean: float, *, n: int = 40, se: float | None = 2.0, **more: Any) -> dict[str, Any]:
    """Return what is stored of one metric."""
    half = 1.96 * se if se else None
    return {
        "n": n, "mean": mean, "se": se, "favourable": 50, "detail": {},
        "low": None if half is None else round(mean - half, 1),
        "high": None if half is None else round(mean + half, 1),
        "teams": {"n": 9, "lower": mean - 5, "median": mean + 1, "upper": mean + 6},
    } | more  # fmt: skip


def make_standing(
    campaign: Campaign,
    scope: Team,
    start: date,
    metrics: dict[str, dict[str, Any]],
    *,
    period: str = Period.QUARTER,
    **fields: Any,
) -> Standing:
    """Store how a part stood in a quarter."""
    return Standing.objects.create(
        campaign=campaign,
        scope=scope,
        period=period,
        period_start=start,
        computed_at=datetime(2026, 10, 1, tzinfo=UTC),
        release_checksum="0" * 64,
        metrics=metrics,
        **{"n_teams": 9} | fields,
    )

"""An open wave and the closed one before it, both with counted shares."""

from datetime import datetime, timedelta

from survey.campaigns.models import Campaign, Wave
from tests.dashboards.released import PARENTS, release_wave
from tests.factories.aggregation import make_wave, plant

TEAMS = {"bakery": [4, 5] * 10, "kitchen": [2, 3] * 10, "garden": [3] * 20}
NOW_SHARES = {
    "company": "51 %", "food": "52 %", "goods": "53 %",
    "bakery": "25 %", "kitchen": "54 %", "garden": "under 10 %",
}  # fmt: skip
BEFORE_SHARES = {code: f"{70 + place} %" for place, code in enumerate(PARENTS)}


def store_shares(wave: Wave, shares: dict[str, str], day: str) -> None:
    """Store shares as the daily count does; a hundred people were asked in each group."""
    depths = {"company": 0, "food": 1, "goods": 1}
    wave.participation = {
        "date": day,
        "rows": [
            {"code": code, "name": code.title(), "kind": "NODE" if code in depths else "TEAM",
             "depth": depths.get(code, 2), "n_invited": 100, "share": share}
            for code, share in shares.items()
        ],
    }  # fmt: skip
    wave.save()


def make_waves(campaign: Campaign, now: datetime) -> tuple[Wave, Wave]:
    """Close and release one wave ninety days ago; open the next, which closes in a week."""
    before = release_wave(campaign, TEAMS, closed_at=now - timedelta(days=90)).wave
    store_shares(before, BEFORE_SHARES, "2025-12-02")
    wave = make_wave(campaign, closed_at=now + timedelta(days=7), is_open=True)
    plant(wave, PARENTS)
    store_shares(wave, NOW_SHARES, "2026-03-02")
    return before, wave

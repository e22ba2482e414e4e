"""The ledger as files."""

from dataclasses import replace
from datetime import date

import pytest

from survey.dashboards.releases.files import build_table
from survey.dashboards.releases.pages import CutRow, FamilyRow, LedgerPage, WaveRow

WAVE = WaveRow(
    name="Pulse, wave 1", is_customers=True, is_colleagues=False, channel="personal links",
    questionnaire="Pulse v1", threshold=7, launched_date=date(2026, 3, 1),
    opens_date=date(2026, 3, 2), closed_date=None, sealed_date=None,
    withdrawn_date=date(2026, 3, 3), withdrawn_reason="=A mistake",
    counts_digest="", families=(FamilyRow(("Fair", "Care"), 4, shows_items=False),),
    cuts=(CutRow("Tenure", ("under 2 years", "2 or more")),),
)  # fmt: skip


class TestBuildTable:
    def test_holds_how_waves_were_run(self) -> None:
        table = build_table(LedgerPage((), (WAVE,), None), which="waves")

        (row,) = table.rows
        said = dict(zip(table.columns, row, strict=True))
        assert said["audience"] == "customers"
        assert said["launched"] == "2026-03-01"
        assert said["closed"] is None
        assert said["withdrawn_because"] == "=A mistake"  # made harmless where files are written
        assert said["families"] == "Fair, Care (4 questions, as a whole only)"
        assert said["cuts"] == "Tenure (under 2 years, 2 or more)"

    @pytest.mark.parametrize(("is_colleagues", "name"), [(True, "colleagues"), (False, "staff")])
    def test_names_whom_a_wave_inside_asked(self, is_colleagues: bool, name: str) -> None:
        wave = replace(WAVE, is_customers=False, is_colleagues=is_colleagues)

        table = build_table(LedgerPage((), (wave,), None), which="waves")

        (row,) = table.rows
        assert row[table.columns.index("audience")] == name

    def test_says_what_a_checksum_is_of(self) -> None:
        table = build_table(LedgerPage((), (), None), which="releases")

        assert "SHA-256" in str(table.notes)
        assert list(table.rows) == []

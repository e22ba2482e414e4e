"""What HR fills in about who serves whom."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.console.services import forms
from survey.console.services.forms import ChainForm, ConfirmForm, EndForm, ImportForm, ServiceForm
from tests.cast import Organisation
from tests.factories.organization import TeamFactory

TODAY = date(2026, 3, 2)


class TestServiceForm:
    def test_offers_the_teams_that_are_open_by_name(self, organisation: Organisation) -> None:
        TeamFactory(name="Old", closed_date=TODAY)

        form = ServiceForm(today=TODAY + timedelta(days=1))

        names = ["Bakery", "Food", "Garden", "Goods", "Kitchen", "The Company"]
        for field in ("provider", "consumer"):
            assert [team.name for team in form.fields[field].queryset] == names  # type: ignore[attr-defined]

    def test_needs_both_teams_and_a_day(self, db: None) -> None:
        form = ServiceForm({}, today=TODAY)

        assert set(form.errors) == {"provider", "consumer", "active_from"}


class TestEndForm:
    def test_needs_a_day(self) -> None:
        assert set(EndForm({"day": "soon"}).errors) == {"day"}


class TestChainForm:
    def test_may_be_empty_but_not_endless(self) -> None:
        assert ChainForm({"chain": ""}).is_valid()
        assert not ChainForm({"chain": "x" * 101}).is_valid()

    @pytest.mark.parametrize("chain", ["=HYPERLINK(1)", " +1", "-1", "@sum"])
    def test_refuses_a_formula(self, chain: str) -> None:
        assert "formula" in ChainForm({"chain": chain}).errors["chain"][0]
        assert ServiceForm({"chain": chain}, today=TODAY).errors["chain"]

    def test_takes_marks_inside_a_name(self) -> None:
        assert ChainForm({"chain": "Bread + butter = lunch"}).is_valid()


class TestImportForm:
    def test_refuses_a_file_that_is_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(forms, "LARGEST", 3)
        sent = {"file": SimpleUploadedFile("a.csv", b"abcd")}

        assert "Such a file has at most" in ImportForm({}, sent).errors["file"][0]  # type: ignore[arg-type]
        assert not ImportForm({}, {}).is_valid()


class TestConfirmForm:
    def test_needs_the_check_sum(self) -> None:
        assert set(ConfirmForm({"kept": "x"}).errors) == {"seen"}

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from survey.console.questionnaires.file_forms import BringForm, LanguageForm, TranslationsForm
from survey.questionnaires import importers, translations


def file_of(size: int) -> dict[str, Any]:
    uploaded = SimpleUploadedFile("a.lss", b"x")
    uploaded.size = size
    return {"file": uploaded}


class TestBringForm:
    def test_bounds_the_file_before_it_is_read(self) -> None:
        small, large = (
            BringForm({"audience": "CUSTOMER"}, file_of(size), audiences=["CUSTOMER"])
            for size in (importers.LARGEST, importers.LARGEST + 1)
        )

        assert small.is_valid()
        assert large.errors == {"file": ["This file is larger than 10 MB."]}

    def test_offers_only_whom_its_reader_asks(self) -> None:
        form = BringForm({"audience": "EMPLOYEE"}, file_of(1), audiences=["CUSTOMER"])

        assert "audience" in form.errors


class TestTranslationsForm:
    def test_bounds_the_file_before_it_is_read(self) -> None:
        assert TranslationsForm({}, file_of(translations.LARGEST)).is_valid()
        assert not TranslationsForm({}, file_of(translations.LARGEST + 1)).is_valid()


class TestLanguageForm:
    @pytest.mark.parametrize(
        ("typed", "tag"), [("pt_br", "pt-BR"), ("Deutsch", "de"), (" ar ", "ar")]
    )
    def test_writes_a_tag_in_one_way(self, typed: str, tag: str) -> None:
        form = LanguageForm({"tag": typed})

        assert form.is_valid()
        assert form.cleaned_data["tag"] == tag

    def test_refuses_what_is_no_language(self) -> None:
        assert "is no language we know" in str(LanguageForm({"tag": "klingon1"}).errors)

import pytest

from survey.console.questionnaires.forms import LanguagesField, NewForm, SectionForm, SettingsForm
from survey.questionnaires.models import Audience, Questionnaire


class TestLanguagesField:
    @pytest.mark.parametrize("typed", ["en, pt-BR", "en;pt-BR", "en pt-BR en"])
    def test_reads_tags_however_they_are_separated(self, typed: str) -> None:
        assert LanguagesField().clean(typed) == ["en", "pt-BR"]

    def test_shows_a_list_as_it_is_typed(self) -> None:
        assert LanguagesField().prepare_value(["en", "ar"]) == "en, ar"


class TestNewForm:
    def test_offers_only_whom_somebody_asks(self, db: None) -> None:
        form = NewForm(audiences=(Audience.CUSTOMER,), models=Questionnaire.objects.none())

        assert [code for code, _name in form.fields["audience"].choices] == ["CUSTOMER"]


class TestSettingsForm:
    def test_leaves_out_what_is_as_it_usually_is(self) -> None:
        form = SettingsForm({"name": "X", "languages": "en"}, items=[])

        assert form.is_valid()
        assert form.settings == {}


class TestSectionForm:
    def test_keeps_only_headings_that_were_written(self) -> None:
        form = SectionForm({"text_en": " Pay ", "text_ar": " "}, languages=["en", "ar"])

        assert form.is_valid()
        assert form.texts == {"en": "Pay"}

import pytest

from survey.questionnaires.languages import choose_language
from survey.questionnaires.translations.tags import find_tag, normalise_tag


class TestNormaliseTag:
    @pytest.mark.parametrize(
        ("said", "tag"),
        [
            ("es", "es"),
            (" PT_br ", "pt-BR"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("Deutsch", "de"),
            ("iw", "he"),
            ("Spanish (es)", "es"),
            ("klingon1", None),
            ("qq", None),
            ("", None),
            ("<script>", None),
        ],
    )
    def test_writes_a_language_in_one_way(self, said: str, tag: str | None) -> None:
        assert normalise_tag(said) == tag


class TestFindTag:
    @pytest.mark.parametrize(
        ("said", "tag"),
        [
            ("pt_BR", "pt-BR"),
            ("PT-br", "pt-BR"),
            ("iw", "iw"),  # as the questionnaire itself writes it
            ("español", "es"),
            ("fr", None),
            ("notes", None),
        ],
    )
    def test_tells_which_of_the_offered_languages_is_meant(
        self, said: str, tag: str | None
    ) -> None:
        assert find_tag(said, ("en", "es", "pt-BR", "iw")) == tag


class TestFallback:
    @pytest.mark.parametrize(
        ("offered", "shown"),
        [
            (("en", "pt", "pt-BR"), "pt-BR"),
            (("en", "pt"), "pt"),
            (("en", "es"), "en"),
            (("ar", "en"), "ar"),
        ],
    )
    def test_leads_from_brazil_to_portuguese_to_the_own_language(
        self, offered: tuple[str, ...], shown: str
    ) -> None:
        assert choose_language("pt-BR", offered) == shown

"""Languages of strangers as our tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey.questionnaires.importers.tags import name_in_english, read_tag
from survey.questionnaires.reading import LANGUAGE


class TestReadTag:
    @pytest.mark.parametrize(
        ("said", "tag"),
        [
            ("en", "en"),
            ("EN-GB", "en-GB"),
            ("pt_br", "pt-BR"),
            ("ZH-S", "zh-Hans"),
            ("ZH-T", "zh-Hant"),
            ("zh-hant-hk", "zh-Hant-HK"),
            ("de-informal", "de"),
            ("iw", "he"),
            ("es-419", "es-419"),
            ("English (en)", "en"),
            ("العربية (ar)", "ar"),
            ("English", "en"),
            ("english", "en"),
            ("Deutsch", "de"),
            ("Español", "es"),
            ("العربية", "ar"),
            ("Klingon speech", None),
            ("xx", None),
            ("", None),
            ("x" * 200, None),
        ],
    )
    def test_normalises(self, said: str, tag: str | None) -> None:
        assert read_tag(said) == tag

    @given(st.text(max_size=30) | st.from_regex(r"\w{1,8} \([\w-]{2,20}\)", fullmatch=True))
    def test_gives_tags_that_our_files_may_hold(self, said: str) -> None:
        tag = read_tag(said)

        assert tag is None or LANGUAGE.fullmatch(tag)


class TestNameInEnglish:
    def test_says_the_tag_where_there_is_no_name(self) -> None:
        assert name_in_english("pt-BR") == "Portuguese (Brazil)"
        assert name_in_english("qqq") == "qqq"

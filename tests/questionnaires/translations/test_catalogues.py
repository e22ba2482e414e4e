from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey.questionnaires.documents import Document
from survey.questionnaires.importers import ImportRefusedError
from survey.questionnaires.translations import compare
from survey.questionnaires.translations.catalogues import read_catalogue, write_catalogue
from tests.questionnaires.sayable import documents
from tests.questionnaires.translations.samples import PIPED, texts_of, visit

LANGUAGES = ("en", "es", "ar", "pt-BR")
HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
WHY = f'msgctxt "item/why/text"\nmsgid "{PIPED}"\nmsgstr "¿Por qué?"\n'
BOTH = {("item/why/text", "es"): "¿Por qué?"}


def read(text: str) -> dict[tuple[str, str], str]:
    return texts_of(read_catalogue(text.encode(), LANGUAGES)[0])


class TestWriteCatalogue:
    def test_says_where_and_what_in_which_language(self) -> None:
        text = write_catalogue(visit(), "es").decode()

        assert '"Language: es\\n"' in text
        assert 'msgctxt "item/ease/answer/2"\nmsgid "Easy"\nmsgstr "Fácil"\n' in text
        assert 'msgid "Think of the last visit."\nmsgstr ""\n' in text

    def test_writes_tags_as_gettext_does(self) -> None:
        text = write_catalogue(visit(languages=("en", "pt-BR")), "pt-BR").decode()

        assert '"Language: pt_BR\\n"' in text


class TestRoundTrip:
    @settings(max_examples=40, deadline=None)
    @given(document=documents())
    def test_changes_nothing(self, document: Document) -> None:
        for tag in document.languages:
            found, left_out = read_catalogue(write_catalogue(document, tag), document.languages)

            comparison = compare(document, found)

            assert not left_out
            assert (comparison.changes, comparison.left_aside, comparison.faults) == ((), (), ())

    @settings(max_examples=100, deadline=None)
    @given(
        text=st.text(
            st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r\ufffe\uffff"),
            min_size=1,
        ).filter(str.strip)
    )
    def test_keeps_every_letter(self, text: str) -> None:
        [section] = visit().sections
        headed = type(section)("visit", section.items, {"en": "Your visit", "es": text})
        document = visit(sections=(headed,))

        found, _left_out = read_catalogue(write_catalogue(document, "es"), LANGUAGES)

        assert texts_of(found)["section/visit", "es"] == text


class TestReadCatalogue:
    @pytest.mark.parametrize(
        "text",
        [
            HEAD + WHY,
            (HEAD + WHY).replace("\n", "\r\n"),
            "\ufeff" + HEAD + WHY,
            (HEAD + WHY).replace("Language: es", "Language: Spanish (es)"),
            "# A note\n#. another\n" + HEAD + "#: somewhere:3\n" + WHY,
            HEAD + WHY.replace('msgstr "¿', 'msgstr ""\n"¿'),
        ],
    )
    def test_reads_what_editors_write(self, text: str) -> None:
        assert read(text) == BOTH

    def test_reads_the_encoding_that_the_head_names(self) -> None:
        data = (HEAD + WHY).replace("utf-8", "iso-8859-1").encode("latin-1")

        assert texts_of(read_catalogue(data, LANGUAGES)[0]) == BOTH

    def test_knows_a_language_by_its_region(self) -> None:
        text = (HEAD + WHY).replace("Language: es", "Language: pt_BR")

        assert list(read(text)) == [("item/why/text", "pt-BR")]

    def test_names_the_line_of_each_entry(self) -> None:
        found, _left_out = read_catalogue((HEAD + WHY).encode(), LANGUAGES)

        assert found[0].row == "line 7"

    def test_reads_right_to_left_texts_as_they_are(self) -> None:
        text = (
            (HEAD + WHY)
            .replace("Language: es", "Language: ar")
            .replace("¿Por qué?", "لماذا؟\u200f")
        )

        assert read(text) == {("item/why/text", "ar"): "لماذا؟\u200f"}

    @pytest.mark.parametrize(
        ("entry", "why"),
        [
            ("#, fuzzy\n" + WHY, "fuzzy"),
            ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n', "plural forms"),
            ('#~ msgctxt "old"\n#~ msgid "gone"\n#~ msgstr "ido"\n', "crossed out"),
        ],
    )
    def test_leaves_out_and_tells(self, entry: str, why: str) -> None:
        found, left_out = read_catalogue((HEAD + entry).encode(), LANGUAGES)

        assert found == ()
        assert [why in one.reason for one in left_out] == [True]

    @pytest.mark.parametrize(
        ("text", "where", "why"),
        [
            (HEAD + WHY.replace('qué?"', "qué?"), "line 8", "no line of a PO"),
            (HEAD + 'msgid "a\n', "line 6", "no line of a PO"),
            ("Dear all,\nhere it is", "line 1", "no line of a PO"),
            (HEAD + 'msgctxt "x"\nmsgid "a"\n', "the file", "broken"),
            (HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[7] "c"\n', "the file", "broken"),
            (HEAD + WHY + WHY, "item/why/text", "stands twice"),
            (WHY, "the head", "does not say"),
            (HEAD.replace("es\\n", "fr\\n") + WHY, "the head", "“fr” is none of"),
            (HEAD.replace("utf-8", "klingon") + WHY, "the file", "encoding klingon"),
            (HEAD.replace("utf-8", "base64") + WHY, "the file", "encoding base64"),
            (HEAD + "\x00", "the file", "encoding utf-8"),
        ],
    )
    def test_refuses_and_says_where(self, text: str, where: str, why: str) -> None:
        with pytest.raises(ImportRefusedError) as refused:
            read_catalogue(text.encode(), LANGUAGES)

        assert refused.value.where == where
        assert why in refused.value.why

    @settings(max_examples=150, deadline=None)
    @given(data=st.binary(max_size=200), begin=st.sampled_from([b"", HEAD.encode()]))
    def test_never_fails_otherwise(self, data: bytes, begin: bytes) -> None:
        with suppress(ImportRefusedError):
            read_catalogue(begin + data, LANGUAGES)

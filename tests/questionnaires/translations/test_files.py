import pytest

from survey.questionnaires.importers import ImportRefusedError
from survey.questionnaires.translations import files
from survey.questionnaires.translations.catalogues import write_catalogue
from survey.questionnaires.translations.files import LARGEST, read_translations
from survey.questionnaires.translations.tables import write_table
from tests.questionnaires.translations.samples import texts_of, visit


class TestReadTranslations:
    def test_tells_the_two_kinds_apart_by_what_is_in_them(self) -> None:
        document = visit()

        table = texts_of(read_translations(write_table(document), document.languages)[0])
        catalogue = texts_of(
            read_translations(write_catalogue(document, "es"), document.languages)[0]
        )

        assert catalogue == {place: text for place, text in table.items() if place[1] == "es"}
        assert len(table) == 4

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "is empty"),
            (b" \n", "is empty"),
            (b"#" * (LARGEST + 1), "larger than 2 MB"),
            (b"<html><script>alert(1)</script>", "no line of a PO file"),
            (b'{"schema": "hearthline-questionnaire/1"}', "no line of a PO file"),
            (b"\xff\xfem\x00s\x00g\x00", "encoding utf-8"),
        ],
    )
    def test_refuses_other_files(self, data: bytes, why: str) -> None:
        with pytest.raises(ImportRefusedError) as refused:
            read_translations(data, ("en", "es"))

        assert why in refused.value.why

    def test_bounds_how_much_comes_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        document = visit()
        monkeypatch.setattr(files, "MOST_TRANSLATIONS", 3)

        with pytest.raises(ImportRefusedError) as refused:
            read_translations(write_table(document), document.languages)

        assert "too much at once" in refused.value.why

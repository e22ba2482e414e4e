from survey.questionnaires.documents import DocumentItem, DocumentOption, DocumentSection
from survey.questionnaires.translations.texts import (
    Progress,
    list_targets,
    list_texts,
    measure_progress,
    name_section,
    reword_item,
    source_of,
)
from tests.questionnaires.translations.samples import visit


class TestListTexts:
    def test_names_every_text_in_the_order_asked(self) -> None:
        assert [text.where for text in list_texts(visit())] == [
            "section/visit",
            "item/ease/text",
            "item/ease/hint",
            "item/ease/answer/1",
            "item/ease/answer/2",
            "item/ease/message/missing",
            "item/why/text",
        ]

    def test_passes_over_what_has_no_words_anywhere(self) -> None:
        rating = DocumentItem(
            "r", {"en": "R"}, kind="RATING", options=(DocumentOption(0, {}), DocumentOption(1, {}))
        )
        document = visit(sections=(DocumentSection("s", (rating,)),))

        assert [text.where for text in list_texts(document)] == ["item/r/text"]

    def test_gives_two_answers_of_one_number_two_names(self) -> None:
        item = DocumentItem(
            "q",
            {"en": "Q"},
            options=(DocumentOption(1, {"en": "a"}), DocumentOption(1, {"en": "b"})),
        )
        document = visit(sections=(DocumentSection("s", (item,)),))

        assert len({text.where for text in list_texts(document)}) == 3


class TestSourceOf:
    def test_is_the_own_wording_or_the_next_there_is(self) -> None:
        assert source_of({"es": "Hola", "en": "Hello"}, ("en", "es")) == "Hello"
        assert source_of({"ar": "أهلا", "es": "Hola"}, ("en", "es")) == "Hola"
        assert source_of({"fr": "Salut"}, ("en", "es")) == "Salut"


class TestListTargets:
    def test_is_everything_but_the_own_language(self) -> None:
        assert list_targets(visit()) == ("es", "ar")
        assert list_targets(visit(languages=("en",))) == ()

    def test_has_the_own_language_too_where_it_has_gaps(self) -> None:
        assert list_targets(visit(languages=("es", "en"))) == ("es", "en")


class TestMeasureProgress:
    def test_counts_the_texts_worded_in_each_language(self) -> None:
        assert measure_progress(visit()) == (
            Progress("en", 7, 7),
            Progress("es", 3, 7),
            Progress("ar", 1, 7),
        )


class TestRewordItem:
    def test_puts_each_wording_in_its_place_beside_the_others(self) -> None:
        document = visit()
        [ease, _why] = document.items
        new = {text.where: {"ar": text.where} for text in list_texts(document)}

        reworded = reword_item(ease, new)

        assert reworded.texts["ar"] == "item/ease/text"
        assert reworded.texts["en"] == ease.texts["en"]
        assert reworded.hints["ar"] == "item/ease/hint"
        assert [one.texts["ar"] for one in reworded.options] == [
            "item/ease/answer/1",
            "item/ease/answer/2",
        ]
        assert reworded.settings["messages"]["missing"]["ar"] == "item/ease/message/missing"

    def test_leaves_an_item_alone_that_nothing_is_said_of(self) -> None:
        [ease, _why] = visit().items

        assert reword_item(ease, {"item/why/text": {"es": "x"}}) == ease


class TestNameSection:
    def test_is_its_code(self) -> None:
        assert name_section("visit") == "section/visit"

"""A questionnaire laid out as a page."""

import pytest

from survey.questionnaires.answers import AnswerError, read_answers
from survey.questionnaires.content import OptionContent, SectionContent
from survey.questionnaires.models import ItemKind
from survey.questionnaires.pages import build_page
from tests.factories.questionnaires import item_content, questionnaire_content

CONTENT = questionnaire_content(
    item_content("fair"),
    item_content("recommend", kind=ItemKind.RATING, allows_cant_say=False),
    item_content("story", kind=ItemKind.TEXT, asks_for_playback=True),
)


class TestBuildPage:
    def test_asks_item_by_item_in_order(self) -> None:
        page = build_page(CONTENT, "en")

        assert [question.name for question in page.questions] == ["fair", "recommend", "story"]
        assert [len(question.choices) for question in page.questions] == [5, 11, 0]
        assert [question.cant_say is not None for question in page.questions] == [
            True,
            False,
            False,
        ]
        assert (page.n_answered, page.n_questions) == (0, 3)

    def test_never_promises_too_little_time(self) -> None:
        assert build_page(CONTENT, "en").minutes == 2  # 10 + 10 + 45 seconds

    def test_preselects_the_first_item_only(self) -> None:
        page = build_page(CONTENT, "en", preselected="4")

        assert [choice.value for choice in page.questions[0].choices if choice.is_checked] == ["4"]
        assert page.n_answered == 1
        assert [question.is_preselected for question in page.questions] == [True, False, False]

    def test_ignores_a_preselection_that_is_not_offered(self) -> None:
        for value in ("9", "", "<script>"):
            page = build_page(CONTENT, "en", preselected=value)
            assert page.n_answered == 0
            assert not page.questions[0].is_preselected

    def test_shows_posted_values_again_beside_the_error(self) -> None:
        page = build_page(
            CONTENT,
            "en",
            values={"fair": "cant_say", "recommend": ["1"], "story": "Warm", "story.leave": "NONE"},
            errors=[AnswerError("recommend", "not_an_option", "Choose one of the answers")],
        )

        fair, recommend, story = page.questions
        assert fair.cant_say is not None
        assert fair.cant_say.is_checked
        assert story.value == "Warm"
        assert [leave.value for leave in story.leaves if leave.is_checked] == ["NONE"]
        assert recommend.error == "Choose one of the answers"
        assert [(line.target, line.message) for line in page.errors] == [
            ("q2-0", "Question 2: Choose one of the answers")
        ]

    def test_points_nowhere_for_an_item_that_is_not_asked(self) -> None:
        page = build_page(CONTENT, "en", errors=[AnswerError("x", "unknown_item", "Not asked")])

        assert [(line.target, line.message) for line in page.errors] == [("", "Not asked: x")]

    def test_marks_the_language_of_a_question_that_is_not_translated(self) -> None:
        content = questionnaire_content(
            item_content("fair", texts={"en": "Fair?", "ar": "عادل؟"}),
            item_content("kind"),
            languages=("ar", "en"),
        )

        page = build_page(content, "ar")

        assert (page.language, page.direction) == ("ar", "rtl")
        assert [(question.language, question.direction) for question in page.questions] == [
            ("ar", "rtl"),
            ("en", "ltr"),
        ]
        assert [language.name for language in page.languages] == ["العربيّة", "English"]

    def test_falls_back_to_the_first_language(self) -> None:
        assert build_page(CONTENT, "tlh").language == "en"

    def test_marks_every_text_that_is_in_another_language_than_its_question(self) -> None:
        settings = {"messages": {"missing": {"en": "Say at least this"}}}
        content = questionnaire_content(
            item_content(
                "fair",
                texts={"en": "Fair?", "pt": "Justo?"},
                hints={"en": "Of late"},
                options=(
                    OptionContent(1, 1.0, {"en": "No", "pt": "Não"}),
                    OptionContent(2, 2.0, {"en": "Yes"}),
                ),
                is_required=True,
                settings=settings,
                section="work",
            ),
            languages=("en", "pt-BR"),
            sections=(SectionContent("work", {"en": "Work"}),),
        )
        wrong = read_answers(content=content, posted={}).errors

        page = build_page(content, "pt-BR", errors=wrong)

        (question,) = page.questions
        assert (page.name_language, question.heading_language) == ("en", "en")
        assert (question.text, question.language) == ("Justo?", "pt")
        assert (question.hint, question.hint_language) == ("Of late", "en")
        assert [(one.text, one.language) for one in question.choices] == [
            ("Não", ""),
            ("Yes", "en"),
        ]
        assert (question.error, question.error_language) == ("Say at least this", "en")
        assert (page.errors[0].message, page.errors[0].language) == ("Say at least this", "en")

    @pytest.mark.parametrize(
        ("language", "is_english"), [("en-US", False), ("de", False), ("ar", False), ("nb", True)]
    )
    def test_says_where_its_own_words_stay_english(self, language: str, is_english: bool) -> None:
        content = questionnaire_content(item_content("fair"), languages=(language,))

        assert build_page(content, language).needs_english is is_english

    @pytest.mark.parametrize(("n_questions", "is_shown"), [(3, False), (4, True)])
    def test_tells_progress_from_four_questions_on(self, n_questions: int, is_shown: bool) -> None:
        content = questionnaire_content(*(item_content(code) for code in "abcd"[:n_questions]))

        assert build_page(content, "en").shows_progress is is_shown

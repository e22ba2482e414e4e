import re

from django.test import Client

from survey.console.questionnaires.preview import list_kept
from survey.questionnaires.answers import ReadAnswers
from survey.questionnaires.content import OptionContent
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import add_new_item
from tests.console.questionnaires.drafts import SIX
from tests.factories.colleagues import make_rating_questionnaire
from tests.factories.questionnaires import item_content, questionnaire_content


def page(draft: Questionnaire, query: str = "") -> str:
    return f"/console/questionnaires/{draft.pk}/preview/{query}"


def state_in(text: str) -> dict[str, str]:
    """Return what the form carries on."""
    found = re.search(r'<input type="hidden" name="(form\.\w+)" value="([^"]+)"', text)
    return {found[1]: found[2]} if found else {}


class TestPreview:
    def test_is_the_page_that_respondents_get(self, hr: Client, six_items: Questionnaire) -> None:
        answer = hr.get(page(six_items))

        assert answer.text.count("<fieldset") == 6
        assert "components/questionnaire.html" in [one.name for one in answer.templates]

    def test_may_be_framed_by_our_own_pages_alone(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        headers = hr.get(page(six_items)).headers

        assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "unsafe" not in headers["Content-Security-Policy"]

    def test_says_what_would_be_stored_and_stores_nothing(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        sent = state_in(hr.get(page(six_items)).text) | {SIX[0]: "4", SIX[1]: "cant_say"}

        answer = hr.post(page(six_items), sent)

        assert "What would be stored" in answer.text
        assert "4 (Agree)" in answer.text
        assert "I can’t say" in answer.text
        assert answer.text.count("not answered, or not asked") == 4

    def test_checks_answers_as_the_server_does(self, hr: Client, six_items: Questionnaire) -> None:
        sent = state_in(hr.get(page(six_items)).text) | {SIX[0]: "99"}

        assert hr.post(page(six_items), sent).status_code == 422

    def test_asks_only_what_the_answers_and_the_team_bring_up(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        condition = {"attribute": "site", "op": "=", "value": "north"}
        entry = DocumentItem("only", {"en": "Cold?"}, kind="LINE", shown_when=condition)
        add_new_item(questionnaire_id=six_items.pk, entry=entry)

        assert "Cold?" not in hr.get(page(six_items)).text
        assert "Cold?" in hr.get(page(six_items, "?attribute.site=north")).text

    def test_speaks_the_language_asked_for(self, hr: Client, six_items: Questionnaire) -> None:
        Questionnaire.objects.filter(pk=six_items.pk).update(languages=["en", "ar"])

        shown = hr.get(page(six_items, "?lang=ar")).text

        assert '<html lang="ar" dir="rtl">' in shown

    def test_holds_an_empty_draft(self, hr: Client, bank: None) -> None:
        empty = Questionnaire.objects.create(
            code="empty", name="Empty", audience="EMPLOYEE", languages=["en"]
        )

        assert "No questions yet" in hr.get(page(empty)).text

    def test_escapes_what_is_typed(self, hr: Client, six_items: Questionnaire) -> None:
        entry = DocumentItem("line", {"en": "<b>Name</b> it"}, kind="LINE")
        add_new_item(questionnaire_id=six_items.pk, entry=entry)

        sent = state_in(hr.get(page(six_items)).text) | {"line": "<script>alert(1)</script>"}
        shown = hr.post(page(six_items), sent).text

        assert "<script>alert(1)" not in shown
        assert "<b>Name" not in shown

    def test_asks_colleagues_about_an_example_of_two_teams(self, hr: Client) -> None:
        rating = make_rating_questionnaire()

        shown = hr.get(page(rating)).text
        kept = hr.post(page(rating), state_in(shown) | {"service_1_1": "3"}).text

        assert "About Stores" in shown
        assert "About Purchasing" in shown
        assert kept.count("not answered, or not asked") == 5


class TestListKept:
    def test_tells_every_kind_in_words(self) -> None:
        options = tuple(
            OptionContent(n, None, {"en": text}, is_other=n == 2)
            for n, text in enumerate(("tea", "cake", "other"))
        )
        items = (
            item_content("several", kind="MULTIPLE", options=options),
            item_content("day", kind="DATE"),
            item_content("note", kind="NOTE"),
            item_content("story", kind="TEXT"),
        )
        answers = {"several": [0, 2], "day": "2026-01-31"}
        texts = {"several.other": "soup", "story": "Long ago."}
        read = ReadAnswers(answers, texts, {}, ())

        kept = list(list_kept(questionnaire_content(*items), read, "en"))

        assert [(row.number, row.answer) for row in kept] == [
            (1, "0 (tea), 2 (other): “soup”"),
            (2, "2026-01-31"),
            (3, "Long ago."),
        ]

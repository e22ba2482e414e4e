import json
from dataclasses import replace

from django.test import Client

from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.reading import read_document
from survey.questionnaires.services import (
    add_new_item,
    change_item,
    configure_draft,
    move_item,
    next_version,
    publish_questionnaire,
    remove_item,
)
from tests.console.questionnaires.drafts import SIX, make_draft


def page(questionnaire: Questionnaire, end: str) -> str:
    return f"/console/questionnaires/{questionnaire.pk}/{end}/"


class TestShare:
    def test_hands_over_a_file_that_can_be_brought_in_again(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answer = hr.get(page(six_items, "file"))

        assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
        assert f"{six_items.code}-v1.json" in answer.headers["Content-Disposition"]
        document = read_document(json.loads(answer.content))
        assert document == export_document(questionnaire_id=six_items.pk)


class TestDifferences:
    def test_have_nothing_to_tell_of_a_first_version(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        assert "There is no other version" in hr.get(page(six_items, "differences")).text

    def test_find_nothing_where_nothing_changed(self, hr: Client, six_items: Questionnaire) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)
        new = next_version(questionnaire_id=six_items.pk)

        assert "The same" in hr.get(page(new, "differences")).text

    def test_tell_everything_in_words(self, hr: Client, six_items: Questionnaire) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)
        new = next_version(questionnaire_id=six_items.pk)
        _change(new)

        shown = hr.get(page(new, "differences")).text

        assert shown.count("trend breaks</span>") == 2  # one reworded, one left out
        for words in ("I am treated fairly.", "New question", "Question left out", "Order",
                      "All on one page", "in a random order", "Languages", "Winter"):  # fmt: skip
            assert words in shown, words

    def test_can_be_held_against_any_version(self, hr: Client, six_items: Questionnaire) -> None:
        publish_questionnaire(questionnaire_id=six_items.pk)
        next_version(questionnaire_id=six_items.pk)

        shown = hr.get(page(six_items, "differences"), {"with": "2"}).text

        assert "The same" in shown
        assert '<option value="2" selected>' in shown

    def test_never_show_what_another_audience_is_asked(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        theirs = make_draft(name="Staff wording", audience="COLLEAGUE")
        Questionnaire.objects.filter(pk=theirs.pk).update(code=six_items.code, version=2)

        shown = hr.get(page(six_items, "differences"), {"with": "2"}).text

        assert "There is no other version" in shown
        assert "Staff wording" not in shown


def _change(new: Questionnaire) -> None:
    [first] = [
        item for item in export_document(questionnaire_id=new.pk).items if item.code == SIX[0]
    ]
    reworded = replace(first, texts={"en": "I am treated fairly."})
    change_item(questionnaire_id=new.pk, entry=reworded)
    remove_item(questionnaire_id=new.pk, code=SIX[1])
    move_item(questionnaire_id=new.pk, code=SIX[5], step=-1)
    add_new_item(questionnaire_id=new.pk, entry=DocumentItem("", {"en": "Why?"}, kind="LINE"))
    configure_draft(
        questionnaire_id=new.pk,
        name="Winter",
        languages=["en", "es"],
        settings={"page": "SCROLL", "shuffles_items": True},
    )

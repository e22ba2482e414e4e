from django.test import Client

from survey.console.questionnaires.trying import list_attributes
from survey.organization.models import Attribute
from survey.questionnaires.documents import DocumentItem
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import add_new_item
from tests.factories.questionnaires import item_content, questionnaire_content

NORTH = {"attribute": "site", "op": "=", "value": "north"}


class TestTryIt:
    def test_lets_the_team_be_chosen_where_it_matters(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        Attribute.objects.create(code="site", name="Which site")
        entry = DocumentItem("only", {"en": "Cold?"}, kind="LINE", shown_when=NORTH)
        add_new_item(questionnaire_id=six_items.pk, entry=entry)
        address = f"/console/questionnaires/{six_items.pk}/try/"

        answer = hr.get(address, {"attribute.site": "north", "lang": "en"})

        assert "Which site" in answer.text
        assert "preview/?lang=en&amp;attribute.site=north" in answer.text
        assert "frame-src 'self'" in answer.headers["Content-Security-Policy"]

    def test_passes_on_nothing_that_is_not_asked_about(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        answer = hr.get(
            f"/console/questionnaires/{six_items.pk}/try/", {"lang": "xx", "other": "x"}
        )

        assert 'preview/?"' in answer.text


class TestListAttributes:
    def test_looks_into_nested_conditions(self) -> None:
        item = item_content("q", shown_when={"not": {"any": [NORTH, {"language": ["es"]}]}})

        assert list(list_attributes(questionnaire_content(item))) == ["site"]

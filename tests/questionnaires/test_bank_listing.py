"""Looking through the item bank."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.questionnaires.bank_listing import list_bank
from survey.questionnaires.models import Construct, Item
from survey.questionnaires.services import (
    add_items,
    change_item,
    draft_questionnaire,
    load_item_bank,
    publish_questionnaire,
)
from tests.factories.questionnaires import AGREEMENT, ItemFactory, make_scale, publish
from tests.questionnaires.services.test_rewording import entry_of

pytestmark = pytest.mark.django_db


class TestListBank:
    def test_tells_of_an_item_what_is_known(self) -> None:
        load_item_bank()

        (fair,) = list_bank(search="get a fair deal")

        assert (fair.code, fair.version, fair.kind, fair.seconds) == (
            "fair_overall_2",
            1,
            "CHOICE",
            10,
        )
        assert [(one.code, one.name) for one in fair.constructs] == [("fairness", "Fairness")]
        assert fair.scales == ("fairness", "fairness_overall")
        assert fair.source.startswith("Written for this project")
        assert fair.languages == ("en",)
        assert fair.audiences == ("EMPLOYEE",)
        assert fair.id == Item.objects.get(code="fair_overall_2").pk

    def test_puts_items_about_the_same_together_and_those_about_nothing_last(self) -> None:
        load_item_bank()
        publish([ItemFactory(code="a_own")], code="own")

        found = list_bank()

        names = [item.constructs[0].name if item.constructs else "~" for item in found]
        assert names == sorted(names)
        assert [item.code for item in found[-3:]] == ["a_own", "recommend_work_why", "story"]

    def test_finds_by_construct_language_and_words(self) -> None:
        load_item_bank()
        spanish = [{**option, "texts": {"en": "Yes", "es": "Sí"}} for option in AGREEMENT]
        texts = {"en": "Warm?", "es": "¿Calor?"}
        ready = ItemFactory(code="warm", texts=texts, options=spanish)
        half = ItemFactory(code="half", texts=texts)
        make_scale("warmth", [ready, half])
        construct = Construct.objects.get(scales__code="warmth").code

        assert {item.code for item in list_bank(construct=construct)} == {"warm", "half"}
        assert [item.code for item in list_bank(language="es")] == ["warm"]
        assert [item.code for item in list_bank(search="calor WARM ready")] == []
        assert {item.code for item in list_bank(search="calor warm?")} == {"warm", "half"}
        assert len(list_bank(construct="fairness")) == 9

    def test_offers_no_wording_before_it_is_published(self) -> None:
        make_scale("warmth", [item := ItemFactory(code="warm")])
        ItemFactory(code="nowhere")
        draft = draft_questionnaire(name="D", audience="EMPLOYEE", languages=["en"])
        add_items(questionnaire_id=draft.pk, item_ids=[item.pk])
        entry = entry_of(draft, "warm", texts={"en": "Warm enough?"})
        change_item(questionnaire_id=draft.pk, entry=entry)

        before = list_bank()
        publish_questionnaire(questionnaire_id=draft.pk)

        assert [(one.code, one.version) for one in before] == [("warm", 1)]
        assert [(one.code, one.version) for one in list_bank()] == [("warm", 2)]

    def test_asks_the_database_the_same_for_few_and_many(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        load_item_bank()

        for search in ("get a fair deal", ""):
            with django_assert_num_queries(4):
                list_bank(search=search)

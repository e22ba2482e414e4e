"""Drafting, publishing and retiring."""

import pytest

from survey.questionnaires.models import Audience, Item, QuestionnaireStatus
from survey.questionnaires.services import (
    CodeOfOthersError,
    QuestionnaireNotDraftError,
    QuestionnaireNotPublishedError,
    QuestionnaireNotRetiredError,
    QuestionnaireUnfinishedError,
    create_questionnaire,
    publish_questionnaire,
    reinstate_questionnaire,
    retire_questionnaire,
)
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db


class TestCreateQuestionnaire:
    def test_drafts_the_next_version(self) -> None:
        item = ItemFactory()
        publish([item], code="pulse")

        draft = create_questionnaire(
            code="pulse", name="Pulse", audience=Audience.EMPLOYEE, items=[item]
        )

        assert (draft.version, draft.status) == (2, QuestionnaireStatus.DRAFT)

    def test_refuses_the_code_of_a_questionnaire_for_others(self) -> None:
        item = ItemFactory()
        publish([item], code="pulse")

        with pytest.raises(CodeOfOthersError, match="pulse is the code"):
            create_questionnaire(
                code="pulse", name="Pulse", audience=Audience.CUSTOMER, items=[item]
            )


class TestPublishQuestionnaire:
    def test_refuses_what_is_published_already(self) -> None:
        questionnaire = publish([ItemFactory()])

        with pytest.raises(QuestionnaireNotDraftError):
            publish_questionnaire(questionnaire_id=questionnaire.pk)

    @pytest.mark.parametrize(
        ("codes", "languages", "reason"),
        [
            ([], ["en"], "no questions"),
            (["fair", "fair"], ["en"], "Asked twice: fair"),
            (["fair"], ["en", "es"], "fair is not worded in es"),
        ],
    )
    def test_refuses_gaps(self, codes: list[str], languages: list[str], reason: str) -> None:
        items = [ItemFactory(code=code, version=n) for n, code in enumerate(codes, start=1)]

        with pytest.raises(QuestionnaireUnfinishedError, match=reason):
            publish(items, languages=languages)

    def test_names_every_fault(self) -> None:
        items: list[Item] = [ItemFactory(code="fair"), ItemFactory(code="kind")]
        draft = create_questionnaire(code="d", name="D", audience="EMPLOYEE", items=items)
        draft.questionnaire_items.filter(item=items[0]).update(
            shown_when={"item": "kind", "op": "=", "value": 1}
        )
        draft.questionnaire_items.filter(item=items[1]).update(
            shown_when={"item": "nobody", "op": "answered"}
        )

        with pytest.raises(QuestionnaireUnfinishedError) as refused:
            publish_questionnaire(questionnaire_id=draft.pk)

        assert [fault.where for fault in refused.value.faults] == ["fair", "kind"]


class TestRetireQuestionnaire:
    def test_retires_what_is_published_once(self) -> None:
        questionnaire = publish([ItemFactory()])

        retire_questionnaire(questionnaire_id=questionnaire.pk)

        questionnaire.refresh_from_db()
        assert questionnaire.status == QuestionnaireStatus.RETIRED
        with pytest.raises(QuestionnaireNotPublishedError):
            retire_questionnaire(questionnaire_id=questionnaire.pk)

    def test_leaves_drafts_alone(self) -> None:
        draft = create_questionnaire(code="d", name="D", audience="EMPLOYEE", items=[])

        with pytest.raises(QuestionnaireNotPublishedError):
            retire_questionnaire(questionnaire_id=draft.pk)


class TestReinstateQuestionnaire:
    def test_offers_what_is_retired_again_once(self) -> None:
        questionnaire = publish([ItemFactory()])
        retire_questionnaire(questionnaire_id=questionnaire.pk)

        reinstate_questionnaire(questionnaire_id=questionnaire.pk)

        questionnaire.refresh_from_db()
        assert questionnaire.status == QuestionnaireStatus.PUBLISHED
        with pytest.raises(QuestionnaireNotRetiredError):
            reinstate_questionnaire(questionnaire_id=questionnaire.pk)

    def test_leaves_drafts_alone(self) -> None:
        draft = create_questionnaire(code="d", name="D", audience="EMPLOYEE", items=[])

        with pytest.raises(QuestionnaireNotRetiredError):
            reinstate_questionnaire(questionnaire_id=draft.pk)

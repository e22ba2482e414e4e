"""Beginning drafts, naming them and throwing them away."""

from typing import Any

import pytest

from survey.organization.models import Team
from survey.questionnaires.models import (
    Item,
    Questionnaire,
    QuestionnaireItem,
    QuestionnaireStatus,
)
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import (
    QuestionnaireNotDraftError,
    QuestionnaireUsedError,
    add_items,
    add_new_item,
    add_section,
    configure_draft,
    copy_questionnaire,
    discard_draft,
    draft_questionnaire,
    import_document,
    next_version,
    publish_questionnaire,
)
from tests.factories.campaigns import make_campaign
from tests.factories.questionnaires import ItemFactory, publish
from tests.questionnaires.services.test_transfer import DOCUMENT, WARM

pytestmark = pytest.mark.django_db


def draft(name: str = "Winter pulse") -> Questionnaire:
    return draft_questionnaire(name=name, audience="EMPLOYEE", languages=["en"])


def asked(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return everything that a questionnaire asks, without its own name and number."""
    content = get_content(questionnaire_id=questionnaire.pk)
    return {"items": content.items, "sections": content.sections, "settings": content.settings}


class TestDraftQuestionnaire:
    def test_makes_a_code_of_the_name_that_nothing_has_yet(self) -> None:
        codes = [draft(name).code for name in ("Winter pulse", "Winter  Pulse!", "نبض")]

        assert codes == ["winter_pulse", "winter_pulse_2", "questionnaire"]

    @pytest.mark.parametrize(
        ("changes", "where"),
        [
            ({"name": " "}, "name"),
            ({"audience": "NOBODY"}, "audience"),
            ({"languages": []}, "languages"),
            ({"languages": ["english"]}, "languages"),
        ],
    )
    def test_refuses_what_cannot_be(self, changes: dict[str, Any], where: str) -> None:
        told: dict[str, Any] = {"name": "A", "audience": "EMPLOYEE", "languages": ["en"]}

        with pytest.raises(DocumentError, match=where):
            draft_questionnaire(**told | changes)

        assert not Questionnaire.objects.exists()


class TestCopyQuestionnaire:
    def test_asks_the_same_under_a_name_and_a_code_of_its_own(self) -> None:
        source = import_document(document=DOCUMENT).questionnaire
        publish_questionnaire(questionnaire_id=source.pk)

        copy = copy_questionnaire(questionnaire_id=source.pk, name="Other visit")

        assert (copy.code, copy.version, copy.status) == ("other_visit", 1, "DRAFT")
        assert asked(copy) == asked(source)


class TestNextVersion:
    def test_drafts_a_version_like_it_once(self) -> None:
        source = import_document(document=DOCUMENT).questionnaire
        publish_questionnaire(questionnaire_id=source.pk)

        first, again = (next_version(questionnaire_id=source.pk) for _ in range(2))

        assert (first, first.code, first.version) == (again, "visit", 2)
        assert asked(first) == asked(source)

    def test_never_opens_the_draft_of_another_audience(self) -> None:
        source = publish([ItemFactory()], code="visit", audience="CUSTOMER")
        theirs = draft()
        Questionnaire.objects.filter(pk=theirs.pk).update(code="visit", version=2)

        made = next_version(questionnaire_id=source.pk)

        assert (made.version, made.audience) == (3, "CUSTOMER")

    def test_keeps_items_that_stand_in_no_section(self) -> None:
        source = publish(ItemFactory.create_batch(3))

        assert asked(next_version(questionnaire_id=source.pk)) == asked(source)


class TestConfigureDraft:
    def test_sets_what_holds_for_the_whole(self) -> None:
        one = draft()

        configure_draft(
            questionnaire_id=one.pk,
            name="Spring",
            languages=["en", "ar"],
            settings={"page": "ONE_BY_ONE"},
        )

        content = get_content(questionnaire_id=one.pk)
        assert (content.name, content.languages) == ("Spring", ("en", "ar"))
        assert (content.code, content.settings) == ("winter_pulse", {"page": "ONE_BY_ONE"})

    def test_refuses_unknown_settings_and_what_is_published(self) -> None:
        one, published = draft(), publish([ItemFactory()])

        with pytest.raises(DocumentError, match=r"settings\.colour"):
            configure_draft(
                questionnaire_id=one.pk, name="A", languages=["en"], settings={"colour": "red"}
            )
        with pytest.raises(QuestionnaireNotDraftError):
            configure_draft(questionnaire_id=published.pk, name="A", languages=["en"], settings={})


class TestDiscardDraft:
    def test_takes_along_only_what_was_written_in_it(self) -> None:
        one, bank = draft(), ItemFactory()
        add_section(questionnaire_id=one.pk, code="a", texts={})
        add_items(questionnaire_id=one.pk, item_ids=[bank.pk])
        add_new_item(questionnaire_id=one.pk, entry=WARM)

        discard_draft(questionnaire_id=one.pk)

        assert not Questionnaire.objects.exists()
        assert not QuestionnaireItem.objects.exists()
        assert list(Item.objects.all()) == [bank]

    def test_leaves_what_a_copy_still_asks(self) -> None:
        one = draft()
        item = add_new_item(questionnaire_id=one.pk, entry=WARM)
        copy = copy_questionnaire(questionnaire_id=one.pk, name="Copy")

        discard_draft(questionnaire_id=one.pk)

        assert [each.code for each in get_content(questionnaire_id=copy.pk).items] == [item.code]

    def test_refuses_what_is_published_or_asked_by_a_campaign(self) -> None:
        one, published = draft(), publish([ItemFactory()])
        add_new_item(questionnaire_id=one.pk, entry=WARM)
        make_campaign(Team.objects.create(code="all", name="All"), questionnaire=one)

        with pytest.raises(QuestionnaireUsedError):
            discard_draft(questionnaire_id=one.pk)
        with pytest.raises(QuestionnaireNotDraftError):
            discard_draft(questionnaire_id=published.pk)

        assert one.questionnaire_items.count() == 1
        assert Questionnaire.objects.filter(status=QuestionnaireStatus.DRAFT).exists()

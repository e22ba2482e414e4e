"""Documents become drafts; wordings get versions."""

from dataclasses import replace
from typing import Any

import pytest

from survey.questionnaires.bank_listing import list_bank
from survey.questionnaires.documents import (
    Document,
    DocumentItem,
    DocumentOption,
    DocumentScale,
    DocumentSection,
)
from survey.questionnaires.models import (
    Item,
    Questionnaire,
    QuestionnaireStatus,
    Scale,
    ScaleItem,
)
from survey.questionnaires.reading import DocumentError
from survey.questionnaires.scales import ScaleChangedError
from survey.questionnaires.selectors import get_content
from survey.questionnaires.services import (
    discard_draft,
    import_document,
    publish_questionnaire,
)
from survey.questionnaires.services.wording import wording_in
from tests.factories.questionnaires import ItemFactory

pytestmark = pytest.mark.django_db

OPTIONS = (
    DocumentOption(1, {"en": "No"}, score=1),
    DocumentOption(2, {"en": "Yes"}, score=2),
    DocumentOption(3, {"en": "Other"}, is_other=True),
)
WARM = DocumentItem("warm", {"en": "Warm?"}, options=OPTIONS, is_required=True)
WHY = DocumentItem(
    "why",
    {"en": "Why?"},
    kind="NUMBER",
    settings={"maximum": 9},
    shown_when={"item": "warm", "op": "=", "value": 1},
)
SCALE = DocumentScale("warmth", "warmth", "Warmth", "how warm it is", 1, 2, ("warm",))
DOCUMENT = Document(
    code="visit",
    name="Visit",
    audience="CUSTOMER",
    languages=("en",),
    settings={"page": "SECTIONS"},
    sections=(
        DocumentSection("one", (WARM,), {"en": "First"}),
        DocumentSection("two", (WHY,), shown_when={"item": "warm", "op": "answered"}),
    ),
    scales=(SCALE,),
)


def with_item(**changes: Any) -> Document:
    """Return the document with another first item."""
    first = DocumentSection("one", (replace(WARM, **changes),), {"en": "First"})
    return replace(DOCUMENT, sections=(first, DOCUMENT.sections[1]))


class TestImportDocument:
    def test_drafts_everything_it_says(self) -> None:
        report = import_document(document=DOCUMENT)

        content = get_content(questionnaire_id=report.questionnaire.pk)
        assert report.questionnaire.status == QuestionnaireStatus.DRAFT
        assert (report.n_new_items, report.reworded) == (2, ())
        assert content.settings == {"page": "SECTIONS"}
        assert [section.texts for section in content.sections] == [{"en": "First"}, {}]
        assert content.sections[1].shown_when == {"item": "warm", "op": "answered"}
        warm, why = content.items
        assert (warm.is_required, warm.other, warm.section) == (True, 3, "one")
        assert (why.settings, why.shown_when) == ({"maximum": 9}, WHY.shown_when)
        assert [scale.code for scale in content.scales] == ["warmth"]
        publish_questionnaire(questionnaire_id=report.questionnaire.pk)

    def test_makes_no_new_items_the_second_time(self) -> None:
        first, second = (import_document(document=DOCUMENT) for _ in range(2))

        assert (second.n_new_items, second.questionnaire.version) == (0, 2)
        assert Item.objects.count() == 2
        assert first.questionnaire != second.questionnaire

    def test_gives_a_changed_wording_a_new_version_and_says_so(self) -> None:
        old = import_document(document=DOCUMENT)
        new = import_document(document=with_item(texts={"en": "Warm enough?"}))

        assert (new.n_new_items, new.reworded) == (1, ("warm",))
        versions = [
            get_content(questionnaire_id=report.questionnaire.pk).item("warm").version
            for report in (old, new)
        ]
        assert versions == [1, 2]

    def test_keeps_a_reworded_item_in_its_scale_where_it_counts_alike(self) -> None:
        import_document(document=DOCUMENT)
        alike = replace(with_item(texts={"en": "Warm enough?"}), scales=())
        otherwise = replace(with_item(options=OPTIONS[1:]), scales=())

        contents = [
            get_content(questionnaire_id=import_document(document=one).questionnaire.pk)
            for one in (alike, otherwise)
        ]

        assert [len(content.scales) for content in contents] == [1, 0]

    def test_refuses_a_stored_scale_with_other_items(self) -> None:
        import_document(document=DOCUMENT)
        more = DocumentSection("three", (replace(WARM, code="more"),))
        scale = replace(SCALE, items=("warm", "more"))
        before = Questionnaire.objects.count()

        with pytest.raises(ScaleChangedError, match="use a new code"):
            import_document(
                document=replace(DOCUMENT, sections=(*DOCUMENT.sections, more), scales=(scale,))
            )

        assert (Questionnaire.objects.count(), ScaleItem.objects.count()) == (before, 1)

    @pytest.mark.parametrize("code", ["why", "nobody"])
    def test_refuses_a_scale_of_what_cannot_be_counted(self, code: str) -> None:
        with pytest.raises(DocumentError, match=f"cannot count the item “{code}”"):
            import_document(document=replace(DOCUMENT, scales=(replace(SCALE, items=(code,)),)))

    def test_refuses_what_does_not_fit_the_schema(self) -> None:
        with pytest.raises(DocumentError, match=r"^sections\[0\]\.items\[0\]\.kind"):
            import_document(document=with_item(kind="GRID"))


class TestImportedWordings:
    """What a document words anew belongs to its draft alone."""

    @pytest.fixture
    def scale(self) -> str:
        """Publish the document, and return the code of its scale."""
        first = import_document(document=DOCUMENT).questionnaire
        publish_questionnaire(questionnaire_id=first.pk)
        return SCALE.code

    def told(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        return {item.code: (item.texts["en"], item.scales) for item in list_bank()}

    def test_leave_the_bank_as_it_is_until_the_draft_is_published(self, scale: str) -> None:
        draft = import_document(document=with_item(texts={"en": "PLANTED?"})).questionnaire
        before = self.told()["warm"]
        publish_questionnaire(questionnaire_id=draft.pk)

        assert before == ("Warm?", (scale,))
        assert self.told()["warm"] == ("PLANTED?", (scale,))

    def test_go_with_the_draft(self, scale: str) -> None:
        draft = import_document(document=with_item(texts={"en": "PLANTED?"})).questionnaire
        discard_draft(questionnaire_id=draft.pk)

        assert self.told()["warm"] == ("Warm?", (scale,))
        assert not Item.objects.filter(texts={"en": "PLANTED?"}).exists()

    def test_take_a_scale_along_that_came_with_them(self) -> None:
        bank = ItemFactory(code="why", **wording_in(replace(WARM, code="why")))
        both = replace(SCALE, items=("warm", "why"))
        section = DocumentSection("one", (WARM, replace(WARM, code="why")))
        document = replace(DOCUMENT, sections=(section,), scales=(both,))
        draft = import_document(document=document).questionnaire
        assert Scale.objects.get().scale_items.count() == 2

        discard_draft(questionnaire_id=draft.pk)

        assert list(Item.objects.all()) == [bank]
        assert not Scale.objects.exists()
        assert import_document(document=document).n_new_items == 1

    def test_pass_to_another_draft_that_asks_them(self) -> None:
        first, second = (import_document(document=DOCUMENT).questionnaire for _ in range(2))
        discard_draft(questionnaire_id=first.pk)

        assert set(Item.objects.values_list("drafted_in", flat=True)) == {second.pk}
        assert list_bank() == ()
        publish_questionnaire(questionnaire_id=second.pk)
        assert self.told().keys() == {"warm", "why"}

import pytest

from survey.questionnaires.exporting import export_document
from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.services import (
    QuestionnaireNotDraftError,
    import_document,
    next_version,
    publish_questionnaire,
)
from survey.questionnaires.services.translating import (
    MOST_LANGUAGES,
    TooManyLanguagesError,
    TranslationReport,
    TranslationsChangedError,
    add_language,
    remove_language,
    translate_draft,
)
from survey.questionnaires.translations import Translation, compare
from tests.questionnaires.translations.samples import PIPED, said, visit

WHY = said("¿Dijo {{item:ease}}?")
HARD = said("Muy difícil", "item/ease/answer/1", "Hard")
EASE_AR = said("كم كان سهلا؟", "item/ease/text", "How easy was it?", "ar")
HEADING = said("Tu visita", "section/visit", "Your visit")

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(db: None) -> Questionnaire:
    return import_document(document=visit()).questionnaire


@pytest.fixture
def next_draft(db: None) -> Questionnaire:
    """The next version of what was published in English."""
    published = import_document(document=visit(languages=("en",))).questionnaire
    publish_questionnaire(questionnaire_id=published.pk)
    draft = next_version(questionnaire_id=published.pk)
    for tag in ("es", "ar"):
        add_language(questionnaire_id=draft.pk, tag=tag)
    return draft


def take(draft: Questionnaire, *found: Translation) -> TranslationReport:
    document = export_document(questionnaire_id=draft.pk)
    return translate_draft(
        questionnaire_id=draft.pk, translations=found, seen=compare(document, found).digest
    )


class TestTranslateDraft:
    def test_puts_every_wording_in_its_place(self, draft: Questionnaire) -> None:
        report = take(draft, WHY, HARD, EASE_AR, HEADING)

        document = export_document(questionnaire_id=draft.pk)
        ease, why = document.items
        assert report == TranslationReport(4, ())
        assert why.texts == {"en": PIPED, "es": WHY.text}
        assert ease.options[0].texts == {"en": "Hard", "es": "Muy difícil"}
        assert ease.texts["ar"] == EASE_AR.text
        assert document.sections[0].texts == {"en": "Your visit", "es": "Tu visita"}

    def test_breaks_no_trend_by_a_new_language(self, next_draft: Questionnaire) -> None:
        report = take(next_draft, EASE_AR)

        assert report == TranslationReport(1, ())
        assert next_draft.questionnaire_items.get(item__code="ease").item.version == 2
        assert Item.objects.get(code="ease", version=1).texts.get("ar") is None

    def test_tells_whose_trend_breaks_by_other_words(self, next_draft: Questionnaire) -> None:
        assert take(next_draft, HARD).broken == ("ease",)

    @pytest.mark.parametrize("wrong", [said("no placeholder"), said("x" * 6000)])
    def test_takes_all_or_nothing(self, draft: Questionnaire, wrong: Translation) -> None:
        before = export_document(questionnaire_id=draft.pk)

        with pytest.raises(TranslationsChangedError):
            take(draft, HARD, HEADING, wrong)

        assert export_document(questionnaire_id=draft.pk) == before

    def test_takes_nothing_that_nobody_has_looked_at(self, draft: Questionnaire) -> None:
        seen = compare(export_document(questionnaire_id=draft.pk), [WHY]).digest
        take(draft, said("Otra {{item:ease}}"))

        with pytest.raises(TranslationsChangedError):
            translate_draft(questionnaire_id=draft.pk, translations=[WHY], seen=seen)

    def test_leaves_what_is_published_alone(self, next_draft: Questionnaire) -> None:
        published = Questionnaire.objects.get(code="visit", version=1)

        with pytest.raises(QuestionnaireNotDraftError):
            take(published, WHY)


class TestAddLanguage:
    def test_adds_it_at_the_end_and_once(self, draft: Questionnaire) -> None:
        for _ in range(2):
            add_language(questionnaire_id=draft.pk, tag="de")

        draft.refresh_from_db()
        assert draft.languages == ["en", "es", "ar", "de"]

    def test_has_an_end(self, draft: Questionnaire) -> None:
        tags = [f"{a}{b}" for a in "abcdefgh" for b in "abcdefgh"][:MOST_LANGUAGES]
        Questionnaire.objects.filter(pk=draft.pk).update(languages=tags)

        with pytest.raises(TooManyLanguagesError):
            add_language(questionnaire_id=draft.pk, tag="zu")


class TestRemoveLanguage:
    def test_keeps_the_wording_and_the_own_language(self, draft: Questionnaire) -> None:
        for tag in ("es", "en", "fr"):
            remove_language(questionnaire_id=draft.pk, tag=tag)

        draft.refresh_from_db()
        assert draft.languages == ["en", "ar"]
        assert Item.objects.get(code="ease").texts["es"] == "¿Qué tan fácil fue?"

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from survey.questionnaires.documents import Document, DocumentScale
from survey.questionnaires.importers import ImportedQuestionnaire, ImportRefusedError, LeftOut
from survey.questionnaires.importers.telling import tell_again
from survey.questionnaires.models import Audience, ImportReport, Item, Questionnaire
from survey.questionnaires.services import import_document
from survey.questionnaires.services.bringing import (
    LEASE,
    bring_in,
    claim_reading,
    release_reading,
)
from tests.questionnaires.translations.samples import visit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = tuple(Audience)
CUSTOMERS = (Audience.CUSTOMER,)

pytestmark = pytest.mark.django_db


def bring(
    document: Document,
    *,
    kind: str = "limesurvey",
    audience: str = "CUSTOMER",
    may_ask: tuple[str, ...] = ALL,
) -> Questionnaire:
    imported = ImportedQuestionnaire(document, (LeftOut("q9", "a file", "cannot be asked"),), kind)
    return bring_in(imported=imported, audience=audience, may_ask=may_ask, file_name="a\nb.lss")


class TestBringIn:
    def test_drafts_it_for_the_audience_with_its_report(self) -> None:
        draft = bring(visit(), audience="EMPLOYEE")

        report = draft.import_report
        assert (draft.audience, draft.status) == ("EMPLOYEE", "DRAFT")
        assert (report.file_name, report.language) == ("a b.lss", "")
        assert report.left_out == [["q9", "a file", "cannot be asked"]]

    def test_makes_the_next_version_of_the_same_questionnaire(self) -> None:
        assert [bring(visit()).version for _ in range(2)] == [1, 2]
        assert Item.objects.count() == 2

    def test_gives_it_another_code_where_others_are_asked_under_it(self) -> None:
        import_document(document=visit(audience="EMPLOYEE"))

        draft = bring(visit())

        assert (draft.code, draft.version) == ("visit_2", 1)
        told = [tell_again(line[2]) for line in draft.import_report.left_out]
        assert any("here it is “visit_2”" in reason for reason in told)
        assert {item.code for item in Item.objects.all()} == {
            *("ease", "why"),
            *("visit_2_ease", "visit_2_why"),
        }

    def test_keeps_codes_of_strangers_apart(self) -> None:
        import_document(document=visit())

        draft = bring(replace(visit(), code="other"))

        codes = set(draft.questionnaire_items.values_list("item__code", flat=True))
        assert codes == {"other_ease", "other_why"}

    def test_lets_our_own_file_word_what_its_reader_asks_anyway(self) -> None:
        import_document(document=visit())

        draft = bring(replace(visit(), code="other"), kind="hearthline", may_ask=CUSTOMERS)

        assert draft.questionnaire_items.filter(item__code="ease").exists()

    def test_lets_nobody_word_what_only_others_are_asked(self) -> None:
        import_document(document=visit(audience="EMPLOYEE"))

        with pytest.raises(ImportRefusedError) as refused:
            bring(replace(visit(), code="mine"), kind="hearthline", may_ask=CUSTOMERS)

        assert refused.value.why == "is a question that others are asked"
        assert Questionnaire.objects.count() == 1

    def test_stores_nothing_of_what_does_not_fit(self) -> None:
        scale = DocumentScale("s", "c", "S", "s", 1, 2, items=("why",))

        with pytest.raises(ImportRefusedError) as refused:
            bring(replace(visit(), scales=(scale,)), kind="hearthline")

        assert refused.value.where == "scales"
        assert not Questionnaire.objects.exists()
        assert not ImportReport.objects.exists()

    def test_goes_away_with_its_draft(self) -> None:
        draft = bring(visit())

        draft.questionnaire_items.all().delete()
        draft.delete()

        assert not ImportReport.objects.exists()


class TestClaimReading:
    def test_lets_one_file_of_each_person_be_read_at_a_time(self) -> None:
        claims = [claim_reading(reader_id=reader, now=NOW) for reader in (1, 1, 2)]

        assert claims == [True, False, True]

    def test_forgets_a_reading_that_never_ended(self) -> None:
        claim_reading(reader_id=1, now=NOW)

        assert not claim_reading(reader_id=1, now=NOW + LEASE - timedelta(seconds=1))
        assert claim_reading(reader_id=1, now=NOW + LEASE)


class TestReleaseReading:
    def test_lets_the_next_one_be_read(self) -> None:
        claim_reading(reader_id=1, now=NOW)
        release_reading(reader_id=1, now=NOW + timedelta(seconds=2))

        assert claim_reading(reader_id=1, now=NOW + timedelta(seconds=2))

import pytest
from django.test import Client

from survey.campaigns.models import Wave
from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import publish_questionnaire, retire_questionnaire
from tests.console.questionnaires.drafts import SIX, codes_of, make_draft


def page(questionnaire: Questionnaire, end: str) -> str:
    return f"/console/questionnaires/{questionnaire.pk}/{end}/"


@pytest.fixture
def published_six(six_items: Questionnaire) -> Questionnaire:
    publish_questionnaire(questionnaire_id=six_items.pk)
    six_items.refresh_from_db()
    return six_items


class TestSettings:
    def test_keep_what_was_filled_in(self, hr: Client, six_items: Questionnaire) -> None:
        filled = {
            "name": "Spring",
            "languages": "en es",
            "page": "ONE_BY_ONE",
            "shuffles_items": "on",
            "pool": [SIX[1], SIX[2]],
            "n": "1",
        }

        hr.post(page(six_items, "settings"), filled)

        six_items.refresh_from_db()
        assert (six_items.name, six_items.languages) == ("Spring", ["en", "es"])
        assert six_items.settings == {
            "page": "ONE_BY_ONE",
            "shuffles_items": True,
            "sample": {"pool": [SIX[1], SIX[2]], "n": 1},
        }
        shown = hr.get(page(six_items, "settings")).text
        assert 'value="en, es"' in shown
        assert 'value="ONE_BY_ONE" selected' in shown

    @pytest.mark.parametrize(
        ("wrong", "why"),
        [
            ({"pool": [SIX[1]]}, "Say how many of the ticked questions"),
            ({"pool": [SIX[1]], "n": "2"}, "Only 1 question is ticked."),
            ({"pool": [SIX[0]], "n": "1"}, "is not one of the available choices"),
            ({"languages": "klingon1"}, "is no language tag"),
            ({"languages": " "}, "This field is required."),
        ],
    )
    def test_refuse_what_cannot_be(
        self, hr: Client, six_items: Questionnaire, wrong: dict[str, object], why: str
    ) -> None:
        answer = hr.post(page(six_items, "settings"), {"name": "X", "languages": "en"} | wrong)

        assert answer.status_code == 422
        assert why in answer.text
        six_items.refresh_from_db()
        assert six_items.name == "Six questions"


class TestPublish:
    def test_makes_a_draft_final(self, hr: Client, six_items: Questionnaire) -> None:
        answer = hr.post(page(six_items, "publish"), follow=True)

        assert "never changes any more" in answer.text
        six_items.refresh_from_db()
        assert six_items.status == "PUBLISHED"

    def test_says_where_something_is_to_be_mended(self, hr: Client, bank: None) -> None:
        draft = make_draft(languages=["en", "es"])

        answer = hr.post(page(draft, "publish"), follow=True)

        assert "It cannot be published yet" in answer.text
        assert f"/console/questionnaires/{draft.pk}/questions/{SIX[0]}/change/" in answer.text
        draft.refresh_from_db()
        assert draft.status == "DRAFT"

    def test_happens_once(self, hr: Client, published_six: Questionnaire) -> None:
        answer = hr.post(page(published_six, "publish"), follow=True)

        assert "What is published never changes" in answer.text


class TestRetire:
    def test_puts_away_and_reinstates(self, hr: Client, published_six: Questionnaire) -> None:
        hr.post(page(published_six, "retire"))
        published_six.refresh_from_db()
        assert published_six.status == "RETIRED"

        hr.post(page(published_six, "reinstate"))
        published_six.refresh_from_db()
        assert published_six.status == "PUBLISHED"

    @pytest.mark.parametrize("end", ["retire", "reinstate"])
    def test_does_nothing_to_a_draft(self, hr: Client, six_items: Questionnaire, end: str) -> None:
        answer = hr.post(page(six_items, end), follow=True)

        assert "Only what" in answer.text
        six_items.refresh_from_db()
        assert six_items.status == "DRAFT"


class TestNextDraft:
    def test_opens_one_draft_however_often_it_is_asked_for(
        self, hr: Client, published_six: Questionnaire
    ) -> None:
        first = hr.post(page(published_six, "next"))
        second = hr.post(page(published_six, "next"))

        assert first.headers["Location"] == second.headers["Location"]
        draft = Questionnaire.objects.get(code=published_six.code, version=2)
        assert codes_of(draft) == list(SIX)
        assert "version 2" in hr.get(first.headers["Location"]).text


class TestCopy:
    def test_is_a_questionnaire_of_its_own(self, hr: Client, published_six: Questionnaire) -> None:
        assert "Six questions, a copy" in hr.get(page(published_six, "copy")).text

        hr.post(page(published_six, "copy"), {"name": "Mine"})

        copy = Questionnaire.objects.get(name="Mine")
        assert (copy.version, copy.status) == (1, "DRAFT")
        assert codes_of(copy) == list(SIX)

    def test_needs_a_name(self, hr: Client, published_six: Questionnaire) -> None:
        assert hr.post(page(published_six, "copy"), {"name": ""}).status_code == 422


class TestDiscard:
    def test_asks_once_and_throws_away(self, hr: Client, six_items: Questionnaire) -> None:
        assert "Discard it" in hr.get(page(six_items, "discard")).text

        answer = hr.post(page(six_items, "discard"), follow=True)

        assert "“Six questions” is discarded." in answer.text
        assert not Questionnaire.objects.filter(pk=six_items.pk).exists()

    def test_keeps_what_a_survey_asks(
        self, hr: Client, six_items: Questionnaire, draft: Wave
    ) -> None:
        Wave.objects.filter(pk=draft.pk).update(questionnaire=six_items)

        answer = hr.post(page(six_items, "discard"), follow=True)

        assert "A survey asks it" in answer.text
        assert codes_of(six_items) == list(SIX)

    def test_leaves_what_is_published(self, hr: Client, published_six: Questionnaire) -> None:
        hr.post(page(published_six, "discard"))

        retire_questionnaire(questionnaire_id=published_six.pk)
        assert Questionnaire.objects.filter(pk=published_six.pk).exists()

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from survey.questionnaires.models import Questionnaire
from survey.questionnaires.services import retire_questionnaire
from tests.console.questionnaires.drafts import codes_of

HOME = "/console/questionnaires/"
NEW = HOME + "new/"


class TestHome:
    def test_says_what_to_do_first_where_there_is_nothing(self, hr: Client, db: None) -> None:
        shown = hr.get(HOME).text

        assert "No questionnaire yet" in shown
        assert reverse("console:questionnaires:bank") in shown

    def test_shows_drafts_and_what_is_published(self, hr: Client, six_items: Questionnaire) -> None:
        shown = hr.get(HOME).text

        assert "Six questions" in shown
        assert "Long pulse" in shown

    def test_keeps_what_was_put_away_apart(self, hr: Client, bank: None) -> None:
        long = Questionnaire.objects.get(code="pulse_long")
        retire_questionnaire(questionnaire_id=long.pk)

        assert "Long pulse" not in hr.get(HOME).text
        assert "Long pulse" in hr.get(HOME, {"state": "RETIRED"}).text
        assert "Nothing here" in hr.get(HOME, {"state": "DRAFT"}).text

    def test_asks_as_often_however_many_there_are(
        self,
        hr: Client,
        six_items: Questionnaire,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        with django_assert_max_num_queries(14):
            hr.get(HOME)


class TestNew:
    def test_begins_an_empty_one(self, hr: Client, bank: None) -> None:
        filled = {"name": "Spring pulse", "audience": "EMPLOYEE", "languages": "en, es"}

        answer = hr.post(NEW, filled)

        draft = Questionnaire.objects.get(name="Spring pulse")
        assert answer.headers["Location"] == f"{HOME}{draft.pk}/"
        assert (draft.languages, draft.status) == (["en", "es"], "DRAFT")
        assert "No questions yet" in hr.get(answer.headers["Location"]).text

    def test_begins_one_like_another(self, hr: Client, six_items: Questionnaire) -> None:
        filled = {
            "name": "Seven",
            "like": six_items.pk,
            "audience": "EMPLOYEE",
            "languages": "en",
        }

        hr.post(NEW, filled)

        copy = Questionnaire.objects.get(name="Seven")
        assert codes_of(copy) == codes_of(six_items)
        assert copy.code != six_items.code

    def test_refuses_a_name_that_cannot_be_shown(self, hr: Client, bank: None) -> None:
        filled = {"name": "A bell \x07", "audience": "EMPLOYEE", "languages": "en"}

        answer = hr.post(NEW, filled)

        assert answer.status_code == 422
        assert "Take out the characters that cannot be shown." in answer.text

    def test_refuses_what_is_no_language(self, hr: Client, bank: None) -> None:
        answer = hr.post(NEW, {"name": "X", "audience": "EMPLOYEE", "languages": "english"})

        assert answer.status_code == 422
        assert "is no language tag" in answer.text
        assert not Questionnaire.objects.filter(name="X").exists()

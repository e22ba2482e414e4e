import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.questionnaires.models import Item, Questionnaire
from survey.questionnaires.services import placing, publish_questionnaire
from tests.console.questionnaires.drafts import SIX, codes_of

BANK = "/console/questionnaires/bank/"


def ids(*codes: str) -> list[int]:
    return [Item.objects.get(code=code).pk for code in codes]


class TestItemBank:
    def test_makes_a_questionnaire_of_what_is_ticked(self, hr: Client, bank: None) -> None:
        filled = {"name": "Mine", "audience": "EMPLOYEE", "items": ids(*SIX), "do": "add"}

        answer = hr.post(BANK, filled)

        made = Questionnaire.objects.get(name="Mine")
        assert answer.headers["Location"] == f"/console/questionnaires/{made.pk}/"
        assert sorted(codes_of(made)) == sorted(SIX)
        assert made.languages == ["en"]
        publish_questionnaire(questionnaire_id=made.pk)

    def test_makes_one_of_a_whole_scale(self, hr: Client, bank: None) -> None:
        hr.post(BANK, {"name": "Seen", "audience": "EMPLOYEE", "scale": "seen"})

        made = Questionnaire.objects.get(name="Seen")
        assert len(codes_of(made)) == 6

    def test_refuses_more_questions_than_one_may_have(
        self, hr: Client, bank: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(placing, "MOST_ITEMS", 5)
        filled = {"name": "Mine", "audience": "EMPLOYEE", "items": ids(*SIX), "do": "add"}

        answer = hr.post(BANK, filled)

        assert answer.status_code == 422
        assert "A questionnaire has at most 5 questions." in answer.text
        assert not Questionnaire.objects.filter(name="Mine").exists()

    def test_asks_for_a_tick(self, hr: Client, bank: None) -> None:
        answer = hr.post(BANK, {"name": "Mine", "audience": "EMPLOYEE", "do": "add"})

        assert answer.status_code == 422
        assert "Tick at least one question." in answer.text
        assert not Questionnaire.objects.filter(name="Mine").exists()

    def test_keeps_ticks_while_looking_on(self, hr: Client, bank: None) -> None:
        [ticked] = ids(SIX[0])
        looked = {"items": ticked, "search": "courtesy", "name": "Kept", "do": "show"}

        answer = hr.post(BANK, looked | {"audience": "EMPLOYEE"})

        assert answer.status_code == 200
        assert "I am spoken to with courtesy" in answer.text
        assert "I seek out people" not in answer.text
        assert f'<input type="hidden" name="items" value="{ticked}">' in answer.text
        assert "1 more question is ticked" in answer.text
        assert 'value="Kept"' in answer.text

    def test_shows_one_construct(self, hr: Client, bank: None) -> None:
        shown = hr.get(BANK, {"construct": "fairness"}).text

        assert "I am spoken to with courtesy" in shown
        assert "I seek out people" not in shown
        assert "Colquitt" in shown

    def test_says_when_nothing_is_found(self, hr: Client, bank: None) -> None:
        assert "No question like that" in hr.get(BANK, {"search": "bicycle"}).text

    def test_takes_no_question_that_is_not_in_the_bank(self, hr: Client, bank: None) -> None:
        filled = {"name": "Mine", "audience": "EMPLOYEE", "items": [999999, "x"], "do": "add"}

        assert hr.post(BANK, filled).status_code == 422

    def test_asks_the_database_as_often_however_many_there_are(
        self, hr: Client, bank: None, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(18):
            hr.get(BANK)


class TestAddFromBank:
    def test_adds_to_a_draft(self, hr: Client, six_items: Questionnaire) -> None:
        address = f"/console/questionnaires/{six_items.pk}/bank/"

        answer = hr.post(address, {"items": ids("fair_process_1"), "do": "add"}, follow=True)

        assert codes_of(six_items) == [*SIX, "fair_process_1"]
        assert "1 question is added." in answer.text

    def test_adds_of_a_scale_what_is_not_asked_yet(
        self, hr: Client, six_items: Questionnaire
    ) -> None:
        hr.post(f"/console/questionnaires/{six_items.pk}/bank/", {"scale": "fairness"})

        assert len(codes_of(six_items)) == 9

    def test_offers_nothing_twice(self, hr: Client, six_items: Questionnaire) -> None:
        address = f"/console/questionnaires/{six_items.pk}/bank/"
        [asked] = ids(SIX[0])

        answer = hr.post(address, {"items": asked, "do": "add"})

        assert answer.status_code == 422
        assert f'value="{asked}" disabled' in hr.get(address).text
        assert codes_of(six_items) == list(SIX)

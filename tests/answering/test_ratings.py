"""The page on which colleagues rate the teams that serve theirs, and what it tells them."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from survey.answering.asking import questions_behind
from survey.answering.promises import next_steps, who_sees
from survey.answering.ratings import rates_teams
from survey.campaigns.models import Credential
from survey.campaigns.selectors import Link, get_link
from survey.core.tokens import digest_token
from survey.responses.models import Intake
from tests.answering.asking import Asked
from tests.answering.colleagues import ITEMS, Colleague, make_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db: None) -> Colleague:
    return make_colleague()


def link_of(colleague: Colleague) -> Link:
    return get_link(token=colleague.token, now=timezone.now())


def told(colleague: Colleague) -> str:
    link = link_of(colleague)
    return "\n".join(who_sees(link, questions_behind(link)))


class TestRatingPage:
    def test_asks_about_each_team_under_its_name(
        self, colleague: Colleague, browser: Client
    ) -> None:
        page = browser.get(colleague.url).text

        assert re.findall(r"<h2[^>]*>(About .+?)</h2>", page) == [
            "About Stores",
            "About Purchasing",
        ]
        assert page.count("<fieldset") == 2 * len(ITEMS)
        assert "8 short questions, about 2 minutes. Leave out any team" in " ".join(page.split())
        assert page.count("· <bdi>Purchasing</bdi>") == len(ITEMS)
        assert 'class="face in"' in page

    def test_shows_nobody_the_teams_of_somebody_else(
        self, colleague: Colleague, browser: Client
    ) -> None:
        digest = digest_token("of-another")
        Credential.objects.create(wave=colleague.wave, group=colleague.groups[1], digest=digest)

        mine, other = browser.get(colleague.url).text, browser.get("/r/of-another/").text

        assert "About Stores" in mine
        assert "About Stores" not in other
        assert "About Purchasing" in other

    def test_takes_all_ratings_at_once_and_thanks(
        self, colleague: Colleague, browser: Client
    ) -> None:
        sent = browser.post(colleague.url, colleague.answers(3, 1))

        assert sent["Location"] == f"{colleague.url}thanks/"
        assert Intake.objects.count() == 2
        assert not Credential.objects.filter(is_spent=False).exists()
        assert "a sealed box of its own" in browser.get(sent["Location"]).text
        assert browser.get(colleague.url)["Location"] == f"{colleague.url}thanks/"

    def test_takes_the_first_of_two(self, colleague: Colleague, browser: Client) -> None:
        browser.post(colleague.url, colleague.answers(3, 1))

        again = browser.post(colleague.url, colleague.answers(1, 1))

        assert again["Location"] == f"{colleague.url}thanks/?again=1"
        assert Intake.objects.count() == 2

    def test_asks_to_send_again_while_somebody_else_holds_the_link(
        self, colleague: Colleague, browser: Client
    ) -> None:
        Credential.objects.filter(pk=colleague.credentials[1].pk).update(is_spent=True)

        page = browser.post(colleague.url, colleague.answers(3, 1))

        assert (page.status_code, page["Retry-After"]) == (503, "60")
        assert "Please go back and press Send again in a minute." in page.text
        assert not Intake.objects.exists()

    def test_lets_a_team_be_left_out_but_not_all(
        self, colleague: Colleague, browser: Client
    ) -> None:
        empty = browser.post(colleague.url, {})
        part = browser.post(colleague.url, colleague.answers(0, 2))

        assert empty.status_code == 422
        assert "Please answer at least one question" in empty.text
        assert part.status_code == 302
        assert Intake.objects.count() == 2

    def test_says_what_is_wrong_and_keeps_what_was_ticked(
        self, colleague: Colleague, browser: Client
    ) -> None:
        page = browser.post(colleague.url, {"care_0": "2", "care_1": "9"})

        assert page.status_code == 422
        assert "Question 6: Choose one of the answers" in page.text
        assert page.text.count(" checked") == 1
        assert not Intake.objects.exists()

    @pytest.mark.parametrize("name", ["care", "care_2", "care_00", "other_0"])
    def test_refuses_what_is_not_asked_here(
        self, colleague: Colleague, browser: Client, name: str
    ) -> None:
        assert browser.post(colleague.url, {name: "2"}).status_code == 422
        assert not Intake.objects.exists()

    def test_asks_for_a_required_answer_about_a_team_that_was_begun(self, browser: Client) -> None:
        colleague = make_colleague(required=ITEMS)

        page = browser.post(colleague.url, {**colleague.answers(0, 2), "care_0": "1"})

        assert page.status_code == 422
        assert page.text.count('class="bad"') == len(ITEMS) - 1
        assert browser.post(colleague.url, colleague.answers(0, 2)).status_code == 302

    def test_never_writes_when_the_page_is_opened(
        self, colleague: Colleague, browser: Client
    ) -> None:
        for query in ("", "?a=1", "?lang=de"):
            assert browser.get(colleague.url + query).status_code == 200

        assert not Credential.objects.filter(is_spent=True).exists()


class TestRatesTeams:
    def test_tells_colleagues_from_other_staff(self, colleague: Colleague) -> None:
        assert rates_teams(link_of(colleague))

    def test_is_not_so_of_employees(self, asked: Asked) -> None:
        assert not rates_teams(get_link(token=asked.token, now=timezone.now()))


class TestWhoSees:
    def test_says_with_whom_the_answers_about_a_team_are_counted(
        self, colleague: Colleague
    ) -> None:
        words = told(colleague)

        assert "You are asked about Stores and Purchasing." in words
        assert "from five answers on" in words
        assert "fewer than five of those asked about a team send this page" in words
        assert "your team" not in words.replace("your team says", "")  # that of an arrow
        assert "as Bakery sees it" not in words

    def test_says_who_reads_an_arrow(self, colleague: Colleague) -> None:
        assert "by whoever leads one of the two or a part that it belongs to" in told(colleague)

    def test_numbers_the_questions_of_all_sections(self, colleague: Colleague) -> None:
        assert "Questions 1 to 8 are never shown one by one, only together." in told(colleague)

    def test_keeps_names_apart_in_sentences_from_the_right(self, colleague: Colleague) -> None:
        with override("ar"):
            assert "\u2068Stores\u2069" in told(colleague)


class TestNextSteps:
    def test_tells_of_a_box_for_each_team(self, colleague: Colleague) -> None:
        assert "What you said of each team waits" in next_steps(link_of(colleague))[0].what

    def test_promises_no_letter_that_nobody_writes(self, colleague: Colleague) -> None:
        assert "writes" not in " ".join(step.what for step in next_steps(link_of(colleague)))

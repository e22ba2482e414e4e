"""What respondents are told is what the wave does."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override

from survey.answering.promises import next_steps, who_sees
from survey.campaigns.grouping import pool_name
from survey.campaigns.selectors import Link
from survey.questionnaires.families import as_json, build_families
from survey.questionnaires.selectors import get_content
from tests.answering.asking import Ask, Asked
from tests.factories.questionnaires import ItemFactory, publish

pytestmark = pytest.mark.django_db


def link_of(asked: Asked) -> Link:
    return Link(
        credential=asked.credential,
        wave=asked.wave,
        group=asked.group,
        campaign=asked.wave.campaign,
        letter=asked.letter,
        is_spent=False,
    )


def told(asked: Asked) -> str:
    content = get_content(questionnaire_id=asked.wave.questionnaire_id)
    return "\n".join(who_sees(link_of(asked), content))


class TestWhoSees:
    def test_names_the_threshold_of_the_wave(self, ask: Ask) -> None:
        assert "no figure about fewer than eight people" in told(ask(threshold=8))

    def test_tells_members_of_small_teams_that_they_are_pooled(self, ask: Ask) -> None:
        assert "counted together with other small teams" in told(ask(kind="POOL"))

    def test_names_a_pool_in_the_language_that_is_spoken(self, ask: Ask) -> None:
        asked = ask(kind="POOL")
        asked.group.name = pool_name("Bakery")

        assert "“Smaller teams of Bakery”" in told(asked)
        with override("de"):
            assert "Smaller teams" not in told(asked)
            assert gettext("Smaller teams of %(team)s") % {"team": "Bakery"} in told(asked)

    def test_keeps_names_apart_in_sentences_from_the_right(self, asked: Asked) -> None:
        with override("ar"):
            assert "\u2068Bakery\u2069" in told(asked)
        assert "\u2068" not in told(asked)

    def test_tells_other_teams_where_their_answers_count(self, asked: Asked) -> None:
        assert "counted in “Bakery”" in told(asked)
        assert "small teams" not in told(asked)

    def test_tells_customers_which_team_it_is_about(self, ask: Ask) -> None:
        words = told(ask(audience="CUSTOMER"))

        assert "the team that served you: Bakery" in words
        assert "customers opened together with you" in words

    @pytest.mark.parametrize(
        ("facts", "audience", "is_said"),
        [
            (["served_by"], "CUSTOMER", True),
            (["team"], "CUSTOMER", False),
            (["served_by"], "EMPLOYEE", False),
        ],
    )
    def test_says_who_reads_an_employee_s_name(
        self, ask: Ask, facts: list[str], audience: str, is_said: bool
    ) -> None:
        items = [ItemFactory(texts={"en": "Was {{fact:served_by}} kind?"})]
        asked = ask(audience=audience, questionnaire=publish(items, audience=audience))
        asked.wave.campaign.told_facts = facts

        assert ("nothing is measured by employee" in told(asked)) is is_said

    def test_says_which_questions_are_shown_alone(self, asked: Asked) -> None:
        assert "Questions 1 and 2 are shown one by one" in told(asked)

    def test_says_which_questions_are_only_shown_together(self, asked: Asked) -> None:
        content = get_content(questionnaire_id=asked.wave.questionnaire_id)
        families = build_families(content=content, shown_items_up_to=0)
        asked.wave.families = as_json(families)

        assert "Question 1 is never shown one by one" in told(asked)
        assert "as the group’s figure" not in told(asked)

    def test_says_until_when_one_can_answer(self, asked: Asked) -> None:
        closes = asked.wave.closes_at
        words = told(asked)
        assert f"until {closes.day} {closes:%B %Y}, {closes:%H:%M} (UTC). Nobody" in words
        assert "any figure before then; afterwards they are made once" in words


class TestNextSteps:
    def test_dates_the_close_for_employees(self, asked: Asked) -> None:
        steps = next_steps(link_of(asked))

        assert [step.is_done for step in steps] == [True, False, False, False]
        assert str(asked.wave.closes_at.year) in steps[1].when

    def test_waits_for_enough_customers(self, ask: Ask) -> None:
        steps = next_steps(link_of(ask(audience="CUSTOMER", threshold=6)))

        assert "at least six customers" in steps[1].when

    def test_names_the_page_on_which_customers_read_what_came_of_it(self, ask: Ask) -> None:
        steps = next_steps(link_of(ask(audience="CUSTOMER")))

        assert steps[-1].address.endswith("/heard/")
        assert steps[-1].what.endswith("everybody: ")
        assert steps[-1].rest.startswith(". If it is late")

    def test_links_to_that_page_from_the_thanks(self, ask: Ask, browser: Client) -> None:
        asked = ask(audience="CUSTOMER")
        browser.post(asked.url, asked.answers())

        thanks = browser.get(f"{asked.url}thanks/").content.decode()

        address = f"{settings.BASE_URL}/heard/"
        assert f'everybody: <a href="{address}" dir="ltr">{address}</a>. If it is late' in thanks

    def test_promises_staff_a_letter_and_names_no_page_that_they_could_not_open(
        self, asked: Asked
    ) -> None:
        step = next_steps(link_of(asked))[-1]

        assert "everybody who was asked" in step.what
        assert (step.address, step.rest) == ("", "")

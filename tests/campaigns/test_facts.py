"""The plain facts of a letter."""

from datetime import UTC, datetime

import pytest

from survey.campaigns.facts import (
    ask_first,
    in_language,
    say_hears_back,
    say_minutes,
    say_until,
    say_who_sees,
    say_why_you,
    state_facts,
)
from survey.campaigns.models import Campaign, Interaction, Invitation, Wave
from survey.campaigns.selectors import content_of
from survey.organization.models import Person, Team
from survey.questionnaires.models import Audience, ItemKind
from survey.questionnaires.pages import build_page, estimate_minutes
from survey.questionnaires.selectors import get_content
from tests.factories.campaigns import (
    NOW,
    make_campaign,
    make_draft,
    make_teams,
)
from tests.factories.colleagues import make_colleagues
from tests.factories.questionnaires import ItemFactory, StoryFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def top() -> Team:
    return make_teams({"top": None}, {"top": 6})["top"]


class TestSentences:
    def draft(self, top: Team, audience: str, **changes: object) -> Wave:
        campaign: Campaign = make_campaign(top, audience)
        return make_draft(campaign, **changes)

    def test_name_the_threshold(self, top: Team) -> None:
        wave = self.draft(top, Audience.EMPLOYEE)
        wave.threshold = 8

        assert "8 people or more" in say_who_sees(wave=wave)

    def test_promise_staff_a_day_and_customers_none(self, top: Team) -> None:
        staff = say_hears_back(wave=self.draft(top, Audience.EMPLOYEE))
        customers = say_hears_back(wave=self.draft(top, Audience.CUSTOMER))

        assert "closes on 16 March 2026;" in staff
        assert "once a month" in customers
        assert "2026" not in customers

    def test_tell_customers_the_occasion_and_no_last_day(self, top: Team) -> None:
        wave = self.draft(top, Audience.CUSTOMER)
        met = Interaction(team=top, occurred_at=NOW)

        assert say_why_you(invitation=Invitation(wave=wave, interaction=met)) == (
            "You get this because you had to do with Top on 2 March 2026."
        )
        assert say_why_you(invitation=Invitation(wave=wave)) == ""
        assert say_until(wave=wave) == ""

    def test_do_not_say_that_everybody_is_asked_where_some_are(self, top: Team) -> None:
        wave = self.draft(top, Audience.EMPLOYEE)
        everybody = say_why_you(invitation=Invitation(wave=wave))
        wave.campaign.audience_filter = {"attributes": {"site": ["north"]}}
        some = say_why_you(invitation=Invitation(wave=wave))

        assert everybody == "You get this because everybody in Top is asked."
        assert some == "You get this because you are among those in Top who are asked this time."

    def test_do_not_promise_the_day_that_begins_with_the_close(self, top: Team) -> None:
        midnight = datetime(2026, 3, 16, tzinfo=UTC)

        wave = self.draft(top, Audience.EMPLOYEE, closes_at=midnight)

        assert say_until(wave=wave) == "You can answer until 15 March 2026."

    def test_tell_the_last_day_by_the_clock_of_the_reader(self, top: Team) -> None:
        """It closes at 17:00 in Los Angeles, which is the next day in London."""
        wave = self.draft(
            top, Audience.EMPLOYEE, closes_at=datetime(2026, 3, 17, 0, 30, tzinfo=UTC)
        )
        reader = Person(name="Ana", time_zone="America/Los_Angeles")
        told = state_facts(
            invitation=Invitation(wave=wave, person=reader),
            recipient_name="Ana",
            answer_url="",
            stop_url="",
        )

        assert told.until == "You can answer until 16 March 2026."
        assert say_until(wave=wave) == "You can answer until 17 March 2026."

    def test_tell_the_minutes_that_the_page_tells(self, top: Team) -> None:
        wave = self.draft(top, Audience.EMPLOYEE)

        assert say_minutes(wave=wave) == estimate_minutes(
            get_content(questionnaire_id=wave.questionnaire_id)
        )

    def test_promise_colleagues_the_minutes_for_all_teams_they_may_rate(self, top: Team) -> None:
        one, five = (
            make_draft(make_colleagues(top, arrows_per_person=n, code=f"rate{n}")) for n in (1, 5)
        )

        assert (say_minutes(wave=one), say_minutes(wave=five)) == (1, 3)  # 30 and 150 seconds

    def test_tell_colleagues_why_they_are_asked(self, top: Team) -> None:
        why = say_why_you(invitation=Invitation(wave=make_draft(make_colleagues(top))))

        assert why == "You get this because other teams work for yours."

    def test_are_told_in_the_language_of_the_letter(self, top: Team) -> None:
        wave = self.draft(top, Audience.EMPLOYEE)

        assert say_until(wave=wave, language="fr") == "Vous pouvez répondre jusqu’au 16 mars 2026."
        assert "Top" in say_why_you(invitation=Invitation(wave=wave), language="pl")
        assert "5 Personen" in say_who_sees(wave=wave, language="de")


class TestAskFirst:
    def test_fills_in_what_the_page_may_tell(self, top: Team) -> None:
        items = [ItemFactory(texts={"en": "Was {{fact:served_by}} kind?"})]
        questionnaire = publish(items, code="named", audience="CUSTOMER")
        wave = make_draft(make_campaign(top, Audience.CUSTOMER, questionnaire=questionnaire))
        met = Interaction(team=top, occurred_at=NOW, served_by="Petra")
        asked = []
        for told in (["served_by"], []):
            wave.campaign.told_facts = told
            invitation = Invitation(wave=wave, interaction=met)
            facts = state_facts(
                invitation=invitation,
                recipient_name="",
                answer_url="",
                stop_url="",
                has_first_item=True,
            )
            assert facts.first_item is not None
            asked.append(facts.first_item.question)

        assert asked == ["Was Petra kind?", "Was the person who served you kind?"]

    def test_gives_every_answer_a_link_that_only_chooses_it(self, top: Team) -> None:
        wave = make_draft(make_campaign(top))
        item = ask_first(wave=wave, answer_url="https://x.example/r/t/", language="de")

        assert item is not None
        question = build_page(content_of(wave=wave), "en").questions[0]
        assert (item.question, item.language) == (question.text, "en")
        urls = [option.url for option in item.options]
        assert urls == [
            *(f"https://x.example/r/t/?a={choice.value}" for choice in question.choices),
            "https://x.example/r/t/?a=cant_say",
        ]
        for url in urls:
            chosen = url.partition("a=")[2]
            page = build_page(content_of(wave=wave), "en", preselected=chosen)
            assert page.questions[0].is_preselected

    def test_keeps_the_language_in_the_link(self) -> None:
        assert in_language("https://x/r/t/", "de", "en") == "https://x/r/t/?lang=de"
        assert in_language("https://x/r/t/", "en", "en") == "https://x/r/t/"

    def test_asks_for_no_words_in_a_letter(self, top: Team) -> None:
        story = publish([StoryFactory(code="only_story")], code="words")
        wave = make_draft(make_campaign(top))
        wave.questionnaire = story

        assert ask_first(wave=wave, answer_url="u", language="en") is None

    def test_asks_colleagues_nothing_in_a_letter_which_names_no_team(self, top: Team) -> None:
        wave = make_draft(make_colleagues(top))

        assert ask_first(wave=wave, answer_url="u", language="en") is None

    def test_says_what_the_ends_of_a_rating_mean(self, top: Team) -> None:
        rating = ItemFactory(
            code="rated",
            kind=ItemKind.RATING,
            options=[
                {"value": 0, "texts": {"en": "Not at all"}},
                {"value": 10, "texts": {"en": "Fully"}},
            ],
        )
        wave = make_draft(make_campaign(top))
        wave.questionnaire = publish([rating], code="rating")

        item = ask_first(wave=wave, answer_url="u", language="en")
        assert item is not None
        labels = [option.label for option in item.options]
        assert labels[:2] == ["0 (Not at all)", "1"]
        assert labels[10] == "10 (Fully)"

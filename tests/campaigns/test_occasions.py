"""What is known of the occasion on which somebody is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.campaigns.collectors import get_open_link
from survey.campaigns.grouping import pool_name
from survey.campaigns.models import Campaign, Group, Interaction, Invitation
from survey.campaigns.occasions import (
    circumstances_of,
    circumstances_of_letter,
    may_name_employees,
)
from survey.campaigns.selectors import get_link
from survey.questionnaires.content import QuestionnaireContent, SectionContent
from survey.questionnaires.piping import say_facts
from survey.questionnaires.routing import Circumstances
from tests.answering.asking import TOKEN, make_asked
from tests.factories.campaigns import NOW
from tests.factories.collectors import link_of, make_links
from tests.factories.questionnaires import item_content, questionnaire_content

pytestmark = pytest.mark.django_db
MET = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SPEAKS = questionnaire_content(
    item_content("a", texts={"en": "How was {{fact:date}}, {{ fact:channel }}?"})
)
SILENT = questionnaire_content(item_content("a"))
NAMES = questionnaire_content(item_content("a", texts={"en": "Was {{fact:served_by}} kind?"}))
ALL = ["date", "team", "channel"]


def occasion(
    content: QuestionnaireContent, *, audience: str = "CUSTOMER", **campaign: Any
) -> tuple[Circumstances, int]:
    """Return what is known behind a link, and how many statements that took."""
    asked = make_asked(audience=audience)
    invitation = Invitation.objects.get(stop_digest__gt="", wave=asked.wave)
    assert invitation.customer is not None
    invitation.interaction = Interaction.objects.create(
        idempotency_key="k",
        wave=asked.wave,
        team=asked.wave.campaign.scope,
        customer=invitation.customer,
        occurred_at=MET,
        channel="by phone",
        served_by="Petra",
        is_asked=True,
    )
    invitation.save()
    Campaign.objects.update(**campaign)
    Group.objects.update(attributes={"region": "north"})
    now = asked.wave.opens_at + timedelta(hours=1)
    link = get_link(token=TOKEN, now=now)
    with CaptureQueriesContext(connection) as queries:
        found = circumstances_of(link=link, content=content, now=now, token=TOKEN)
    return found, len(queries)


class TestCircumstancesOfLetter:
    @pytest.mark.parametrize(
        ("told", "facts"),
        [(["team", "served_by"], {"team": "Bakery", "served_by": "Petra"}), ([], {})],
        ids=["two facts", "nothing"],
    )
    def test_tells_what_the_page_tells(self, told: list[str], facts: dict[str, str]) -> None:
        occasion(SPEAKS, told_facts=told)
        invitation = Invitation.objects.get()

        assert circumstances_of_letter(invitation=invitation).facts == facts
        assert circumstances_of_letter(invitation=Invitation(wave=invitation.wave)).facts == {}


class TestMayNameEmployees:
    def test_looks_at_campaigns_of_customers(self) -> None:
        for told, audience, expected in (
            (["team"], "CUSTOMER", False),
            (["served_by"], "CUSTOMER", True),
            (["served_by"], "EMPLOYEE", False),
        ):
            if not Campaign.objects.exists():
                occasion(SPEAKS)
            Campaign.objects.update(told_facts=told, audience=audience)
            assert may_name_employees() is expected


class TestCircumstancesOf:
    def test_names_a_pool_in_the_language_that_it_is_shown_in(self) -> None:
        asked = make_asked(kind="POOL")
        Group.objects.update(name=pool_name("Bakery"))
        link = get_link(token=TOKEN, now=asked.wave.opens_at + timedelta(hours=1))
        facts = circumstances_of(link=link, content=SPEAKS, now=NOW).facts

        assert say_facts(facts, "en")["team"] == "Smaller teams of Bakery"
        assert say_facts(facts, "de")["team"] == "Kleinere Teams von Bakery"

    def test_tells_day_and_team_unless_told_otherwise(self) -> None:
        found, n_statements = occasion(SPEAKS)

        assert found.facts == {"team": "Bakery", "date": "2026-03-01"}
        assert found.attributes == {"region": "north"}
        assert n_statements == 1

    @pytest.mark.parametrize(
        ("told", "facts"),
        [
            (ALL, {"team": "Bakery", "date": "2026-03-01", "channel": "by phone"}),
            (["team"], {"team": "Bakery"}),
            ([], {}),
        ],
        ids=["all", "team", "nothing"],
    )
    def test_tells_what_the_campaign_allows(self, told: list[str], facts: dict[str, str]) -> None:
        assert occasion(SPEAKS, told_facts=told)[0].facts == facts

    @pytest.mark.parametrize(
        ("told", "content", "facts"),
        [
            (["served_by"], NAMES, {"served_by": "Petra"}),
            (["served_by"], SPEAKS, {}),
            (["date"], NAMES, {}),
        ],
        ids=["allowed and asked", "not asked", "not allowed"],
    )
    def test_names_who_served_where_it_is_allowed_and_asked(
        self, told: list[str], content: QuestionnaireContent, facts: dict[str, str]
    ) -> None:
        assert occasion(content, told_facts=told)[0].facts == facts

    def test_finds_what_headings_repeat(self) -> None:
        section = SectionContent("visit", {"en": "{{fact:served_by}} and you"})
        content = replace(SILENT, sections=(section,))

        assert occasion(content, told_facts=["served_by"])[0].facts == {"served_by": "Petra"}

    def test_asks_the_database_nothing_where_the_wording_needs_nothing(self) -> None:
        assert occasion(SILENT)[1] == 0

    def test_knows_of_employees_their_group_only(self) -> None:
        found, n_statements = occasion(SPEAKS, audience="EMPLOYEE", told_facts=ALL)

        assert (found.facts, n_statements) == ({"team": "Bakery"}, 0)

    def test_takes_the_day_of_whoever_scans_a_code(self) -> None:
        link = get_open_link(code=link_of(make_links(), "north").code, kind="QR", now=NOW)

        found = circumstances_of(link=link, content=SPEAKS, now=NOW)

        assert found.facts == {"team": "North", "date": "2026-03-02"}

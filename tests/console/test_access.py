"""What is offered to those who ask; who opens which page stands in tests/access."""

from datetime import datetime

import pytest
from django.test import Client

from survey.accounts.models import Role
from survey.campaigns.models import Campaign, Wave
from survey.campaigns.services import launch_wave
from survey.console.access import may_ask
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation, make_user
from tests.console.waves import WORDS


@pytest.fixture
def cx(client: Client, db: None) -> Client:
    """Customer experience."""
    client.force_login(make_user("carmen", Role.CX_MANAGER))
    return client


class TestMayAsk:
    @pytest.mark.parametrize(
        ("role", "asked"),
        [
            (Role.HR, set(Audience)),
            (Role.CX_MANAGER, {Audience.CUSTOMER}),
            (Role.ANALYST, set()),
        ],
    )
    @pytest.mark.django_db
    def test_lets_the_people_team_ask_everybody(self, role: Role, asked: set[Audience]) -> None:
        user = make_user("dana", role)

        assert {one for one in Audience if may_ask(user=user, audience=one)} == asked


class TestStaffSurveys:
    def test_are_seen_by_customer_experience_without_a_button(
        self, cx: Client, draft: Wave, present: datetime
    ) -> None:
        steps = f"/console/waves/{draft.pk}/"
        for page in ("/console/", "/console/waves/", f"/console/campaigns/{draft.campaign.code}/"):
            assert steps not in cx.get(page).text, page

        launch_wave(wave_id=draft.pk, now=present)

        assert f'href="{steps}"' in cx.get("/console/waves/").text
        shown = cx.get(steps)
        assert shown.status_code == 200
        assert "wave 1" in shown.text
        assert {f"{steps}{end}/" for end in ("undo", "extend", "close", "withdraw")} & set(
            shown.text.split('"')
        ) == set()
        assert "/customers/codes/" not in shown.text

    def test_offer_the_people_team_their_buttons(
        self, hr: Client, draft: Wave, present: datetime
    ) -> None:
        launch_wave(wave_id=draft.pk, now=present)
        steps = f"/console/waves/{draft.pk}/"

        offered = set(hr.get(steps).text.split('"'))

        assert {f"{steps}{end}/" for end in ("extend", "close", "withdraw")} <= offered

    def test_are_started_by_the_people_team_alone(
        self, cx: Client, bank: None, organisation: Organisation
    ) -> None:
        pulse = Questionnaire.objects.get(code="pulse")

        for page in ("/console/pulse/new/", "/console/customers/new/"):
            answer = cx.post(page, {"questionnaire": pulse.pk})
            assert answer.status_code == 403
        assert cx.get("/console/pulse/new/").status_code == 403
        assert f'value="{pulse.pk}"' not in cx.get("/console/customers/new/").text
        assert not Wave.objects.exists()

        asked = {name: getattr(WORDS, name) for name in ("subject", "body", "signer_name")}
        filled = asked | {
            "reply_to": WORDS.reply_to,
            "name": "Mine",
            "scope": organisation.company.pk,
            "questionnaire": pulse.pk,
        }
        for audience in (Audience.EMPLOYEE, Audience.CUSTOMER):
            answer = cx.post("/console/campaigns/new/", filled | {"audience": audience})
            assert answer.status_code == 422
        assert not Campaign.objects.exists()

    def test_are_no_trouble_of_customer_experience(self, cx: Client, draft: Wave) -> None:
        shown = cx.get("/console/").text

        assert "Nothing needs you." in shown
        assert "/console/pulse/new/" not in shown
        assert "/console/pulse/new/" not in cx.get("/console/waves/").text
        assert "/console/pulse/new/" not in cx.get("/console/campaigns/").text

"""Nobody but those who ask opens a page of the console."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from survey.accounts.models import Role, User
from survey.campaigns.models import Campaign, CodeSheet, Wave
from survey.campaigns.services import launch_wave
from survey.console import urls
from survey.console.access import may_ask
from survey.console.customers import urls as customers_urls
from survey.questionnaires.models import Audience, Questionnaire
from tests.cast import Organisation, make_user
from tests.console.waves import WORDS, make_draft

VERBS = ("get", "head", "post", "put", "patch", "delete", "options")
PAGES = [page for page in urls.urlpatterns if isinstance(page, URLPattern)]
NAMES = [pattern.name for pattern in PAGES]
LEADING_ON = ("wave",)  # a draft is checked on a page of its own
POSTED = ("launch", "undo", "stop_reminders", "test_letter")
READ = ("campaign", "wave")  # how things stand may be seen by everybody in the console
CHANGING = [
    f"console:{page.name}" for page in PAGES if page.pattern.converters and page.name not in READ
] + ["console:customers:codes"]


def address(pattern: URLPattern, wave: Wave) -> str:
    values = {"wave_id": wave.pk, "code": wave.campaign.code}
    wanted = pattern.pattern.converters
    return reverse(f"console:{pattern.name}", kwargs={name: values[name] for name in wanted})


@pytest.mark.parametrize("pattern", PAGES, ids=NAMES)
class TestEveryPage:
    def test_is_closed_to_charlie_whatever_the_verb(
        self, client: Client, charlie: User, draft: Wave, pattern: URLPattern
    ) -> None:
        client.force_login(charlie)
        answers = {verb: getattr(client, verb)(address(pattern, draft)) for verb in VERBS}

        assert {verb: answer.status_code for verb, answer in answers.items()} == dict.fromkeys(
            VERBS, 403
        )
        draft.refresh_from_db()
        assert draft.launched_at is None
        assert Campaign.objects.count() == 1

    @pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMIN, Role.ANALYST])
    def test_is_closed_to_roles_that_do_not_ask(
        self, client: Client, draft: Wave, pattern: URLPattern, role: Role
    ) -> None:
        client.force_login(make_user("dana", role))

        for verb in ("get", "post"):
            assert getattr(client, verb)(address(pattern, draft)).status_code == 403

    def test_sends_strangers_to_the_log_in(
        self, client: Client, draft: Wave, pattern: URLPattern
    ) -> None:
        for verb in ("get", "post"):
            response = getattr(client, verb)(address(pattern, draft))
            assert response.status_code == 302
            assert response.headers["Location"].startswith("/login/")

    def test_answers_those_who_ask(self, hr: Client, draft: Wave, pattern: URLPattern) -> None:
        only_posted = pattern.name in POSTED

        leads_on = pattern.name in LEADING_ON

        assert hr.get(address(pattern, draft)).status_code == (
            405 if only_posted else 302 if leads_on else 200
        )
        assert hr.put(address(pattern, draft)).status_code == 405

    def test_needs_the_csrf_token(self, alice: User, draft: Wave, pattern: URLPattern) -> None:
        careful = Client(enforce_csrf_checks=True)
        careful.force_login(alice)

        assert careful.post(address(pattern, draft)).status_code == 403
        draft.refresh_from_db()
        assert draft.launched_at is None


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CX_MANAGER, 200), (Role.ADMIN, 403), (Role.ANALYST, 403), (Role.AUDITOR, 403)],
)
@pytest.mark.django_db
class TestRoles:
    def test_decide(self, client: Client, role: Role, status: int) -> None:
        client.force_login(make_user("dana", role))

        assert client.get(reverse("console:waves")).status_code == status


@pytest.fixture
def cx(client: Client, db: None) -> Client:
    """Customer experience."""
    client.force_login(make_user("carmen", Role.CX_MANAGER))
    return client


@pytest.fixture
def customer_draft(draft: Wave, organisation: Organisation, present: datetime) -> Wave:
    return make_draft(organisation, present, Audience.CUSTOMER)


def address_of(name: str, wave: Wave) -> str:
    by_wave = {"wave_id": wave.pk}
    page = next(
        page for page in (*PAGES, *customers_urls.urlpatterns) if name.endswith(f":{page.name}")
    )
    is_by_code = "code" in page.pattern.converters
    return reverse(name, kwargs={"code": wave.campaign.code} if is_by_code else by_wave)


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


@pytest.mark.parametrize("name", CHANGING)
class TestEveryChange:
    @pytest.mark.parametrize("is_launched", [False, True])
    @pytest.mark.parametrize("audience", [Audience.EMPLOYEE, Audience.COLLEAGUE])
    def test_of_those_who_work_here_is_closed_to_customer_experience(
        self,
        cx: Client,
        draft: Wave,
        present: datetime,
        name: str,
        audience: str,
        is_launched: bool,
    ) -> None:
        if is_launched:
            launch_wave(wave_id=draft.pk, now=present)
        Campaign.objects.update(audience=audience)
        before = Wave.objects.values().get()

        answers = {verb: getattr(cx, verb)(address_of(name, draft)) for verb in VERBS}

        assert {verb: each.status_code for verb, each in answers.items()} == dict.fromkeys(
            VERBS, 403
        )
        assert Wave.objects.values().get() == before
        assert not CodeSheet.objects.exists()

    def test_of_customers_is_open_to_both(
        self, client: Client, alice: User, customer_draft: Wave, name: str
    ) -> None:
        expected = 405 if name.rpartition(":")[2] in POSTED else 200
        for user in (alice, make_user("carmen", Role.CX_MANAGER)):
            client.force_login(user)

            assert client.get(address_of(name, customer_draft)).status_code == expected

    def test_of_a_wave_that_is_not_there_is_not_found(
        self, cx: Client, draft: Wave, name: str
    ) -> None:
        gone = Wave(pk=draft.pk + 1, campaign=Campaign(code="gone"))

        assert cx.get(address_of(name, gone)).status_code == 404


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

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.campaigns.fatigue import DEFAULT_RULES, Rule
from survey.campaigns.ledger import read_rules
from survey.campaigns.services.fatigue_rules import set_fatigue_rule
from tests.cast import make_user

pytestmark = pytest.mark.django_db
OVERVIEW, RULE, RESET = (
    "/console/fatigue/",
    "/console/fatigue/customer/",
    "/console/fatigue/customer/reset/",
)
NEW_RULE = {"at_most": "2", "within_days": "90", "gap_days": "10"}


@pytest.fixture
def hr(client: Client, alice: User) -> Client:
    client.force_login(alice)
    return client


class TestAccess:
    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER])
    def test_is_open_to_those_who_ask(self, client: Client, role: Role) -> None:
        client.force_login(make_user("dora", role))

        for url in (OVERVIEW, RULE):
            assert client.get(url).status_code == 200
        assert client.post(RULE, NEW_RULE).status_code == 302
        assert client.post(RESET).status_code == 302

    @pytest.mark.parametrize("audience", ["employee", "colleague"])
    def test_leaves_the_rules_of_staff_to_hr(self, client: Client, audience: str) -> None:
        url = f"{OVERVIEW}{audience}/"
        client.force_login(make_user("dora", Role.CX_MANAGER))

        assert url not in client.get(OVERVIEW).text
        assert RULE in client.get(OVERVIEW).text
        assert client.get(url).status_code == 403
        assert client.post(url, NEW_RULE).status_code == 403
        assert client.post(f"{url}reset/").status_code == 403
        assert read_rules() == DEFAULT_RULES

        client.force_login(make_user("hedda", Role.HR))
        assert url in client.get(OVERVIEW).text
        assert client.post(url, NEW_RULE).status_code == 302
        assert client.post(f"{url}reset/").status_code == 302

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.ANALYST, Role.AUDITOR])
    def test_is_closed_to_every_other_role(self, client: Client, role: Role) -> None:
        client.force_login(make_user("dora", role))
        self._is_closed(client)

    @pytest.mark.parametrize("who", ["bob", "charlie"])
    def test_is_closed_to_leaders(
        self, client: Client, request: pytest.FixtureRequest, who: str
    ) -> None:
        client.force_login(request.getfixturevalue(who))
        self._is_closed(client)

    def test_sends_strangers_to_the_log_in(self, client: Client) -> None:
        for url in (OVERVIEW, RULE, RESET):
            assert client.get(url).headers["Location"].startswith("/login/")

    def _is_closed(self, client: Client) -> None:
        for url in (OVERVIEW, RULE):
            assert client.get(url).status_code == 403
        for url in (RULE, RESET):
            assert client.post(url, NEW_RULE).status_code == 403
        assert read_rules() == DEFAULT_RULES


class TestOverview:
    def test_says_that_nobody_waits(self, hr: Client) -> None:
        page = hr.get(OVERVIEW).content.decode()

        assert "Nobody waits" in page
        assert "At most 4 times in 365 days" in page
        assert hr.post(OVERVIEW).status_code == 405


class TestChangeRule:
    def test_shows_what_holds_and_saves_what_is_sent(self, hr: Client) -> None:
        assert 'value="30"' in hr.get(RULE).content.decode()

        page = hr.post(RULE, NEW_RULE, follow=True).content.decode()

        assert "At most 2 times in 90 days" in page
        assert read_rules()["CUSTOMER"] == Rule(2, 90, 10)

    def test_names_the_field_in_error(self, hr: Client) -> None:
        response = hr.post(RULE, NEW_RULE | {"gap_days": "-1"})

        assert response.status_code == 422
        assert 'href="#id_gap_days"' in response.content.decode()
        assert read_rules() == DEFAULT_RULES

    def test_knows_no_other_audiences(self, hr: Client) -> None:
        assert hr.get("/console/fatigue/nobody/").status_code == 404


class TestResetRule:
    def test_goes_back_to_the_usual_rule_on_a_post_only(self, hr: Client) -> None:
        set_fatigue_rule(audience="CUSTOMER", rule=Rule(2, 90, 10))

        assert hr.get(RESET).status_code == 405
        assert "The usual rule" in hr.get(RULE).content.decode()
        assert "usual rule holds again" in hr.post(RESET, follow=True).content.decode()
        assert read_rules() == DEFAULT_RULES

"""The overview as different people see it."""

import re
from html import unescape

import pytest
from django.test import Client

from survey.accounts.models import Role, User
from survey.aggregation.models import Standing
from survey.campaigns.models import Pairing
from tests.cast import Organisation, make_user
from tests.dashboards.overview.material import drawn, make_ranks, part, staff
from tests.dashboards.standings import Q1, Q3

pytest_plugins = ["tests.dashboards.overview.company"]

PAGE = "/dashboards/overview/"
FORBIDDEN = re.compile(r"\b(driv(?:er|es|en)|causes|impact)\b", re.IGNORECASE)


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, unescape(content.decode())


@pytest.mark.usefixtures("pairing")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        assert client.get(PAGE)["Location"] == f"/login/?next={PAGE}"

    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_the_whole_company(self, client: Client, role: Role) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 200
        assert "71.1" in page
        assert "The Company" in page

    def test_shows_bob_his_bakery_alone(self, client: Client, bob: User) -> None:
        status, page = read(client, bob)

        assert status == 200
        assert "74.1" in page
        for foreign in ("71.1", "72.1", "73.1", "The Company", "Goods", "Garden"):
            assert foreign not in page

    @pytest.mark.parametrize("address", [f"{PAGE}?scope=company", f"{PAGE}?scope=food",
                                         f"{PAGE}?scope=food&format=csv"])  # fmt: skip
    def test_has_nothing_for_bob_of_what_is_not_his(
        self, client: Client, bob: User, address: str
    ) -> None:
        assert read(client, bob, address)[0] == 404

    def test_shows_charlie_nothing(self, client: Client, charlie: User) -> None:
        status, page = read(client, charlie)

        assert status == 200
        assert "no figures for you to read yet" in page
        assert not re.search(r"7[1-4]\.1", page)

    @pytest.mark.parametrize("role", [Role.TEAM_LEAD, Role.AUDITOR, Role.ADMIN])
    def test_refuses_who_may_not_compare(
        self, client: Client, organisation: Organisation, role: Role
    ) -> None:
        team = organisation.bakery if role == Role.TEAM_LEAD else None

        assert read(client, make_user("tim", role, team))[0] == 403

    @pytest.mark.parametrize(
        "query", ["scope=x", "period=2020-01-01", "pairing=x", "compare=x", "format=pdf",
                  "format=csv&table=x", "format=csv&table=themes"],
    )  # fmt: skip
    def test_does_not_find_what_is_not_there(self, client: Client, alice: User, query: str) -> None:
        assert read(client, alice, f"{PAGE}?{query}")[0] == 404


class TestOverview:
    @pytest.mark.usefixtures("asked_sides")
    def test_says_what_is_missing_while_it_is_empty(self, client: Client, alice: User) -> None:
        assert "no figures for you to read yet" in read(client, alice)[1]

    def test_says_everything_in_order(
        self, client: Client, alice: User, pairing: Pairing, organisation: Organisation
    ) -> None:
        make_ranks(pairing, organisation.company, [("fairness", 1, 2), ("seen", 2, 2)])
        rows = [part(organisation.food, {"fairness": drawn(69.9, 70.4, 0.5)})]
        Standing.objects.filter(campaign=pairing.ex).update(parts=rows)

        page = read(client, alice, f"{PAGE}?compare={Q1}")[1]

        said = [
            "Staff score “Fairness” higher than in Q1 2026.",
            "Two of 14 measures moved. Chance alone would move about one.",
            "made on 15 August 2026",
            "4 or more of 5 on all three",
            "published percentages count differently",
            "All questions together",
            "Can people trust this survey?",
            "+12",
            "not cause",
            "Three quarters",
            "can’t tell",
        ]
        places = [page.find(one) for one in said]
        assert -1 not in places
        assert places == sorted(places)

    def test_claims_no_cause(self, client: Client, alice: User, pairing: Pairing) -> None:
        make_ranks(pairing, pairing.ex.scope, [("fairness", 1, 1), ("seen", 2, 2)])

        assert not FORBIDDEN.search(read(client, alice)[1])
        assert FORBIDDEN.search("a driver of")

    def test_shows_hidden_and_not_asked_differently(
        self, client: Client, alice: User, pairing: Pairing
    ) -> None:
        metrics = staff()
        del metrics["fairness"]
        Standing.objects.filter(campaign=pairing.ex, period_start=Q1).update(metrics=metrics)

        page = read(client, alice)[1]

        assert page.count('<span class="nil">not shown</span>') == 1
        assert page.count('<span class="vh">not asked</span>–') == 3
        assert "Q1 2026: not shown, Q2 2026: not asked, Q3 2026: 71.1" in page

    def test_says_that_kinds_of_people_are_hidden(
        self, client: Client, alice: User, pairing: Pairing
    ) -> None:
        metrics = staff()
        del metrics["profile:passion"]
        Standing.objects.filter(campaign=pairing.ex, period_start=Q3).update(metrics=metrics)

        page = read(client, alice, f"{PAGE}?compare={Q1}")[1]

        assert "Too few people answered all questions it takes" in page

    @pytest.mark.usefixtures("pairing")
    def test_gives_each_table_as_a_file(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        page = client.get(PAGE).content.decode()
        addresses = set(re.findall(r'href="(\?[^"]*format=(?:csv|xlsx))"', page))

        assert len(addresses) == 6
        for address in addresses:
            response = client.get(PAGE + unescape(address))
            assert response.status_code == 200
            assert "attachment" in response["Content-Disposition"]

    @pytest.mark.usefixtures("pairing")
    def test_keeps_every_choice_in_the_address(self, client: Client, alice: User) -> None:
        page = read(client, alice, f"{PAGE}?scope=food&period={Q3}&compare={Q1}")[1]

        for name, value in (("scope", "food"), ("period", Q3), ("compare", Q1)):
            select = page[page.index(f'name="{name}"') :]
            assert f'value="{value}" selected' in select[: select.index("</select>")]

"""The page "Inside & outside" as different people see it."""

import json
import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.linkage import drawn, pages
from survey.dashboards.linkage.words import Words
from survey.linkage.printed import PrintedUnit
from survey.organization.models import Team
from tests.cast import Organisation, make_user
from tests.dashboards.linkage.test_findings import CAUSAL_WORDS
from tests.dashboards.studies import SPRING, make_study, make_units, without_margins

pytest_plugins = ["tests.dashboards.company"]

PAGE = "/dashboards/linkage/"
Figures = Callable[..., list[PrintedUnit]]


@pytest.fixture
def own_numbers(organisation: Organisation, both_sides: Pairing, branch_figures: Figures) -> None:
    """Studies of four scopes, each with an r of its own."""
    for scope, r in (
        (organisation.company, 0.4123), (organisation.food, 0.3345),
        (organisation.goods, 0.2671), (organisation.bakery, 0.5519),
    ):  # fmt: skip
        make_study(both_sides, scope, r)


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    return response.status_code, unescape(response.content.decode())


@pytest.mark.usefixtures("own_numbers")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        response = client.get(PAGE)

        assert response["Location"] == f"/login/?next={PAGE}"

    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_the_whole_company(self, client: Client, role: Role) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 200
        assert "0.41" in page
        assert "The Company" in page

    def test_shows_bob_his_bakery_alone(self, client: Client, bob: User) -> None:
        status, page = read(client, bob)

        assert status == 200
        assert "0.55" in page
        for foreign in ("0.41", "0.33", "0.27", "The Company", "Goods", "Garden"):
            assert foreign not in page

    def test_shows_charlie_nothing_of_bobs(self, client: Client, charlie: User) -> None:
        status, page = read(client, charlie)

        assert status == 200
        assert "no figures for your part" in page
        for foreign in ("0.55", "0.41", "0.33", "0.27", "Bakery", "Food"):
            assert foreign not in page

    @pytest.mark.parametrize("scope", ["company", "food", "goods", "garden", "nowhere"])
    def test_gives_bob_no_other_part_by_its_address(
        self, client: Client, bob: User, scope: str
    ) -> None:
        status, page = read(client, bob, f"{PAGE}?scope={scope}")

        assert status == 404
        assert "0." not in page

    def test_gives_bob_no_other_part_as_a_file(self, client: Client, bob: User) -> None:
        assert read(client, bob, f"{PAGE}?scope=food&format=csv")[0] == 404

    @pytest.mark.parametrize(
        ("role", "why"),
        [(Role.ADMIN, "opens no figures"), (Role.AUDITOR, "opens no figures")],
    )
    def test_refuses_and_says_why(self, client: Client, role: Role, why: str) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 403
        assert why in page
        assert "0." not in page

    def test_refuses_a_team_lead(self, client: Client, organisation: Organisation) -> None:
        status, page = read(client, make_user("tom", Role.TEAM_LEAD, organisation.bakery))

        assert status == 403
        assert "their own team only" in page

    def test_refuses_somebody_whose_account_was_closed(self, client: Client, alice: User) -> None:
        client.force_login(alice)
        User.objects.filter(pk=alice.pk).update(is_active=False)

        assert client.get(PAGE).status_code == 302


class TestLinkage:
    def test_prints_every_stored_number(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4123)
        make_study(both_sides, both_sides.ex.scope, 0.3011, period_start=SPRING)

        _, page = read(client, alice)

        numbers = study.results.get().numbers
        for term, value in (
            ("Correlation (r)", "0.41"),
            ("Likely between", f"{numbers['low']:.2f} and {numbers['high']:.2f}"),
            ("Teams compared", "40"),
            ("Staff who answered", "1,234"),
            ("Customers who answered", "5,678"),
            ("Highest r possible", "0.72"),
            ("Q2 2026", "0.30"),
        ):
            assert f'<dt>{term}</dt><dd class="num">{value}</dd>' in page

    def test_prints_the_stored_verdict_and_what_it_does_not_show(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        study = make_study(both_sides, both_sides.ex.scope, 0.4123)

        _, page = read(client, alice)

        verdict = study.results.get().verdict
        assert "Evidence: some" in page
        assert verdict["sentence"].split(". ")[0] in page
        assert "about 64 times in 100" in page
        assert "It does not show that one causes the other" in page
        assert all(caveat in page for caveat in verdict["caveats"])
        assert not CAUSAL_WORDS.search(page)

    def test_draws_and_tabulates_the_same_released_figures(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures,
        branches: list[Team],
    ) -> None:  # fmt: skip
        make_study(both_sides, both_sides.ex.scope, 0.4123)

        _, page = read(client, alice)

        drawn = re.search(r'<script id="scatter-figure" [^>]*>(.*?)</script>', page, re.S)
        assert drawn is not None
        traces = [t for t in json.loads(drawn[1])["data"] if t["mode"] == "markers"]
        units = make_units(branches)
        assert sorted(x for trace in traces for x in trace["x"]) == sorted(u.ex.mean for u in units)
        for unit in units:
            assert f'<a href="/dashboards/teams/{unit.code}/">{unit.name}</a></th>' in page
            assert f"{unit.ex.mean:.1f}<br>" in page
            assert f"{unit.cx.low:.1f} to {unit.cx.high:.1f}" in page

    def test_shows_dots_and_no_coefficient_below_eight_teams(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, None, n_teams=5)

        _, page = read(client, alice)

        assert "Only 5 teams can be compared" in page
        assert "Correlation (r)" not in page
        assert "times in 100" not in page
        assert "Highest r possible" not in page
        assert 'id="scatter"' in page
        assert not re.search(r'"mode": ?"lines"', page)

    def test_claims_no_margins_that_are_not_known(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        make_study(both_sides, both_sides.ex.scope, 0.4)
        monkeypatch.setattr(
            drawn, "paired_units", lambda **given: without_margins(branch_figures(**given))
        )

        _, page = read(client, alice)

        assert "margins of the teams are not known" in page
        assert "Their margins are not known" in page
        for claim in ("95% margin", "Worth a visit", "Mind the margins"):
            assert claim not in page

    def test_says_that_nothing_is_paired_yet(self, client: Client, alice: User) -> None:
        assert "No two surveys are compared yet" in read(client, alice)[1]

    def test_says_what_is_missing_before_the_first_release(
        self, client: Client, alice: User, both_sides: Pairing
    ) -> None:
        _, page = read(client, alice)

        assert "There are no figures to compare yet" in page
        assert "No wave of Campaign for employees has been launched" in page

    @pytest.mark.parametrize(
        ("table", "first"),
        [
            ("units", "Food 1,Food,50.1,46.2,54.3,11,60.4,55.8,65.7,31"),
            ("themes", "Fairness at work,Kind treatment,40,0.4,"),
            ("lags", "0,0.11,-0.03,0.26,39"),
        ],
    )
    def test_gives_the_printed_values_as_a_file(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures,
        table: str, first: str,
    ) -> None:  # fmt: skip
        make_study(both_sides, both_sides.ex.scope, 0.4)
        client.force_login(alice)

        response = client.get(PAGE, {"format": "csv", "table": table})

        lines = b"".join(response.streaming_content).decode().splitlines()
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert lines[1].startswith(first)
        assert f"Checksum of the releases,{'0' * 64}" in lines
        assert any(line.startswith("Method,") for line in lines)

    def test_knows_no_other_table(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)

        assert read(client, alice, f"{PAGE}?format=csv&table=answers")[0] == 404

    @pytest.mark.parametrize("wanted", ["staff=none", "customers=fairness", "lag=9", "team=none"])
    def test_finds_nothing_that_is_not_there(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures, wanted: str
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)

        assert read(client, alice, f"{PAGE}?{wanted}")[0] == 404

    def test_warns_of_a_lag_that_was_chosen_after_looking(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)

        assert "You chose this lag after looking" not in read(client, alice)[1]
        page = read(client, alice, f"{PAGE}?lag=2")[1]
        assert "You chose this lag after looking" in page
        assert "Customers 2 quarters later: r 0.01" in page

    def test_puts_both_arrows_and_both_levels_beside_their_intervals(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)

        page = read(client, alice)[1]

        for said in (
            "An early hint: staff came before.", "Treat as a hint", "0.05 to 0.29",
            "\N{MINUS SIGN}0.12 to 0.11", "Inside teams, over time", "How firm is it?",
            "\N{MINUS SIGN}0.01 to 0.19",
        ):  # fmt: skip
            assert said in page

    def test_prints_words_as_they_were_written_and_nothing_of_them_as_code(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        make_study(both_sides, both_sides.ex.scope, 0.4)
        words = Words("She <b>walked</b> me home", "Customer, Mill", "Shown as written.", False)
        monkeypatch.setattr(pages, "read_words", lambda *given, **asked: (words,))
        client.force_login(alice)

        page = client.get(PAGE).content.decode()

        assert "She &lt;b&gt;walked&lt;/b&gt; me home" in page
        assert "Customer, Mill. Shown as written." in page
        assert "In their words" in page

    def test_shows_one_finding_a_screen_without_navigation(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4123)

        status, page = read(client, alice, f"{PAGE}?show=1")

        assert status == 200
        assert page.count('class="slide"') == 5
        assert "w-top" not in page
        assert "0.41" in page
        assert not CAUSAL_WORDS.search(page)

    def test_carries_no_script_and_no_style_in_the_page(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)

        _, page = read(client, alice)

        assert " style=" not in page
        assert "<style" not in page
        assert set(re.findall(r"<script ([a-z-]+)", page)) == {"defer", "id"}

    def test_loosens_the_policy_for_plotly_here_and_nowhere_else(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures
    ) -> None:
        make_study(both_sides, both_sides.ex.scope, 0.4)
        client.force_login(alice)

        here = client.get(PAGE)["Content-Security-Policy"]
        elsewhere = client.get("/login/?next=/")["Content-Security-Policy"]

        assert "style-src-attr 'unsafe-inline'" in here
        assert "blob:" in here
        assert "script-src 'self';" in f"{here};"
        assert "data:" not in elsewhere
        assert "unsafe" not in elsewhere + here.replace("style-src-attr 'unsafe-inline'", "")

    def test_asks_as_few_questions_for_many_teams_as_for_few(
        self, client: Client, alice: User, both_sides: Pairing, branch_figures: Figures,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        make_study(both_sides, both_sides.ex.scope, 0.4)
        client.force_login(alice)

        with django_assert_num_queries(13):
            client.get(PAGE)
        Team.objects.bulk_create(
            Team(code=f"extra-{n}", name=f"Extra {n}", parent=both_sides.ex.scope)
            for n in range(60)
        )
        with django_assert_num_queries(13):
            client.get(PAGE)

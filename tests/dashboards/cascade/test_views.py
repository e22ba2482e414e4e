"""The page "From team to team to customer" as different people see it."""

import json
import re
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.linkage.models import CascadeStudy
from tests.cast import Organisation, make_user
from tests.dashboards.cascades import (
    make_arrow,
    make_cascade,
    make_chain,
    make_many,
    make_node,
    make_shop,
)
from tests.dashboards.linkage.test_findings import CAUSAL_WORDS

pytest_plugins = ["tests.dashboards.company"]

PAGE = "/dashboards/cascade/"
N_QUERIES = 10


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, unescape(body.decode(errors="replace"))


@pytest.fixture
def shop(organisation: Organisation, both_sides: Pairing) -> CascadeStudy:
    return make_shop(both_sides, organisation.company)


@pytest.fixture
def parts(organisation: Organisation, both_sides: Pairing) -> None:
    """The whole company, and Bakery, which Garden serves; each figure stands nowhere else."""
    inside = make_arrow(organisation.garden, organisation.bakery, 51.7)
    other = make_arrow(organisation.bakery, organisation.garden, 83.9)
    foreign = make_arrow(organisation.kitchen, organisation.garden, 44.3)
    nodes = [
        make_node(organisation.bakery, ex=66.0, cx=77.0),
        make_node(organisation.garden, ex=33.0, cx=22.0),
    ]
    make_cascade(both_sides, organisation.company, [inside, other, foreign], nodes=nodes)
    make_cascade(both_sides, organisation.bakery, [inside], nodes=nodes)


@pytest.mark.usefixtures("parts")
class TestWhoSeesWhat:
    def test_sends_strangers_to_log_in(self, client: Client) -> None:
        for address in (PAGE, f"{PAGE}bundle/"):
            assert client.get(address)["Location"] == f"/login/?next={address}"

    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST])
    def test_shows_all_arrows_to_those_who_see_everything(self, client: Client, role: Role) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 200
        for figure in ("51.7", "83.9", "44.3"):
            assert f"<b>{figure}</b>" in page

    def test_shows_bob_what_his_part_receives_and_nothing_of_its_neighbours(
        self, client: Client, bob: User
    ) -> None:
        status, page = read(client, bob)

        assert status == 200
        assert "<b>51.7</b>" in page
        assert "Fairness at work 66" in page
        for foreign in (">83.9", ">44.3", "Fairness at work 33", ">22.0"):
            assert foreign not in page

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_gives_bob_no_more_as_a_file(self, client: Client, bob: User, kind: str) -> None:
        assert read(client, bob, f"{PAGE}?format={kind}&part=company")[0] == 404
        page = read(client, bob, f"{PAGE}?format=csv")[1]
        assert "51.7" in page
        assert "83.9" not in page
        assert "44.3" not in page

    def test_shows_charlie_nothing_of_bobs(self, client: Client, charlie: User) -> None:
        for address in (PAGE, f"{PAGE}?format=csv", f"{PAGE}bundle/"):
            status, page = read(client, charlie, address)

            assert status == 200
            assert "no figures for your part" in page
            for foreign in ("51.7", "83.9", "44.3", "Bakery", "Kitchen"):
                assert foreign not in page

    @pytest.mark.parametrize(
        "wanted", ["part=bakery", "part=company", "part=nowhere", "team=bakery", "chain=x"]
    )
    def test_gives_bob_and_charlie_no_other_part_by_its_address(
        self, client: Client, bob: User, wanted: str
    ) -> None:
        status, page = read(client, bob, f"{PAGE}?{wanted}")

        assert status == (200 if "bakery" in wanted else 404)
        assert "83.9" not in page

    @pytest.mark.parametrize("role", [Role.ADMIN, Role.AUDITOR])
    def test_refuses_who_reads_no_figures(self, client: Client, role: Role) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 403
        assert "51.7" not in page

    def test_refuses_a_team_lead(self, client: Client, organisation: Organisation) -> None:
        tom = make_user("tom", Role.TEAM_LEAD, organisation.bakery)

        assert {read(client, tom, address)[0] for address in (PAGE, f"{PAGE}bundle/")} == {403}


class TestCascade:
    def test_says_first_what_was_found_and_what_it_does_not_show(
        self, client: Client, alice: User, shop: CascadeStudy
    ) -> None:
        _, page = read(client, alice)

        for said in (
            "Teams that score higher on fairness at work are rated higher by the teams they serve.",
            "Each of the three steps holds on its own.", "0.058 of a step above theirs",
            "likely between 0.012 and 0.141", "Chains supported: Stores, desk.",
            "Chains of which we can’t tell: Billing, support.",
            "It does not show that one causes the other",
        ):  # fmt: skip
            assert said in page
        assert page.index("Teams that score higher") < page.index('id="h-graph"')
        assert not CAUSAL_WORDS.search(page)

    def test_puts_the_evidence_beside_it(
        self, client: Client, alice: User, shop: CascadeStudy
    ) -> None:
        _, page = read(client, alice)

        for term, value in (
            ("Whole chain", "0.058"), ("Likely between", "0.012 and 0.141"),
            ("Pairs of teams", "31"), ("Chains tested", "2"), ("Surveys among colleagues", "4"),
        ):  # fmt: skip
            assert f'<dt>{term}</dt><dd class="num">{value}</dd>' in page

    def test_draws_lists_and_tabulates_the_same_numbers(
        self, client: Client, alice: User, shop: CascadeStudy
    ) -> None:
        _, page = read(client, alice)

        drawn = re.search(r'<script id="cascade-figure" [^>]*>(.*?)</script>', page, re.S)
        assert drawn is not None
        figure = json.loads(drawn[1])
        assert len(figure["data"][0]["x"]) == len(shop.arrows) + 3
        assert sum("dash" in one["line"] for one in figure["layout"]["shapes"]) == 1
        assert page.count('<li class="fall') == len(shop.arrows) + 3
        for arrow in shop.arrows:
            ends = f"<bdi>{arrow['provider_name']}</bdi> → <bdi>{arrow['consumer_name']}</bdi>"
            assert ends in page
            if arrow["is_shown"]:
                assert f"<b>{arrow['mean']:.1f}</b>" in page
                assert f'<b class="num">{arrow["mean"]:.0f} ±6</b>' in page

    def test_points_from_the_right_where_it_is_read_from_there(
        self, client: Client, alice: User, shop: CascadeStudy
    ) -> None:
        client.cookies["django_language"] = "ar"

        _, page = read(client, alice)

        one = shop.arrows[0]
        assert f"<bdi>{one['provider_name']}</bdi> ← <bdi>{one['consumer_name']}</bdi>" in page
        assert "→" not in page

    def test_gives_every_step_of_a_chain_its_verdict(
        self, client: Client, alice: User, shop: CascadeStudy
    ) -> None:
        _, page = read(client, alice)

        chain = page[page.index("<bdi>Billing, support</bdi></h2>") :]
        chain = chain[: chain.index("</section>")]
        assert "chain: can’t tell" in chain
        assert re.findall(r'chip ?\w*">(supported|can’t tell)<', chain) == [
            "supported", "can’t tell", "supported",
        ]  # fmt: skip
        assert "\N{MINUS SIGN}0.18 to 0.42" in chain

    @pytest.mark.parametrize(
        ("wanted", "there", "gone"),
        [
            ("chain=Billing%2C+support", "52.6", "64.2"),
            ("team=delivery", "71.3", "52.6"),
            ("period=2026-07-01&part=company", "71.3", "99.9"),
        ],
    )
    def test_narrows_down_to_what_was_chosen(
        self, client: Client, alice: User, shop: CascadeStudy, wanted: str, there: str, gone: str
    ) -> None:
        _, page = read(client, alice, f"{PAGE}?{wanted}")

        assert f"<b>{there}</b>" in page
        assert f"<b>{gone}</b>" not in page

    @pytest.mark.parametrize(
        "wanted", ["team=none", "chain=none", "part=none", "period=1999-01-01", "pairing=none"]
    )
    def test_finds_nothing_that_is_not_there(
        self, client: Client, alice: User, shop: CascadeStudy, wanted: str
    ) -> None:
        assert read(client, alice, f"{PAGE}?{wanted}")[0] == 404

    def test_says_so_where_pairs_are_too_few(
        self, client: Client, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        arrows = [make_arrow(organisation.garden, organisation.bakery, 51.7)]
        few = [make_chain(verdict="TOO_FEW", n_arrows=1), make_chain("A", "TOO_FEW", n_arrows=40)]
        make_cascade(both_sides, organisation.company, arrows, chains=few)

        _, page = read(client, alice)

        assert "1 pair of teams is too few to say" in page
        assert "40 pairs of teams: too few" not in page
        assert page.count("Too few teams have figures at both ends to say whether") == 1
        assert "It takes 20." in page
        assert "Whole chain" not in page
        assert "<b>51.7</b>" in page

    def test_gathers_many_arrows_by_part_and_lists_them_page_by_page(
        self, client: Client, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        study = make_many(both_sides, organisation.company, 200)

        _, page = read(client, alice)
        _, last = read(client, alice, f"{PAGE}?page=4")

        assert "Arrows 1 to 50 of 200" in page
        assert "Arrows 151 to 200 of 200" in last
        assert "too many to read" in page
        assert page.count('<li class="fall') == 4
        assert study.arrows[0]["provider_name"] in page

    def test_carries_no_script_and_no_style_in_the_page(
        self, client: Client, alice: User, shop: CascadeStudy
    ) -> None:
        _, page = read(client, alice)

        assert " style=" not in page
        assert set(re.findall(r"<script ([a-z-]+)", page)) == {"defer", "id"}

    @pytest.mark.parametrize(
        ("table", "first"),
        [
            ("arrows", 'Billing,Support,"Billing, support",52.6,46.6,58.6,9,no'),
            ("chains", "all arrows,staff_to_service,0.38,0.08,0.68,31,SUPPORTED"),
        ],
    )
    def test_gives_what_it_prints_as_files(
        self, client: Client, alice: User, shop: CascadeStudy, table: str, first: str
    ) -> None:
        lines = read(client, alice, f"{PAGE}?format=csv&table={table}")[1].splitlines()

        assert lines[1] == first
        assert f"Checksum of the releases,{'c' * 64}" in lines
        assert read(client, alice, f"{PAGE}?format=xlsx&table={table}")[0] == 200
        assert read(client, alice, f"{PAGE}?format=csv&table=answers")[0] == 404

    def test_asks_as_few_questions_for_many_arrows_as_for_few(
        self, client: Client, alice: User, organisation: Organisation, both_sides: Pairing,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        client.force_login(alice)
        few = make_many(both_sides, organisation.company, 6)
        with django_assert_num_queries(N_QUERIES):
            client.get(PAGE)
        few.delete()
        make_many(both_sides, organisation.goods, 120, parts=dict.fromkeys(("A", "B", "C", "D"), 1))
        with django_assert_num_queries(N_QUERIES):
            client.get(PAGE)

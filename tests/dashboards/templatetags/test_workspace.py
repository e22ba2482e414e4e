"""The frame of the workspace."""

import re

import pytest
from django.test import Client

from survey.accounts.models import Grant, Role, User
from tests.cast import Organisation, make_user

ASKING = [
    *("Waves", "Campaigns", "Questionnaires", "Customers"),
    *("Open links", "People", "Organisation", "Who serves whom", "How often", "Look"),
]
COMPARING = ["Overview", "Inside & outside"]
CASCADE = "From team to team"
TEAMS, CHANGES = "Teams", "What changed"
READING = ["Participation", "All figures"]
FIGURES = [TEAMS, CHANGES, CASCADE, *READING]
WORDS = "What people wrote"
CALLS = [WORDS, "Calls"]
ALL_CALLS = [*CALLS, "How calls go"]
PROMISING = ["What we promised", "Stories"]
WRITING_BACK = ["Writing back"]


def navigation(client: Client, user: User) -> list[str]:
    client.force_login(user)
    page = client.get("/dashboards/linkage/").content.decode()
    menu = re.search(r'<nav aria-label="Main">(.*?)</nav>', page, re.S)
    assert menu is not None
    return [word.replace("&amp;", "&") for word in re.findall(r">([^<]+)</a>", menu[1])]


class TestWorkspaceNavigation:
    @pytest.mark.parametrize(
        ("role", "pages"),
        [
            (
                Role.HR,
                [
                    *[*ASKING, *COMPARING, *FIGURES, *ALL_CALLS, *PROMISING, *WRITING_BACK],
                    *["Releases", "What is kept"],
                ],
            ),
            (
                Role.CX_MANAGER,
                [
                    *[page for page in ASKING if page not in ("People", "Who serves whom", "Look")],
                    *[*COMPARING, *FIGURES, *ALL_CALLS, *PROMISING, *WRITING_BACK],
                    "Releases",
                ],
            ),
            (Role.ANALYST, [*COMPARING, *FIGURES, WORDS, "Releases"]),
            (Role.ADMIN, []),
            (Role.AUDITOR, ["Releases", "What is kept", "Access log"]),
        ],
    )
    def test_lists_only_pages_that_the_role_opens(
        self, client: Client, db: None, role: Role, pages: list[str]
    ) -> None:
        assert navigation(client, make_user("ann", role)) == pages

    def test_shows_a_leader_the_pages_about_figures(self, client: Client, bob: User) -> None:
        assert navigation(client, bob) == [
            *[*COMPARING, *FIGURES, *CALLS, *PROMISING, *WRITING_BACK],
        ]

    def test_shows_a_team_lead_no_page_that_would_refuse_them(
        self, client: Client, organisation: Organisation
    ) -> None:
        tom = make_user("t", Role.TEAM_LEAD, organisation.bakery)

        assert navigation(client, tom) == [TEAMS, *READING, *CALLS, *PROMISING]

    @pytest.mark.parametrize(
        "address",
        ["/console/waves/", "/console/campaigns/", "/console/teams/", "/dashboards/teams/"],
    )
    def test_lists_pages_that_really_open(self, client: Client, alice: User, address: str) -> None:
        client.force_login(alice)

        response = client.get(address)

        assert response.status_code == 200
        assert response.content.decode().count(' aria-current="page"') == 1

    def test_puts_pages_into_menus_so_that_they_fit_one_row(
        self, client: Client, alice: User, bob: User
    ) -> None:
        client.force_login(alice)
        page = client.get("/dashboards/releases/").content.decode()
        menus = re.findall(r"<summary>([\w ]+)</summary><div>(.*?)</div>", page, re.S)

        assert [menu for menu, _ in menus] == [
            *["Surveys", "Figures", "Closing the loop", "Records"],
        ]
        assert 'aria-current="page">Releases</a>' in menus[3][1]
        client.force_login(bob)
        page = client.get("/dashboards/teams/").content.decode()
        assert re.findall(r"<summary>([\w ]+)</summary>", page) == ["Figures", "Closing the loop"]

    def test_says_who_is_here_and_what_they_lead(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        assert "Bob · leads Bakery" in client.get("/dashboards/linkage/").content.decode()

    def test_leaves_the_duty_out_for_somebody_with_several(
        self, client: Client, bob: User, organisation: Organisation
    ) -> None:
        Grant.objects.create(user=bob, role=Role.LEADER, team=organisation.goods)
        client.force_login(bob)

        assert "leads" not in client.get("/dashboards/linkage/").content.decode()

    def test_offers_to_log_out_by_a_form(self, client: Client, bob: User) -> None:
        client.force_login(bob)

        page = client.get("/dashboards/linkage/").content.decode()

        assert '<form class="w-who" method="post" action="/logout/">' in page
        assert "csrfmiddlewaretoken" in page


class TestLanguageChoice:
    def test_offers_every_language_by_its_own_name(self, client: Client, db: None) -> None:
        page = client.get("/login/").content.decode()

        offered = re.findall(r'name="language" value="([\w-]+)" lang="\1" dir="(\w+)"', page)
        assert offered == [("en-gb", "ltr"), ("es", "ltr"), ("de", "ltr"), ("ar", "rtl")]
        assert "العربيّة" in page
        assert page.count('aria-current="true"') == 1

    @pytest.mark.parametrize(
        ("referer", "back"),
        [
            ("http://testserver/login/?next=/console/", "/login/?next=/console/"),
            ("https://elsewhere.example/console/", "/login/"),
            ("", "/login/"),
        ],
    )
    def test_leads_from_what_was_sent_to_where_the_form_was(
        self, client: Client, db: None, referer: str, back: str
    ) -> None:
        page = client.post(
            "/login/", {"username": "", "password": ""}, headers={"referer": referer}
        )

        assert f'name="next" value="{back}"' in page.content.decode()

    @pytest.mark.parametrize(("language", "direction"), [("de", "ltr"), ("ar", "rtl")])
    def test_keeps_what_was_chosen_and_leads_back(
        self, client: Client, alice: User, language: str, direction: str
    ) -> None:
        client.force_login(alice)
        back = "/console/waves/"

        answer = client.post("/language/", {"language": language, "next": back})

        assert (answer.status_code, answer.headers["Location"]) == (302, back)
        page = client.get(back).content.decode()
        assert f'<html lang="{language}" dir="{direction}">' in page

    @pytest.mark.parametrize("address", ["/login/", "/nowhere/"])
    def test_is_followed_by_pages_for_strangers(
        self, client: Client, db: None, address: str
    ) -> None:
        client.post("/language/", {"language": "ar"})

        assert '<html lang="ar" dir="rtl">' in client.get(address).content.decode()

    def test_is_followed_by_a_refusal(self, client: Client, bob: User) -> None:
        client.force_login(bob)
        client.post("/language/", {"language": "ar"})

        refused = client.get("/console/waves/")

        assert refused.status_code == 403
        assert '<html lang="ar" dir="rtl">' in refused.content.decode()

    def test_takes_no_language_that_is_not_offered(self, client: Client, db: None) -> None:
        client.post("/language/", {"language": "xx"})

        assert '<html lang="en-gb" dir="ltr">' in client.get("/login/").content.decode()

"""The ledger as different people see it."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import URLPattern

from survey.accounts.models import Role, User
from survey.aggregation.models import Figure, Release
from survey.console.urls import urlpatterns as console
from survey.dashboards.urls import dashboards
from tests.cast import Organisation, make_user
from tests.dashboards.released import release_wave
from tests.factories.aggregation import make_campaign, make_instrument
from tests.stages import stage

PAGE = "/dashboards/releases/"
# "see-as/" is tried with those who may not
OWN = frozenset({"access-log/", "releases/", "see-as/", "sheet/", "sheet/dpia/"})


@stage
def release(organisation: Organisation) -> Release:
    campaign = make_campaign(make_instrument(), organisation.company)
    teams = {"bakery": [4, 5] * 6, "kitchen": [2, 3] * 6, "garden": [3] * 11}
    return release_wave(campaign, teams)


def read(client: Client, user: User, address: str = PAGE) -> tuple[int, str]:
    client.force_login(user)
    response = client.get(address)
    text = response.getvalue().decode(errors="replace")
    return response.status_code, unescape(text)


def fill_in(pattern: URLPattern) -> str:
    found = re.compile(r"<(?:(\w+):)?\w+>")
    return found.sub(lambda part: "1" if part[1] == "int" else "x", str(pattern.pattern))


class TestWhoReadsTheLedger:
    def test_sends_strangers_to_log_in(self, client: Client, db: None) -> None:
        assert client.get(PAGE)["Location"] == f"/login/?next={PAGE}"

    @pytest.mark.parametrize("role", [Role.HR, Role.CX_MANAGER, Role.ANALYST, Role.AUDITOR])
    def test_opens_it_to_the_offices_and_to_auditors(
        self, client: Client, release: Release, role: Role
    ) -> None:
        status, page = read(client, make_user("ann", role))

        assert status == 200
        assert release.checksum[:12] in page

    def test_refuses_leaders_team_leads_and_administrators(
        self, client: Client, bob: User, charlie: User, organisation: Organisation
    ) -> None:
        lead = make_user("tom", Role.TEAM_LEAD, organisation.bakery)
        for user in (bob, charlie, lead, make_user("ada", Role.ADMIN)):
            assert read(client, user)[0] == 403

    @pytest.mark.parametrize(
        "address",
        [f"/dashboards/{fill_in(one)}" for one in dashboards if str(one.pattern) not in OWN]
        + [f"/console/{fill_in(one)}" for one in console if isinstance(one, URLPattern)],
    )
    def test_is_beside_sheets_and_the_access_log_all_that_an_auditor_opens(
        self, client: Client, db: None, address: str
    ) -> None:
        status, page = read(client, make_user("wim", Role.AUDITOR), address)

        assert status in (403, 404, 405)
        assert "<table" not in page


class TestReleases:
    def test_holds_no_figure_of_anybody(self, client: Client, release: Release) -> None:
        auditor = make_user("wim", Role.AUDITOR)
        pages = [
            read(client, auditor, PAGE + query)[1]
            for query in ("", "?format=csv", "?table=waves&format=csv")
        ]

        figures = Figure.objects.filter(release=release)
        numbers = {f"{mean:.1f}" for mean in figures.values_list("mean", flat=True)}
        assert numbers
        for page in pages:
            shown = set(re.findall(r"(?<![\w.])\d+\.\d+", re.sub(r"[0-9a-f]{64}", "", page)))
            assert shown.isdisjoint(numbers)
            assert not re.search(r"Bakery|Kitchen|Garden|Food", page)

    def test_gives_whole_checksums_as_a_file(
        self, client: Client, alice: User, release: Release
    ) -> None:
        _, lines = read(client, alice, f"{PAGE}?format=csv")

        assert lines.splitlines()[1] == (
            f'"Pulse, wave 1",,2026-04-01,{release.checksum},5,3,0,care fair recommend,,,'
        )

    @pytest.mark.parametrize("which", ["releases", "waves"])
    def test_gives_spreadsheets(
        self, client: Client, alice: User, release: Release, which: str
    ) -> None:
        client.force_login(alice)

        response = client.get(PAGE, {"table": which, "format": "xlsx"})

        assert response["Content-Type"].endswith("spreadsheetml.sheet")
        assert response.content.startswith(b"PK")

    @pytest.mark.parametrize("query", ["?format=pdf", "?format=csv&table=figures"])
    def test_has_no_other_file(self, client: Client, alice: User, query: str) -> None:
        assert read(client, alice, PAGE + query)[0] == 404

    def test_says_that_nothing_was_launched_yet(self, client: Client, alice: User) -> None:
        assert "No survey has been launched yet" in read(client, alice)[1]

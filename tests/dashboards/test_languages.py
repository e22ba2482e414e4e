"""The leaders' pages in other languages: each answers, and every drawing keeps its numbers."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.linkage.printed import PrintedUnit
from tests.cast import Organisation
from tests.dashboards.studies import make_study

pytest_plugins = [
    "tests.dashboards.company",
    "tests.dashboards.overview.company",
    "tests.dashboards.participation.company",
    "tests.dashboards.team.company",
]

LANGUAGES = ["de", "ar"]
PLACES = ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "width", "height")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?%?")
PAGES = ("overview", "teams", "waves", "changes", "figures", "linkage")
TEAMS = ("bakery", "garden")


def read(client: Client, user: User, address: str, language: str) -> str:
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = client.get(address)
    assert response.status_code == 200, address
    text = response.content.decode()
    assert f'<html lang="{language}"' in text
    return text


def list_places(text: str) -> Iterator[str]:
    """Yield every number that places something in a drawing."""
    for drawing in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        for name in PLACES:
            yield from re.findall(rf'\s{name}="([^"]*)"', drawing)


def list_figures(text: str) -> list[str]:
    """Return the charts that a page carries for Plotly."""
    return re.findall(r'<script id="[^"]*" type="application/json">(.*?)</script>', text, re.DOTALL)


@pytest.mark.parametrize("language", LANGUAGES)
class TestPages:
    @pytest.mark.parametrize("page", PAGES)
    @pytest.mark.usefixtures("pairing")
    def test_answers_with_drawings_whole(
        self, client: Client, alice: User, page: str, language: str
    ) -> None:
        text = read(client, alice, f"/dashboards/{page}/", language)

        assert [one for one in list_places(text) if not NUMBER.fullmatch(one)] == []

    @pytest.mark.parametrize("page", ["participation", "releases"])
    @pytest.mark.usefixtures("waves")
    def test_tells_how_waves_were_run(
        self, client: Client, alice: User, page: str, language: str
    ) -> None:
        text = read(client, alice, f"/dashboards/{page}/", language)

        assert [one for one in list_places(text) if not NUMBER.fullmatch(one)] == []

    @pytest.mark.parametrize("team", TEAMS)
    @pytest.mark.usefixtures("two_quarters")
    def test_draws_a_team(self, client: Client, alice: User, team: str, language: str) -> None:
        text = read(client, alice, f"/dashboards/teams/{team}/", language)
        places = list(list_places(text))

        assert len(places) > 20
        assert [one for one in places if not NUMBER.fullmatch(one)] == []

    @pytest.mark.usefixtures("two_quarters")
    def test_carries_charts_as_numbers(self, client: Client, alice: User, language: str) -> None:
        text = read(client, alice, "/dashboards/teams/bakery/", language)
        (chart,) = map(json.loads, list_figures(text))

        assert all(isinstance(y, float | int | None) for y in chart["data"][0]["y"])
        assert chart["layout"]["separators"].startswith(",")

    def test_draws_a_comparison(
        self,
        client: Client,
        alice: User,
        organisation: Organisation,
        both_sides: Pairing,
        branch_figures: Callable[..., list[PrintedUnit]],
        language: str,
    ) -> None:
        make_study(both_sides, organisation.company, 0.4123)
        for address in ("?", "?show=1", "?table=units"):
            text = read(client, alice, f"/dashboards/linkage/{address}", language)
            assert [one for one in list_places(text) if not NUMBER.fullmatch(one)] == []
        whole = read(client, alice, "/dashboards/linkage/", language)
        assert "0,41" in whole
        (chart,) = map(json.loads, list_figures(whole))
        assert all(isinstance(y, float | int) for data in chart["data"] for y in data["y"])

    @pytest.mark.usefixtures("pairing")
    def test_prints_decimals_as_the_language_does(
        self, client: Client, alice: User, language: str
    ) -> None:
        text = read(client, alice, "/dashboards/overview/", language)

        assert re.search(r"<b>[0-9]+,[0-9]</b>", text)
        assert not re.search(r"<b>[0-9]+\.[0-9]</b>", text)

    @pytest.mark.usefixtures("pairing")
    def test_hands_out_the_same_file_as_in_english(
        self, client: Client, alice: User, language: str
    ) -> None:
        files = []
        for spoken in ("en-gb", language):
            client.force_login(alice)
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = spoken
            files.append(client.get("/dashboards/overview/?format=csv").getvalue())

        assert files[0] == files[1]


def test_the_check_finds_a_comma() -> None:
    assert not NUMBER.fullmatch(next(list_places('<svg><circle cx="0,54"/></svg>')))

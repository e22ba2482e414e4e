"""The access log in words."""

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from survey.accounts.models import AccessEntry
from survey.dashboards.access_log.recording import UNRECORDED
from survey.dashboards.access_log.saying import PLACES, name_teams, say_place, say_roles
from tests.cast import Organisation


def list_views(resolver: URLResolver, above: str = "") -> list[str]:
    """Return the names of all views there are, with the folders they are in."""
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += list_views(one, f"{above}{one.namespace}:" if one.namespace else above)
        elif isinstance(one, URLPattern) and one.name:
            found.append(f"{above}{one.name}")
    return found


def entry(route: str, user_key: str = "1") -> AccessEntry:
    return AccessEntry(route=route, user_key=user_key)


class TestSayPlace:
    def test_has_words_for_every_view_that_is_recorded(self) -> None:
        views = [one for one in list_views(get_resolver()) if one.split(":")[0] not in UNRECORDED]

        assert len(views) > 100
        assert [one for one in views if say_place(entry(one)) == one] == []

    def test_has_words_of_its_own_for_every_page_of_figures(self) -> None:
        views = {one for one in list_views(get_resolver()) if one.startswith("dashboards:")}

        assert views - {"dashboards:figures"} <= PLACES.keys()

    @pytest.mark.parametrize(
        ("route", "user_key", "words"),
        [
            ("console:customers:erase", "1", "Erasing one customer"),
            ("console:customers:codes", "1", "Customers"),
            ("gone:for:good", "1", "gone:for:good"),
            ("backup", "", "the command backup"),
        ],
    )
    def test_takes_the_nearest(self, route: str, user_key: str, words: str) -> None:
        assert say_place(entry(route, user_key)) == words


class TestSayRoles:
    @pytest.mark.parametrize(
        ("held", "words"),
        [
            ("TEAM_LEAD bakery", "team lead: Bakery"),
            ("HR, LEADER gone", "people team, leader of a part of the organisation: gone"),
            ("root", "root"),
            (
                "LEADER food, TEAM_LEAD ba…",
                "leader of a part of the organisation: Food, team lead: ba…",
            ),
            ("", ""),
        ],
    )
    def test_says_roles_and_teams(self, organisation: Organisation, held: str, words: str) -> None:
        teams = name_teams([AccessEntry(held=held)])

        assert say_roles(held, teams).lower() == words.lower()

"""What somebody may open from their first page."""

from django.urls import resolve

from survey.accounts.models import Role
from survey.dashboards.home.places import list_places


def names(*roles: Role) -> list[str]:
    return [place.name for place in list_places(frozenset(roles))]


class TestListPlaces:
    def test_opens_to_each_role_what_is_open_to_it(self) -> None:
        assert names(Role.TEAM_LEAD) == [
            *["Teams", "Participation", "All figures", "What people wrote"],
        ]
        assert names(Role.AUDITOR) == ["Releases", "What is kept", "Access log"]
        assert names(Role.ADMIN) == names() == []

    def test_says_of_every_page_in_a_sentence_what_is_there(self) -> None:
        for place in list_places(frozenset(Role.values)):
            assert place.what.endswith(".")
            assert resolve(place.address).namespace == "dashboards"

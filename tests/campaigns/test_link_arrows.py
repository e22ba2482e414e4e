"""The ratings behind one link."""

import pytest
from pytest_django import DjangoAssertNumQueries

from survey.campaigns.link_arrows import find_arrows
from survey.campaigns.links import arrow_token, place_token
from survey.campaigns.models import Credential, Invitation, Wave
from survey.campaigns.selectors import get_link
from survey.core.tokens import digest_token
from tests.factories.campaigns import NOW, make_open_wave, make_teams, tokens_of
from tests.factories.colleagues import make_colleagues, serve

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave() -> Wave:
    """Nine people of Ops, served by two teams, are asked about both."""
    teams = make_teams({"top": None, "ops": "top", "it": "top", "hr": "top"}, {"ops": 9})
    serve(teams, "it>ops", "hr>ops")
    return make_open_wave(make_colleagues(teams["top"]))


class TestFindArrows:
    def test_finds_both_in_order_of_place(
        self, wave: Wave, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        token = tokens_of(wave)[0]

        with django_assert_num_queries(1):
            found = find_arrows(token=token)

        assert [arrow.credential.digest for arrow in found] == [
            digest_token(place_token(token=token, place=place)) for place in (0, 1)
        ]
        assert {arrow.provider_name for arrow in found} == {"It", "Hr"}
        assert {arrow.group.code for arrow in found} == {"it>ops", "hr>ops"}

    def test_begins_with_the_group_of_the_invitation(self, wave: Wave) -> None:
        link = get_link(token=tokens_of(wave)[0], now=NOW)

        assert link.arrows[0].credential == link.credential
        assert link.arrows[0].group == link.group

    def test_finds_nothing_by_the_token_of_a_further_rating(self, wave: Wave) -> None:
        token = tokens_of(wave)[0]

        assert len(find_arrows(token=arrow_token(token=token, place=1))) == 1  # itself alone


class TestWhatTheRowsTell:
    def test_no_row_joins_the_ratings_of_one_person(self, wave: Wave) -> None:
        assert Invitation.objects.filter(wave=wave).count() == 9
        assert Credential.objects.filter(wave=wave).count() == wave.n_invited == 18
        names = {field.name for field in Credential._meta.get_fields()}
        assert names == {"id", "wave", "group", "digest", "is_spent"}

"""Groups that came into view or left it."""

import pytest
from django.utils import translation

from survey.accounts.models import User
from survey.aggregation.models import Release
from survey.campaigns.grouping import pool_name
from survey.campaigns.models import Campaign, Group, GroupKind
from survey.dashboards.access import find_reader
from survey.dashboards.changes.shown import ShownChange, read_shown
from tests.cast import Organisation
from tests.dashboards.released import LATER, release_wave
from tests.factories.aggregation import CLOSED, make_campaign, make_instrument

TEN = [3] * 10


@pytest.fixture
def pair(organisation: Organisation) -> tuple[Campaign, Release, Release]:
    """Garden is shown first, then Kitchen; Bakery both times."""
    campaign = make_campaign(make_instrument(), organisation.company)
    older = release_wave(campaign, {"bakery": TEN, "garden": TEN})
    newer = release_wave(
        campaign, {"bakery": TEN, "kitchen": TEN}, closed_at=CLOSED + LATER
    )  # fmt: skip
    return campaign, newer, older


class TestReadShown:
    def test_names_what_appeared_and_what_left(
        self, alice: User, pair: tuple[Campaign, Release, Release]
    ) -> None:
        (change,) = read_shown(reader=find_reader(user=alice), pairs=[pair])

        assert change == ShownChange("Pulse", ("Kitchen",), ("Garden",))

    def test_names_groups_in_the_language_of_the_reader(
        self, alice: User, pair: tuple[Campaign, Release, Release]
    ) -> None:
        Group.objects.filter(code="kitchen").update(kind=GroupKind.POOL, name=pool_name("Food"))
        with translation.override("de"):
            (change,) = read_shown(reader=find_reader(user=alice), pairs=[pair])

        assert change.appeared == ("Kleinere Teams von Food",)

    def test_names_nothing_that_is_not_the_readers(
        self, bob: User, charlie: User, pair: tuple[Campaign, Release, Release]
    ) -> None:
        assert read_shown(reader=find_reader(user=bob), pairs=[pair]) == []
        (change,) = read_shown(reader=find_reader(user=charlie), pairs=[pair])
        assert change == ShownChange("Pulse", (), ("Garden",))

    def test_says_nothing_where_the_same_groups_are_shown(
        self, alice: User, pair: tuple[Campaign, Release, Release]
    ) -> None:
        campaign, newer, _ = pair

        assert read_shown(reader=find_reader(user=alice), pairs=[(campaign, newer, newer)]) == []

"""The tables to take along."""

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.dashboards.cascade.files import ARROW_COLUMNS, CHAIN_COLUMNS, write_table
from survey.dashboards.filters import UnknownChoiceError
from tests.cast import Organisation
from tests.dashboards.cascade.test_pages import build
from tests.dashboards.cascades import SHOP_ARROWS, make_shop

pytest_plugins = ["tests.dashboards.company"]


@pytest.mark.django_db
class TestWriteTable:
    def test_writes_the_arrows_as_printed_and_leaves_hidden_ones_empty(
        self, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        make_shop(both_sides, organisation.company)

        rows = list(write_table(build(alice), None).rows)

        assert len(rows) == len(SHOP_ARROWS)
        assert all(len(row) == len(ARROW_COLUMNS) for row in rows)
        assert ("Delivery", "Support", "", None, None, None, None, "no") in rows
        assert ("Stores", "Desk", "Stores, desk", 58.4, 52.4, 64.4, 9, "no") in rows

    def test_writes_only_what_was_chosen(
        self, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        make_shop(both_sides, organisation.company)

        rows = list(write_table(build(alice, team="billing"), "arrows").rows)

        assert [row[0] for row in rows] == ["Billing"]

    def test_writes_three_steps_and_the_whole_of_each_chain(
        self, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        make_shop(both_sides, organisation.company)

        rows = list(write_table(build(alice), "chains").rows)

        assert len(rows) == 3 * 4
        assert all(len(row) == len(CHAIN_COLUMNS) for row in rows)
        assert rows[3] == ("all arrows", "whole_chain", 0.058, 0.012, 0.141, 31, "SUPPORTED")

    def test_knows_no_other_table(
        self, alice: User, organisation: Organisation, both_sides: Pairing
    ) -> None:
        make_shop(both_sides, organisation.company)

        with pytest.raises(UnknownChoiceError):
            write_table(build(alice), "answers")

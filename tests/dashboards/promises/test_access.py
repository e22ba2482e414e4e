"""Who may read and make promises."""

from datetime import datetime
from uuid import uuid4

import pytest

from survey.accounts.models import Role, User
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.promises.access import find_commitment, may_change, offered_teams
from tests.cast import Organisation, make_user
from tests.factories.promises import promise


class TestMayChange:
    def test_lets_the_offices_and_who_leads_the_team(
        self, alice: User, bob: User, charlie: User, organisation: Organisation, now: datetime
    ) -> None:
        ours, all_of_us = promise(alice, now, team=organisation.bakery), promise(alice, now)
        may = {
            user.name: tuple(may_change(find_reader(user=user), one) for one in (ours, all_of_us))
            for user in (alice, bob, charlie)
        }

        assert may == {"Alice": (True, True), "Bob": (True, False), "Charlie": (False, False)}


class TestFindCommitment:
    def test_finds_nothing_of_another_team_and_nothing_unknown(
        self, alice: User, charlie: User, organisation: Organisation, now: datetime
    ) -> None:
        made = promise(alice, now, team=organisation.bakery)

        assert find_commitment(find_reader(user=alice), made.key) == made
        for user, key in ((charlie, made.key), (alice, uuid4())):
            with pytest.raises(UnknownChoiceError):
                find_commitment(find_reader(user=user), key)


class TestOfferedTeams:
    def test_are_a_leads_own_with_their_place(
        self, alice: User, bob: User, organisation: Organisation, now: datetime
    ) -> None:
        bakery = (organisation.bakery.pk, "bakery", "The Company / Food / Bakery")

        assert offered_teams(find_reader(user=bob), today=now.date()) == [bakery]
        assert len(offered_teams(find_reader(user=alice), today=now.date())) == 6

    def test_are_none_for_auditors(self, organisation: Organisation, now: datetime) -> None:
        wim = make_user("wim", Role.AUDITOR)

        assert offered_teams(find_reader(user=wim), today=now.date()) == []

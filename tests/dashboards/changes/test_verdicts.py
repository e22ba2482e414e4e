"""Verdicts that changed."""

from datetime import UTC, datetime

import pytest

from survey.accounts.models import Role, User
from survey.campaigns.models import Pairing
from survey.dashboards.access import find_reader
from survey.dashboards.changes.verdicts import WORDS, VerdictChange, read_verdicts
from survey.dashboards.trees import read_tree
from survey.statistics.verdict import Code
from tests.cast import Organisation, make_user
from tests.dashboards.studies import SPRING, make_pairing, make_study

SINCE = datetime(2026, 9, 1, tzinfo=UTC)


@pytest.fixture
def pairing(organisation: Organisation) -> Pairing:
    pairing = make_pairing(organisation.company)
    for scope, then, now in ((organisation.company, 0.01, 0.5), (organisation.goods, 0.5, 0.5)):
        make_study(pairing, scope, then, period_start=SPRING)
        make_study(pairing, scope, now)
    return pairing


def verdicts(user: User, since: datetime = SINCE) -> list[VerdictChange]:
    return read_verdicts(reader=find_reader(user=user), since=since, tree=read_tree())


class TestReadVerdicts:
    def test_tells_what_was_said_before_and_what_is_said_now(
        self, alice: User, pairing: Pairing
    ) -> None:
        (change,) = verdicts(alice)

        assert (change.part, change.ex_name) == ("The Company", "Fairness at work")
        assert (change.before, change.now) == ("can’t tell", "go together")
        assert change.query == "?pairing=both&scope=company"

    def test_is_silent_where_the_verdict_stayed(
        self, pairing: Pairing, organisation: Organisation
    ) -> None:
        assert verdicts(make_user("greg", Role.LEADER, organisation.goods)) == []

    def test_shows_bob_and_charlie_nothing(
        self, bob: User, charlie: User, pairing: Pairing
    ) -> None:
        assert verdicts(bob) == verdicts(charlie) == []

    def test_tells_nothing_old(self, alice: User, pairing: Pairing) -> None:
        assert verdicts(alice, datetime(2026, 11, 1, tzinfo=UTC)) == []

    @pytest.mark.parametrize("code", list(Code))
    def test_has_a_word_for_every_verdict(self, code: Code) -> None:
        assert WORDS[code]

"""What stands beside the needs on the first page of whoever asks."""

from datetime import datetime, timedelta

import pytest

from survey.accounts.models import Role, User
from survey.console.home.beside import Beside, read_beside
from survey.core.timestamps import local_date
from survey.linkage.models import Study
from survey.questionnaires.models import Audience
from tests.cast import Organisation, make_user
from tests.dashboards.studies import SPRING, make_pairing, make_study
from tests.followup.waiting import make_call, make_promise

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CUSTOMERS = frozenset({Audience.CUSTOMER.value})
COVERAGE = {
    "n_groups": 44,
    "n_compared": 38,
    "n_not_shown": 4,
    "n_no_customers": 1,
    "n_few_customers": 1,
}


def beside(
    user: User, now: datetime, watched: frozenset[str] = frozenset(Audience.values)
) -> Beside:
    return read_beside(user=user, watched=watched, now=now)


class TestJoined:
    def test_counts_the_teams_of_the_newest_comparison_of_everything(
        self, alice: User, organisation: Organisation, now: datetime
    ) -> None:
        pairing = make_pairing(organisation.company)
        make_study(pairing, organisation.company, 0.4, period_start=SPRING)
        Study.objects.update(coverage=COVERAGE | {"n_compared": 2})
        newest = make_study(pairing, organisation.company, 0.4)
        make_study(pairing, organisation.food, 0.4)
        Study.objects.filter(pk=newest.pk).update(coverage=COVERAGE)
        joined = beside(alice, now).joined

        assert joined is not None
        assert (joined.n_compared, joined.n_groups, joined.percent) == (38, 44, 86)
        assert joined.period == "Q3 2026"

    def test_is_nothing_before_anything_can_be_compared(self, alice: User, now: datetime) -> None:
        assert beside(alice, now).joined is None


class TestWaiting:
    def test_is_who_waits_longest_without_a_name(
        self, organisation: Organisation, bob: User, now: datetime
    ) -> None:
        carmen = make_user("carmen", Role.CX_MANAGER)
        make_call(bob, now + HOUR, organisation.bakery)
        make_call(bob, now, organisation.bakery)
        waiting = beside(carmen, now).waiting

        assert waiting is not None
        assert (waiting.n_open, waiting.is_late, waiting.is_customer) == (2, True, True)
        assert (waiting.place, waiting.owner) == ("Bakery", "Bob")
        assert "Nia" not in str(waiting)

    def test_is_only_what_an_office_may_see(self, alice: User, bob: User, now: datetime) -> None:
        carmen = make_user("carmen", Role.CX_MANAGER)
        make_call(bob, now, audience=Audience.EMPLOYEE)

        assert beside(carmen, now).waiting is None
        found = beside(alice, now).waiting
        assert found is not None
        assert not found.is_customer


class TestPromises:
    @pytest.mark.parametrize(("watched", "late"), [(frozenset(Audience.values), 2), (CUSTOMERS, 1)])
    def test_are_counted_for_those_whom_an_office_asks(
        self, alice: User, bob: User, now: datetime, watched: frozenset[str], late: int
    ) -> None:
        for audience in (Audience.EMPLOYEE, Audience.CUSTOMER):
            make_promise(bob, local_date(now) - DAY, audience=audience)

        assert beside(alice, now, watched).promises.late == late

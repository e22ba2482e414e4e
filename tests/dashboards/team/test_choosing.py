"""What a team page is about, within what may be read."""

from datetime import date, timedelta

import pytest

from survey.accounts.models import User
from survey.campaigns.models import Pairing
from survey.core.periods import Period
from survey.dashboards.access import find_reader
from survey.dashboards.filters import UnknownChoiceError
from survey.dashboards.team.choosing import Choice, choose_unit
from tests.dashboards.team.staging import QUARTER, everywhere, release
from tests.factories.aggregation import CLOSED

pytest_plugins = ["tests.dashboards.team.company"]
Q1, Q2, Q3 = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)


def pick(user: User, code: str = "bakery", **wanted: str) -> Choice:
    choice = choose_unit(reader=find_reader(user=user), code=code, wanted=wanted)
    assert choice is not None
    return choice


class TestChooseUnit:
    def test_picks_the_newest_and_compares_it_with_the_one_before(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        choice = pick(bob)

        assert (choice.start, choice.before) == (Q2, Q1)
        assert choice.source.pairing == two_quarters
        assert [one.name for one in choice.filters] == ["period", "compare"]
        assert choice.address(measure="fair") == (
            "?pairing=both&period=2026-04-01&compare=2026-01-01&measure=fair"
        )

    def test_prefers_a_period_in_which_both_sides_were_asked(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        release(two_quarters.cx, everywhere("treat", 70.0), closed_at=CLOSED + 2 * QUARTER)

        assert pick(bob).start == Q2
        assert pick(bob, period="2026-07-01").before == Q2

    def test_does_not_cling_to_what_is_over_a_year_old(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        later = CLOSED + timedelta(days=800)
        release(two_quarters.cx, everywhere("treat", 70.0), closed_at=later)

        assert pick(bob).start == date(2028, 4, 1)

    def test_adds_the_months_of_customers_to_a_quarter(
        self, bob: User, team_sides: Pairing
    ) -> None:
        for month in (4, 5):
            closed_at = CLOSED + timedelta(days=30 * (month - 3))
            means = everywhere("treat", 70.0)
            release(team_sides.cx, means, closed_at=closed_at, month=date(2026, month, 1))

        choice = pick(bob)

        assert [one.month_start for one in choice.releases_of(team_sides.cx, Q2)] == [
            date(2026, 4, 1), date(2026, 5, 1)
        ]  # fmt: skip

    def test_takes_the_later_of_two_staff_waves_in_a_quarter(
        self, bob: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0), closed_at=CLOSED - timedelta(days=30))
        release(team_sides.ex, everywhere("fair", 60.0))

        (only,) = pick(bob).releases_of(team_sides.ex, Q1)

        assert only.wave.number == 2

    def test_reads_an_older_pool_of_the_same_name_by_its_period(
        self, alice: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, {}, pool=("garden", "shop"))
        release(team_sides.ex, {}, pool=("garden", "depot"), closed_at=CLOSED + QUARTER)

        newest = pick(alice, "goods:smaller")
        oldest = pick(alice, "goods:smaller", period="2026-01-01")

        assert newest.followed.unit != oldest.followed.unit
        assert newest.before is oldest.before is None

    def test_reads_a_campaign_that_stands_alone_by_quarter(
        self, bob: User, team_sides: Pairing
    ) -> None:
        release(team_sides.ex, everywhere("fair", 70.0))
        Pairing.objects.all().delete()

        choice = pick(bob)

        assert (choice.source.period, choice.source.customers) == (Period.QUARTER, None)

    def test_finds_nothing_of_others(self, charlie: User, two_quarters: Pairing) -> None:
        reader = find_reader(user=charlie)

        assert choose_unit(reader=reader, code="bakery", wanted={}) is None

    @pytest.mark.parametrize("wanted", [{"period": "x"}, {"compare": "x"}, {"pairing": "x"}])
    def test_refuses_what_is_not_there(
        self, bob: User, two_quarters: Pairing, wanted: dict[str, str]
    ) -> None:
        with pytest.raises(UnknownChoiceError):
            pick(bob, **wanted)

    def test_takes_a_comparison_that_is_not_earlier_for_none(
        self, bob: User, two_quarters: Pairing
    ) -> None:
        assert pick(bob, period="2026-01-01", compare="2026-04-01").before is None

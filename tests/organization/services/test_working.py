"""The worker reads rosters and takes confirmed ones in."""

import gc
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from celery.exceptions import SoftTimeLimitExceeded

from survey.core.leases import claim
from survey.organization.models import Membership, Person, RosterImport, RosterState
from survey.organization.services import (
    apply_confirmed_rosters,
    discard_roster,
    read_waiting_rosters,
    take_roster,
    working,
)
from tests.organization.arrivals import LINES, NOW, arrive, confirm, csv_of, take_in, xlsx_of

LATER = NOW + timedelta(days=1)


@pytest.mark.django_db
class TestReadWaitingRosters:
    def test_shows_counts_and_names_and_changes_nothing(self) -> None:
        roster = arrive()

        assert roster.state == RosterState.READY
        assert roster.difference["counts"]["joined"] == 3
        assert ["Ana", "", "Bakery", "2026-12-07", []] in roster.difference["people"]["joined"]
        assert not Person.objects.exists()

    def test_reads_spreadsheets(self) -> None:
        head = ("person_id", "name", "email", "team", "team_name")
        roster = arrive(xlsx_of(head, (1001, "Ana", "", "bakery", "Bakery")), name="staff.xlsx")

        assert roster.difference["counts"]["joined"] == 1

    def test_refuses_by_line_and_the_heading_of_the_file(self) -> None:
        roster = arrive(csv_of("1,Ana,wrong,bakery,B,,", header=HEADER_IN_CAPITALS))

        assert roster.state == RosterState.REFUSED
        assert [row[:3] for row in roster.problems] == [
            [2, "EMAIL", "'wrong' is not an e-mail address"]
        ]

    def test_names_what_is_wrong_in_the_file_and_with_what_is_stored(self) -> None:
        roster = arrive(csv_of("1,,,bakery,B,,", "2,Ben,,garden,,,"))

        assert [problem[:2] for problem in roster.problems] == [[2, "name"], [3, "team"]]

    def test_leaves_a_roster_that_another_worker_holds(self) -> None:
        roster = take_roster(name="a", source="api", content=csv_of(*LINES), by="", now=NOW)
        claim(roster, now=NOW)

        read_waiting_rosters(now=NOW)

        roster.refresh_from_db()
        assert roster.state == RosterState.WAITING

    def test_leaves_a_roster_put_aside_that_was_put_aside_meanwhile(self) -> None:
        roster = take_roster(name="a", source="api", content=csv_of(*LINES), by="", now=NOW)
        plan = working.plan_import

        def discard_and_plan(**options: Any) -> Any:
            discard_roster(roster_id=roster.pk)
            return plan(**options)

        with mock.patch.object(working, "plan_import", discard_and_plan):
            read_waiting_rosters(now=NOW)

        roster.refresh_from_db()
        assert roster.state == RosterState.DISCARDED
        assert "people" not in roster.difference

    def test_tells_how_far_it_is(self) -> None:
        told: list[tuple[int, int]] = []
        with mock.patch.object(working, "_tell_progress", lambda _, *far: told.append(far)):
            arrive(csv_of(*LINES, *(f"x{n},X,,mill,,," for n in range(20_000))))

        assert [n_done for n_done, _ in told] == [0, 10_000, 20_000]
        assert told[0][1] == 20_004

    def test_gives_back_the_lease_and_the_collector_when_it_fails(self) -> None:
        roster = take_roster(name="a", source="api", content=csv_of(*LINES), by="", now=NOW)
        with mock.patch.object(working, "plan_import", side_effect=MemoryError):
            read_waiting_rosters(now=NOW)

        roster.refresh_from_db()
        assert (roster.state, roster.lease_until) == (RosterState.WAITING, None)
        assert gc.isenabled()

    def test_refuses_what_took_too_long_twice_and_holds_up_no_others(self) -> None:
        bad = take_roster(name="bad", source="api", content=csv_of(*LINES), by="", now=NOW)
        good = take_roster(name="good", source="api", content=csv_of(*LINES), by="", now=NOW)
        with mock.patch.object(working, "plan_import", side_effect=SoftTimeLimitExceeded):
            for _ in range(2):
                with pytest.raises(SoftTimeLimitExceeded):
                    read_waiting_rosters(now=NOW)

        read_waiting_rosters(now=NOW)

        bad.refresh_from_db()
        good.refresh_from_db()
        assert (bad.state, good.state) == (RosterState.REFUSED, RosterState.READY)
        assert "too long to read" in bad.problems[0][2]

    def test_counts_a_worker_that_was_killed_and_no_other_trouble(self) -> None:
        roster = take_roster(name="a", source="api", content=csv_of(*LINES), by="", now=NOW)
        for _ in range(3):
            with mock.patch.object(working, "plan_import", side_effect=MemoryError):
                read_waiting_rosters(now=NOW)
        RosterImport.objects.update(n_tries=1, lease_until=NOW - timedelta(seconds=1))

        read_waiting_rosters(now=NOW)

        roster.refresh_from_db()
        assert (roster.state, roster.n_tries) == (RosterState.READY, 0)


HEADER_IN_CAPITALS = "PERSON_ID,NAME,EMAIL,TEAM,TEAM_NAME,PARENT,LEADER"


@pytest.mark.django_db
class TestApplyConfirmedRosters:
    def test_does_what_was_shown_and_deletes_the_file(self) -> None:
        roster = take_in()

        assert roster.state == RosterState.APPLIED
        assert (roster.content, roster.applied_at) == (None, NOW)
        assert Membership.objects.filter(active_from=date(2026, 12, 7)).count() == 3

    def test_dates_as_shown_when_confirmed_on_a_later_day(self) -> None:
        roster = arrive()
        confirm(roster)
        apply_confirmed_rosters(now=NOW + timedelta(days=3))

        assert set(Membership.objects.values_list("active_from")) == {(date(2026, 12, 7),)}

    def test_takes_nothing_in_that_nobody_confirmed(self) -> None:
        arrive()

        assert apply_confirmed_rosters(now=NOW) == 0
        assert not Person.objects.exists()

    def test_takes_them_in_the_order_in_which_they_came(self) -> None:
        first, second = arrive(), arrive(csv_of(*LINES, "4,Dan,,mill,,,"))
        confirm(second)
        confirm(first)
        apply_confirmed_rosters(now=NOW)

        first.refresh_from_db()
        assert first.state == RosterState.APPLIED

    def test_asks_again_when_something_else_came_between(self) -> None:
        roster = arrive()
        take_in(csv_of(*LINES, "4,Dan,,mill,,,"))
        confirm(roster)
        apply_confirmed_rosters(now=NOW)

        roster.refresh_from_db()
        assert roster.state == RosterState.READY
        assert roster.problems == [
            "Something else changed the staff list since this was looked at."
        ]
        assert roster.difference["counts"]["left"] == 1
        assert Membership.objects.filter(active_to__isnull=True).count() == 4

    def test_leaves_everything_as_it_was_when_writing_fails(self) -> None:
        roster = arrive()
        confirm(roster)
        with mock.patch.object(Membership.objects, "bulk_create", side_effect=MemoryError):
            apply_confirmed_rosters(now=NOW)

        assert not Person.objects.exists()
        roster.refresh_from_db()
        assert roster.state == RosterState.CONFIRMED
        assert apply_confirmed_rosters(now=LATER) == 1
        assert Person.objects.count() == 3

    def test_stops_when_its_lease_was_taken_over(self) -> None:
        roster = arrive()
        confirm(roster)
        plan = working.plan_import

        def lose_the_lease(**options: object) -> object:
            RosterImport.objects.update(lease_until=LATER)
            return plan(**options)

        with mock.patch.object(working, "plan_import", lose_the_lease):
            assert apply_confirmed_rosters(now=NOW) == 0
        assert not Person.objects.exists()

    def test_goes_on_by_itself_where_that_was_wished(self) -> None:
        roster = arrive(applies=True)

        assert roster.state == RosterState.CONFIRMED

    @pytest.mark.parametrize(
        ("may_lose_many", "state"), [(False, RosterState.READY), (True, RosterState.CONFIRMED)]
    )
    def test_waits_for_somebody_when_many_would_leave(
        self, may_lose_many: bool, state: RosterState
    ) -> None:
        take_in()

        roster = arrive(csv_of(LINES[1]), applies=True, may_lose_many=may_lose_many)

        assert roster.state == state

    def test_keeps_the_names_of_the_last_roster_only(self) -> None:
        first = take_in()
        second = take_in(csv_of(*LINES, "4,Dan,,mill,,,"))

        first.refresh_from_db()
        assert "people" not in first.difference
        assert first.difference["counts"]["joined"] == 3
        assert second.difference["people"]["joined"][0][0] == "Dan"

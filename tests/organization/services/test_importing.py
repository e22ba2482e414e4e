"""Taking a roster in."""

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.organization.differences import RosterDifference
from survey.organization.lines import RosterError
from survey.organization.models import Membership, Person, Team
from survey.organization.roster import read_roster
from survey.organization.services import TooManyLeaveError, import_roster

HEADER = "person_id,name,email,team,team_name,parent,leader,from"
TODAY = date(2026, 12, 7)
TREE = [",,,all,Everybody,,,", ",,,bakery,Bakery,all,,", ",,,mill,Mill,all,,"]
ANA = "1,Ana,ana@example.org,bakery,,,yes,"
BEN = "2,Ben,ben@example.org,bakery,,,,"


def take_in(*people: str, today: date = TODAY, dry_run: bool = False) -> RosterDifference:
    content = "\n".join((HEADER, *TREE, *people)).encode()
    return import_roster(
        roster=read_roster(io.BytesIO(content)), today=today, dry_run=dry_run, allow_leaving=True
    )


def take_in_file(*lines: str, **options: bool) -> RosterDifference:
    roster = read_roster(io.BytesIO("\n".join(lines).encode()))
    return import_roster(roster=roster, today=TODAY + timedelta(days=1), **options)


def periods(name: str) -> list[tuple[str, date, date | None]]:
    memberships = Membership.objects.filter(person__name=name).order_by("active_from")
    return list(memberships.values_list("team__code", "active_from", "active_to"))


@pytest.mark.django_db
class TestImportRoster:
    def test_makes_teams_people_and_memberships(self) -> None:
        difference = take_in(ANA, BEN)

        assert [change.name for change in difference.joined] == ["Ana", "Ben"]
        assert difference.new_teams == ("Everybody", "Bakery", "Mill")
        assert periods("Ana") == [("bakery", TODAY, None)]
        assert Membership.objects.get(person__name="Ana").is_leader
        assert Team.objects.get(code="bakery").parent == Team.objects.get(code="all")

    def test_changes_nothing_the_second_time(self) -> None:
        take_in(ANA, BEN)
        again = take_in(ANA, BEN, today=TODAY + timedelta(days=1))

        assert again == RosterDifference((), (), (), (), 2, (), (), n_before=2)
        assert Membership.objects.count() == 2

    def test_keeps_the_old_team_until_the_day_of_a_move(self) -> None:
        take_in(ANA, BEN)
        moved = take_in(ANA, BEN.replace("bakery,,,,", "mill,,,,2026-12-20"), today=TODAY)

        day = date(2026, 12, 20)
        assert [(change.before, change.after) for change in moved.moved] == [("Bakery", "Mill")]
        assert periods("Ben") == [("bakery", TODAY, day), ("mill", day, None)]

    def test_ends_the_membership_of_whoever_left(self) -> None:
        take_in(ANA, BEN)
        later = TODAY + timedelta(days=30)
        difference = take_in(ANA, today=later)

        assert [change.name for change in difference.left] == ["Ben"]
        assert periods("Ben") == [("bakery", TODAY, later)]
        assert Person.objects.filter(name="Ben").exists()

    def test_forgets_a_membership_that_never_began(self) -> None:
        take_in(ANA, f"{BEN}2027-01-01")
        take_in(ANA)

        assert periods("Ben") == []

    def test_takes_somebody_back(self) -> None:
        take_in(ANA, BEN)
        take_in(ANA, today=TODAY + timedelta(days=10))
        back = take_in(ANA, BEN, today=TODAY + timedelta(days=20))

        assert [change.name for change in back.joined] == ["Ben"]
        assert len(periods("Ben")) == 2

    def test_changes_a_name_and_an_address(self) -> None:
        take_in(ANA, BEN)
        changed = take_in(ANA, BEN.replace("ben@", "benjamin@"))

        assert [change.name for change in changed.changed] == ["Ben"]
        assert Person.objects.get(external_id="2").email == "benjamin@example.org"

    def test_writes_nothing_in_a_dry_run(self) -> None:
        dry = take_in(ANA, BEN, dry_run=True)

        assert len(dry.joined) == 2
        assert not Team.objects.exists()
        assert not Person.objects.exists()

    def test_says_in_a_dry_run_what_it_then_does(self) -> None:
        take_in(ANA, BEN)
        roster = (ANA.replace("bakery", "mill"), "3,Cem,,mill,,,,")

        assert take_in(*roster, dry_run=True) == take_in(*roster)

    def test_keeps_what_no_column_speaks_of(self) -> None:
        take_in(ANA, BEN)
        Person.objects.update(language="pt")
        again = take_in_file(
            "person_id,name,email,team",
            "1,Ana,ana@example.org,bakery",
            "2,Ben,ben@example.org,mill",
        )

        assert Membership.objects.get(person__name="Ana").is_leader
        assert Person.objects.get(name="Ana").language == "pt"
        assert again.n_unchanged == 1

    def test_does_not_take_a_rank_along_to_another_team(self) -> None:
        take_in(ANA)
        moved = take_in_file("person_id,name,email,team", "1,Ana,ana@example.org,mill")

        assert moved.moved[0].details == ("leader: yes -> no",)
        assert not Membership.objects.latest("active_from").is_leader

    def test_names_what_changes(self) -> None:
        take_in(ANA, BEN)
        later = TODAY + timedelta(days=1)
        changed = take_in(ANA.replace("yes", "no").replace("Ana,", "Anna,"), BEN, today=later)

        assert changed.changed[0].details == ("name: Ana -> Anna", "leader: yes -> no")

    def test_takes_a_list_of_teams_only(self) -> None:
        take_in(ANA, BEN)
        found = take_in_file("team,team_name,parent", "bakery,The bakery,", "oven,Oven,bakery")

        assert (found.new_teams, found.changed_teams) == (("Oven",), ("The bakery",))
        assert found.left == ()
        assert Membership.objects.filter(active_to=None).count() == 2

    def test_refuses_a_file_that_was_cut_off(self) -> None:
        take_in(ANA, BEN, "3,Cem,,mill,,,,")
        cut = ("person_id,name,email,team", "1,Ana,ana@example.org,bakery")
        with pytest.raises(TooManyLeaveError, match="2 of 3 people are not in this file"):
            take_in_file(*cut)

        assert Membership.objects.filter(active_to=None).count() == 3
        assert take_in_file(*cut, dry_run=True).loses_many
        assert len(take_in_file(*cut, allow_leaving=True).left) == 2

    def test_lets_three_in_ten_leave(self) -> None:
        people = [f"{n},Person {n},,mill,,,," for n in range(10)]
        take_in(*people)
        kept = [f"{n},Person {n},,mill" for n in range(7)]

        assert len(take_in_file("person_id,name,email,team", *kept).left) == 3

    def test_names_troubles_of_teams_and_of_people_at_once(self) -> None:
        take_in(ANA, BEN)
        with pytest.raises(RosterError) as caught:
            take_in(
                ANA.replace("bakery", "nowhere"),
                BEN.replace("bakery,,,,", "mill,,,,2020-01-01"),
                today=TODAY + timedelta(days=1),
            )

        assert [problem.column for problem in caught.value.problems] == ["team", "from"]

    def test_imports_nothing_when_one_line_is_wrong(self) -> None:
        with pytest.raises(RosterError, match="line 6, team: no team has the code 'nowhere'"):
            take_in(ANA, BEN.replace("bakery", "nowhere"))

        assert not Person.objects.exists()
        assert not Team.objects.exists()

    def test_writes_in_sets_and_not_person_by_person(self) -> None:
        with CaptureQueriesContext(connection) as queries:
            take_in(ANA, *(f"x{n},X {n},,mill,,,," for n in range(900)))

        assert len(queries) < 30

    def test_moves_in_sets_too(self) -> None:
        people = [f"x{n},X {n},x{n}@example.org,bakery,,,," for n in range(900)]
        take_in(ANA, BEN, *people)

        with CaptureQueriesContext(connection) as queries:
            moved = [line.replace("bakery", "mill") for line in people]
            found = take_in(ANA, BEN, *moved, today=TODAY + timedelta(days=1))

        assert len(found.moved) == 900
        assert len(queries) < 30

"""What a roster writes: people with all that their lines say, managers first."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from survey.organization.models import Attribute, Membership, Person, RosterState, Team
from tests.organization.arrivals import NOW, arrive, csv_of, take_in

HEADER = "person_id,name,email,team,team_name,phone,time_zone,manager,tenure,language"
ANA = "1,Ana,ana@example.org,bakery,Bakery,+49 170 1234567,Europe/Berlin,3,5 years,de"
BEN = "2,Ben,,bakery,,,,1,,"
CLEO = "3,Cleo,,bakery,,,,,2 years,"
LATER = NOW + timedelta(days=1)


@pytest.fixture
def everybody(db: None) -> None:
    """Three people with everything that a line may say."""
    Attribute.objects.create(code="tenure", name="Tenure")
    take_in(csv_of(ANA, BEN, CLEO, header=HEADER))


@pytest.mark.usefixtures("everybody")
class TestWritePeople:
    def test_keeps_channels_zones_and_attributes(self) -> None:
        ana = Person.objects.get(name="Ana")

        assert (ana.phone, ana.time_zone, ana.language) == ("+491701234567", "Europe/Berlin", "de")
        assert ana.attributes == {"tenure": "5 years"}
        assert Person.objects.get(name="Ben").attributes == {}

    def test_follows_managers_whatever_their_order_in_the_file(self) -> None:
        above = dict(Person.objects.values_list("name", "manager__name"))

        assert above == {"Ana": "Cleo", "Ben": "Ana", "Cleo": None}

    def test_changes_nothing_of_what_no_column_says(self) -> None:
        short = "person_id,name,email,team"
        lines = (",".join(line.split(",")[:4]) for line in (ANA, BEN.replace("Ben", "Benno"), CLEO))
        roster = take_in(csv_of(*lines, header=short), now=LATER)

        assert roster.difference["counts"]["changed"] == 1
        ana = Person.objects.get(name="Ana")
        assert (ana.phone, ana.manager.name) == ("+491701234567", "Cleo")
        assert Person.objects.get(name="Benno").manager.name == "Ana"

    def test_clears_what_a_column_says_no_more(self) -> None:
        lines = ("1,Ana,ana@example.org,bakery,,,,,,de", BEN, CLEO)
        roster = take_in(csv_of(*lines, header=HEADER), now=LATER)

        ana = Person.objects.get(name="Ana")
        assert (ana.phone, ana.time_zone, ana.manager, ana.attributes) == ("", "", None, {})
        assert roster.difference["people"]["changed"][0][4] == [
            "phone: +491701234567 -> none",
            "time zone: Europe/Berlin -> none",
            "manager: 3 -> none",
            "tenure: 5 years -> none",
        ]

    def test_turns_the_order_of_managers_around(self) -> None:
        lines = (ANA.replace(",3,5", ",2,5"), "2,Ben,,bakery,,,,3,,", CLEO)
        take_in(csv_of(*lines, header=HEADER), now=LATER)

        above = dict(Person.objects.values_list("name", "manager__name"))
        assert above == {"Ana": "Ben", "Ben": "Cleo", "Cleo": None}

    def test_keeps_an_attribute_that_this_file_does_not_have(self) -> None:
        Attribute.objects.create(code="site", name="Site")
        header = "person_id,name,email,team,site"
        lines = ("1,Ana,ana@example.org,bakery,north", "2,Ben,,bakery,", "3,Cleo,,bakery,")
        take_in(csv_of(*lines, header=header), now=LATER)

        ana = Person.objects.get(name="Ana")
        assert ana.attributes == {"tenure": "5 years", "site": "north"}

    def test_reads_an_attribute_only_once_it_is_declared(self) -> None:
        roster = arrive(csv_of("1,Ana,,bakery,x", header="person_id,name,email,team,Shoe size"))

        assert roster.state == RosterState.UNMAPPED


@pytest.mark.django_db
class TestWriteTeams:
    def test_closes_teams_and_names_who_follows(self) -> None:
        header = "person_id,name,email,team,team_name,closed,succeeded_by"
        take_in(csv_of("1,Ana,,old,Old,,", header=header))
        lines = ("1,Ana,,new,New,,", ",,,old,,2026-12-08,new")
        take_in(csv_of(*lines, header=header), now=LATER)

        old = Team.objects.get(code="old")
        assert (old.closed_date, old.succeeded_by) == (
            date(2026, 12, 8),
            Team.objects.get(code="new"),
        )
        stays = Membership.objects.order_by("active_from").values_list("team__code", "active_to")
        assert list(stays) == [("old", date(2026, 12, 8)), ("new", None)]

    def test_refuses_to_close_a_team_whose_people_a_list_of_teams_leaves(self) -> None:
        take_in(csv_of("1,Ana,,old,Old", header="person_id,name,email,team,team_name"))
        roster = arrive(csv_of("old,2026-12-07", header="team,closed"))

        assert [row[:3] for row in roster.problems] == [
            [2, "closed", "people are still in 'old'; say where they go"]
        ]


@pytest.mark.django_db
def test_writes_many_people_in_few_statements() -> None:
    lines = [f"{n},P{n},,bakery,Bakery,,,,," for n in range(2500)]
    with CaptureQueriesContext(
        connection,
    ) as captured:
        take_in(csv_of(*lines, header=HEADER.replace("tenure", "leader")))

    inserts = [one["sql"] for one in captured if one["sql"].startswith("INSERT")]
    people = [sql for sql in inserts if '"organization_person"' in sql]
    assert Person.objects.count() == 2500
    assert len(people) <= 50

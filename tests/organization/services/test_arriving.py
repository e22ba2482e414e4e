"""Rosters come in, are told what their columns mean, confirmed or put aside."""

from datetime import timedelta

import pytest

from survey.organization.lines import RosterError
from survey.organization.models import Person, RosterColumn, RosterImport, RosterState
from survey.organization.services import (
    RosterKeyReusedError,
    RosterStateError,
    RosterTooLargeError,
    confirm_roster,
    discard_roster,
    put_aside_old_rosters,
    read_waiting_rosters,
    set_columns,
    take_roster,
)
from survey.organization.sheets import LARGEST
from tests.organization.arrivals import NOW, arrive, confirm, csv_of, take_in

FOREIGN = csv_of(
    "1,Ana,ana@example.org,bakery,x", header="Personalnummer,Name,E-Mail,Abteilung,Pet"
)


@pytest.mark.django_db
class TestTakeRoster:
    def test_keeps_the_file_small_and_changes_nothing(self) -> None:
        roster = arrive(csv_of(*[f"{n},Ana,,bakery,Bakery,," for n in range(1000)]))

        assert len(roster.content) < 10_000
        assert not Person.objects.exists()

    def test_gives_a_key_its_roster_again(self) -> None:
        first, again = arrive(key="k"), arrive(key="k")

        assert first.pk == again.pk
        assert RosterImport.objects.count() == 1

    @pytest.mark.parametrize("change", [{"content": b"x"}, {"applies": True}])
    def test_refuses_a_key_for_something_else(self, change: dict[str, object]) -> None:
        arrive(key="k")

        with pytest.raises(RosterKeyReusedError):
            arrive(**{"key": "k"} | change)

    def test_takes_many_without_a_key(self) -> None:
        assert arrive().pk != arrive().pk

    def test_refuses_what_is_larger_than_any_roster(self) -> None:
        with pytest.raises(RosterTooLargeError):
            take_roster(name="x", source="api", content=bytes(LARGEST + 1), by="", now=NOW)

    @pytest.mark.parametrize(
        ("name", "kept"),
        [("C:\\lists\\a.csv", "a.csv"), ("../b\n.csv", "b.csv"), ("", "roster"), ("x/", "roster")],
    )
    def test_keeps_the_name_of_the_file_only(self, name: str, kept: str) -> None:
        assert arrive(name=name).name == kept


@pytest.mark.django_db
class TestSetColumns:
    def test_lets_a_file_with_other_headings_be_read_and_remembers(self) -> None:
        roster = arrive(FOREIGN)
        assert roster.state == RosterState.UNMAPPED
        assert roster.columns == [
            ["Personalnummer", "person_id"],
            ["Name", "name"],
            ["E-Mail", "email"],
            ["Abteilung", "team"],
            ["Pet", ""],
        ]
        known = csv_of(",,,bakery,Bakery")
        take_in(known.replace(b",parent,leader", b""))

        set_columns(roster_id=roster.pk, columns=dict(roster.columns))
        read_waiting_rosters(now=NOW)

        roster.refresh_from_db()
        assert roster.state == RosterState.READY
        assert RosterColumn.objects.get(heading="Pet").column == ""
        assert arrive(FOREIGN).state == RosterState.READY

    def test_refuses_to_leave_out_a_column_that_is_needed(self) -> None:
        roster = arrive(FOREIGN)

        with pytest.raises(RosterError, match="line 1, team: this column is missing"):
            set_columns(roster_id=roster.pk, columns={**dict(roster.columns), "Abteilung": ""})
        assert not RosterColumn.objects.exists()

    def test_is_for_rosters_that_wait_for_it(self) -> None:
        with pytest.raises(RosterStateError):
            set_columns(roster_id=arrive().pk, columns={})


@pytest.mark.django_db
class TestConfirmRoster:
    def test_is_for_the_difference_that_was_looked_at(self) -> None:
        roster = arrive()

        with pytest.raises(RosterStateError):
            confirm_roster(roster_id=roster.pk, seen="another", may_lose_many=False)
        confirm(roster)
        with pytest.raises(RosterStateError):
            confirm(roster)

    def test_asks_again_where_many_would_leave(self) -> None:
        take_in()
        roster = arrive(csv_of("1,Ana,ana@example.org,bakery,,,yes"))

        with pytest.raises(RosterStateError):
            confirm(roster, may_lose_many=False)


@pytest.mark.django_db
class TestDiscardRoster:
    def test_deletes_the_file_and_the_names(self) -> None:
        roster = arrive()
        assert "Cleo" in str(roster.difference)

        discard_roster(roster_id=roster.pk)

        roster.refresh_from_db()
        assert (roster.state, roster.content) == (RosterState.DISCARDED, None)
        assert "Cleo" not in str(roster.difference)

    def test_leaves_what_has_been_decided(self) -> None:
        with pytest.raises(RosterStateError):
            discard_roster(roster_id=take_in().pk)

    def test_comes_by_itself_after_a_month(self) -> None:
        old, young = arrive(now=NOW - timedelta(days=31)), arrive()

        assert put_aside_old_rosters(now=NOW) == 1
        states = dict(RosterImport.objects.values_list("pk", "state"))
        assert states == {old.pk: RosterState.DISCARDED, young.pk: RosterState.READY}

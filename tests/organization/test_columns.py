"""What headings mean."""

import pytest

from survey.organization.cells import CELLS
from survey.organization.columns import (
    GUESSES,
    OPTIONAL,
    REQUIRED,
    check_columns,
    own_columns,
    plan_columns,
)
from survey.organization.lines import RosterError


class TestPlanColumns:
    def test_knows_our_own_columns_and_declared_attributes(self) -> None:
        plan = plan_columns(["Person_ID", "team", "Tenure"], remembered={}, attributes={"tenure"})

        assert list(plan.columns.values()) == ["person_id", "team", "attribute:tenure"]
        assert plan.is_certain

    @pytest.mark.parametrize(
        ("heading", "column"),
        [
            ("Employee No.", "person_id"),
            ("E-Mail-Adresse", "email"),
            ("Vollständiger Name", "name"),
            ("Équipe", "team"),
            ("Cost Centre", "team"),
            ("Número de empleado", "person_id"),
            ("Reports to", "manager"),
            ("Home office", "attribute:home_office"),
            ("Salary", ""),
        ],
    )
    def test_guesses_and_says_so(self, heading: str, column: str) -> None:
        plan = plan_columns([heading], remembered={}, attributes={"home_office"})

        assert plan.columns == {heading: column}
        assert not plan.is_certain

    def test_guesses_every_column_of_a_plain_list(self) -> None:
        headings = ["Department", "Person", "Mail", "Personnel no."]
        plan = plan_columns(headings, remembered={}, attributes=())

        assert list(plan.columns.values()) == ["team", "name", "email", "person_id"]

    def test_takes_what_are_no_codes_for_names_of_teams(self) -> None:
        samples = {"Department": ["Bakery", "", "Fish & Chips"], "Unit": ["bakery", "fish"]}
        plan = plan_columns(samples, remembered={}, attributes=(), samples=samples)

        assert plan.columns == {"Department": "team_name", "Unit": "team"}

    def test_remembers(self) -> None:
        remembered = {"Nr": "person_id", "Salary": ""}
        plan = plan_columns(["Nr", "Salary"], remembered=remembered, attributes=())

        assert plan.columns == remembered
        assert plan.is_certain

    def test_asks_again_once_an_attribute_is_gone(self) -> None:
        plan = plan_columns(["Jahre"], remembered={"Jahre": "attribute:tenure"}, attributes=())

        assert (plan.columns, plan.is_certain) == ({"Jahre": ""}, False)

    def test_gives_no_column_to_two_headings(self) -> None:
        plan = plan_columns(["email", "E-Mail"], remembered={}, attributes=())

        assert plan.columns == {"email": "email", "E-Mail": ""}

    def test_guesses_only_columns_that_are_there(self) -> None:
        assert set(GUESSES.values()) == {*REQUIRED, *OPTIONAL} == set(CELLS)


class TestCheckColumns:
    def test_needs_only_the_team_in_a_list_of_teams(self) -> None:
        check_columns({"a": "team", "b": "parent"}, attributes=())

    def test_needs_no_codes_where_there_are_names(self) -> None:
        people = {"a": "person_id", "b": "name", "c": "email"}
        check_columns(people | {"d": "team_name"}, attributes=())

        with pytest.raises(RosterError, match="line 1, team: this column is missing"):
            check_columns(people, attributes=())

    @pytest.mark.parametrize(
        ("columns", "problem"),
        [
            ({"a": "team", "b": "name"}, "line 1, person_id: this column is missing"),
            ({"a": "team", "b": "team"}, "line 1, b: this column is there twice"),
            ({"a": "team", "b": "salary"}, "line 1, b: this column is not known"),
            ({"a": "team", "b": "attribute:age"}, "line 1, b: this column is not known"),
        ],
    )
    def test_names_what_is_wrong(self, columns: dict[str, str], problem: str) -> None:
        with pytest.raises(RosterError) as caught:
            check_columns(columns, attributes={"tenure"})

        assert str(caught.value.problems[0]).startswith(problem)


class TestOwnColumns:
    def test_keeps_what_is_not_ours_to_be_refused_by_name(self) -> None:
        assert own_columns(["TEAM", "Tenure", "Pet"], attributes={"tenure"}) == {
            "TEAM": "team",
            "Tenure": "attribute:tenure",
            "Pet": "pet",
        }

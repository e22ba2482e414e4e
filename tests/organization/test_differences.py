"""What a roster changes, told by name."""

from datetime import date

import pytest

from survey.organization.differences import Change, KnownPerson, RosterDifference, describe
from survey.organization.lines import PersonLine
from survey.organization.moves import Stay, plan_steps
from survey.organization.tree import PlannedTeam, TreePlan

TODAY, JANUARY = date(2026, 12, 7), date(2026, 1, 1)
ANA = KnownPerson(1, "Ana", "ana@example.org", "en")
STAY = Stay(1, "bakery", JANUARY, None, is_leader=False)
NO_TREE = TreePlan(new=(), changed=())


def line(
    team: str = "bakery", *, name: str = "Ana", language: str = "", is_leader: bool = False
) -> PersonLine:
    return PersonLine(2, "7", name, "ana@example.org", language, team, is_leader, None)


def difference(
    *people: PersonLine,
    known: KnownPerson | None = ANA,
    stay: Stay | None = STAY,
    absent: tuple[str, ...] = (),
    tree: TreePlan = NO_TREE,
) -> RosterDifference:
    stays = {"7": stay} if stay else {}
    return describe(
        people=people,
        known={"7": known} if known else {},
        stays=stays,
        steps=plan_steps(people, stays, TODAY),
        absent=absent,
        tree=tree,
        team_names={"bakery": "Bakery", "mill": "Mill"},
        today=TODAY,
    )


class TestDescribe:
    def test_calls_somebody_new_joined(self) -> None:
        found = difference(line(), known=None, stay=None)

        assert found.joined == (Change("Ana", "", "Bakery", TODAY),)
        assert (found.moved, found.changed, found.n_unchanged) == ((), (), 0)

    def test_calls_somebody_who_comes_back_joined(self) -> None:
        left = Stay(1, "mill", JANUARY, date(2026, 6, 1), is_leader=False)

        assert difference(line(), stay=left).joined == (Change("Ana", "", "Bakery", TODAY),)

    def test_names_both_teams_of_a_move(self) -> None:
        assert difference(line("mill")).moved == (Change("Ana", "Bakery", "Mill", TODAY),)

    @pytest.mark.parametrize("said", [line(name="Anna"), line(language="de"), line(is_leader=True)])
    def test_calls_another_name_language_or_rank_changed(self, said: PersonLine) -> None:
        found = difference(said)

        (changed,) = found.changed
        assert (changed.name, changed.before, changed.after) == (said.name, "Bakery", "Bakery")
        assert len(changed.details) == 1
        assert found.moved == ()

    def test_counts_who_stays_as_they_are(self) -> None:
        found = difference(line())

        assert found.n_unchanged == 1
        assert found.joined + found.moved + found.left + found.changed == ()

    def test_names_who_is_missing_with_the_team_they_leave(self) -> None:
        assert difference(absent=("7",)).left == (Change("Ana", "Bakery", "", TODAY),)

    def test_names_the_teams_that_are_new_and_that_change(self) -> None:
        oven, mill = PlannedTeam("oven", "Oven", ""), PlannedTeam("mill", "Mill", "oven")
        found = difference(tree=TreePlan(new=(oven,), changed=(mill,)))

        assert (found.new_teams, found.changed_teams) == (("Oven",), ("Mill",))

"""Planning memberships from a roster."""

from datetime import date

import pytest

from survey.organization.moves import Correction, Start, Stay, Step, plan_steps
from survey.organization.roster import PersonLine, RosterError

TODAY = date(2026, 12, 7)
JANUARY = date(2026, 1, 1)
JUNE = date(2026, 6, 1)


def line(team: str = "bakery", *, is_leader: bool = False, day: date | None = None) -> PersonLine:
    return PersonLine(2, "7", "Ana", "", "en", team, is_leader, day)


def stay(
    *, until: date | None = None, free_from: date | None = None, since: date = JANUARY
) -> Stay:
    return Stay(1, "bakery", since, until, is_leader=False, free_from=free_from)


def step(person: PersonLine, last: Stay | None) -> Step:
    return plan_steps([person], {"7": last} if last else {}, TODAY)["7"]


class TestPlanSteps:
    def test_starts_somebody_new_today(self) -> None:
        assert step(line(), None) == Step(start=Start("7", "bakery", TODAY, False))

    def test_changes_nothing_where_nothing_changed(self) -> None:
        assert step(line(), stay()) == Step()

    def test_moves_from_the_day_the_roster_names(self) -> None:
        moved = step(line("mill", day=JUNE), stay())

        assert moved == Step(end=(1, JUNE), start=Start("7", "mill", JUNE, False))

    def test_dates_a_change_of_leadership(self) -> None:
        assert step(line(is_leader=True), stay()).end == (1, TODAY)

    def test_corrects_a_team_entered_wrongly_on_the_same_day(self) -> None:
        corrected = step(line("mill"), stay(since=TODAY))

        assert corrected == Step(correction=Correction(1, "mill", TODAY, False))

    def test_corrects_the_first_day(self) -> None:
        assert step(line(day=JUNE), stay()).correction == Correction(1, "bakery", JUNE, False)

    def test_starts_again_after_a_break(self) -> None:
        assert step(line(), stay(until=JUNE)) == Step(start=Start("7", "bakery", TODAY, False))

    @pytest.mark.parametrize(
        ("person", "last"),
        [
            (line(day=JANUARY), stay(until=JUNE)),
            (line("mill", day=JANUARY), stay(since=JUNE)),
            (line(day=JANUARY), stay(since=TODAY, free_from=JUNE)),
        ],
    )
    def test_refuses_a_day_inside_an_earlier_membership(
        self, person: PersonLine, last: Stay
    ) -> None:
        with pytest.raises(RosterError, match="line 2, from: 2026-01-01 is too early"):
            step(person, last)

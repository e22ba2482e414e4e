from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from survey.campaigns.fatigue import DEFAULT_RULES, Asked, Rule, next_free_day
from survey.questionnaires.models import Audience

DAY = date(2026, 3, 2)
RULES = {"EMPLOYEE": Rule(3, 30, 5), "CUSTOMER": Rule(2, 90, 20)}
askings = st.builds(
    Asked,
    day=st.integers(-100, 40).map(lambda days: DAY + timedelta(days=days)),
    audience=st.sampled_from(sorted(RULES)),
)


def free(*asked: Asked, audience: str = "EMPLOYEE") -> int:
    """Return how many days somebody has to wait."""
    day = next_free_day(asked=asked, audience=audience, rules=RULES, day=DAY)
    return (day - DAY).days


def ago(days: int, audience: str = "EMPLOYEE") -> Asked:
    return Asked(DAY - timedelta(days=days), audience)


class TestNextFreeDay:
    def test_is_today_for_who_was_never_asked(self) -> None:
        assert free() == 0

    def test_leaves_the_gap_after_the_last_asking_of_any_survey(self) -> None:
        assert free(ago(2)) == free(ago(2, "CUSTOMER")) == 3
        assert free(ago(5)) == 0

    def test_waits_until_the_oldest_of_too_many_is_old_enough(self) -> None:
        assert free(ago(28), ago(20), ago(10)) == 2
        assert free(ago(30), ago(20), ago(10)) == 0

    def test_goes_by_the_rule_of_who_asks(self) -> None:
        assert free(ago(10), audience="CUSTOMER") == 10
        assert free(ago(80), ago(40), audience="CUSTOMER") == 10

    def test_keeps_what_is_planned_for_later(self) -> None:
        assert free(ago(-3)) == 8
        assert free(ago(-10, "CUSTOMER")) == 15
        assert free(ago(-5)) == 0

    def test_leaves_room_in_the_window_of_a_planned_letter(self) -> None:
        assert free(ago(-10), ago(10), ago(15)) == 15  # before it, it would be one of four

    @given(asked=st.lists(askings, max_size=6, unique_by=lambda row: row.day))
    def test_finds_the_same_day_as_trying_one_after_the_other(self, asked: list[Asked]) -> None:
        for audience in RULES:
            found = next_free_day(asked=asked, audience=audience, rules=RULES, day=DAY)

            assert found == _by_trying(asked, audience)


class TestDefaultRules:
    def test_let_a_weekly_pulse_go_on(self) -> None:
        weekly = [Asked(DAY - timedelta(days=7 * n), "EMPLOYEE") for n in range(1, 52)]

        for audience_day in (0, 1):
            day = DAY + timedelta(days=audience_day)
            assert day == next_free_day(
                asked=weekly, audience="EMPLOYEE", rules=DEFAULT_RULES, day=day
            )

    def test_are_there_for_every_audience(self) -> None:
        assert set(DEFAULT_RULES) == set(Audience.values)


def _by_trying(asked: list[Asked], audience: str) -> date:
    day = DAY
    while _breaks(asked, Asked(day, audience)):
        day += timedelta(days=1)
    return day


def _breaks(asked: list[Asked], new: Asked) -> bool:
    """Say whether a new asking breaks its own rule, or that of one planned for later."""
    everything = [*asked, new]
    for row in everything:
        age_of_new = (row.day - new.day).days
        rule = RULES[row.audience]
        if row is not new and not 0 <= age_of_new < max(rule.gap_days, rule.within_days):
            continue
        ages = [(row.day - other.day).days for other in everything if other is not row]
        near = [age for age in ages if 0 <= age < rule.gap_days]
        crowd = [age for age in ages if 0 <= age < rule.within_days]
        if row is new and (near or len(crowd) >= rule.at_most):
            return True
        if row is not new and age_of_new < rule.gap_days:
            return True
        if row is not new and age_of_new < rule.within_days and len(crowd) >= rule.at_most:
            return True
    return False
